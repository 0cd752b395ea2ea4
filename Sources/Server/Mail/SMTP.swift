import CCurl
import Foundation

/// Mail by a server that we are a client of (RFC 6409), spoken by libcurl on a thread of its own. One connection a mail, which ends within
/// `timeouts.total` and two seconds.
struct SMTP: MailRoom {
    private let settings: SMTPSettings
    private let thread = BlockingThread("smtp")

    /// Fails if libcurl cannot start.
    init(_ settings: SMTPSettings) throws(SMTPSettings.Refusal) {
        guard Self.started else { throw .noLibcurl }
        self.settings = settings
    }

    func send(_ message: MailMessage) async -> MailOutcome {
        await thread.run { [settings] in SMTPCall(settings).send(message) }
    }

    /// libcurl wants this once in a process.
    private static let started = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// One mail handed over, on the thread that calls.
private struct SMTPCall {
    private let settings: SMTPSettings

    init(_ settings: SMTPSettings) {
        self.settings = settings
    }

    func send(_ message: MailMessage) -> MailOutcome {
        let said = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        said.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { said.deallocate() }
        guard let handle = curl_easy_init() else { return .tryAgain(reason: "no memory for libcurl") }
        defer { curl_easy_cleanup(handle) }
        guard let recipients = curl_slist_append(nil, message.to.address) else { return .tryAgain(reason: "no memory for libcurl") }
        defer { curl_slist_free_all(recipients) }

        let configured = configure(handle) + [
            ccurl_set_string(handle, CURLOPT_MAIL_FROM, message.from.address),
            ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipients),
            ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, said),
        ]
        if let failed = configured.first(where: { $0 != CURLE_OK }) { return Self.tryAgain(failed, reply: 0) }

        var transfer = SMTPTransfer(rest: message.bytes[...], deadline: .now + .milliseconds(settings.timeouts.total + 500))
        let result = withUnsafeMutablePointer(to: &transfer) { transfer in
            let given = [
                ccurl_set_pointer(handle, CURLOPT_READDATA, transfer), ccurl_set_read(handle, SMTPTransfer.read),
                ccurl_set_pointer(handle, CURLOPT_XFERINFODATA, transfer), ccurl_set_progress(handle, SMTPTransfer.isLate),
            ]
            return given.first { $0 != CURLE_OK } ?? curl_easy_perform(handle)
        }
        var reply = 0
        ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &reply)
        return Self.outcome(result, reply: reply, ofSender: String(cString: said).hasPrefix("MAIL failed"), handedOver: transfer.rest.isEmpty)
    }

    private func configure(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        var done = [
            ccurl_set_string(handle, CURLOPT_URL, settings.url),
            // Neither another protocol nor a proxy from the environment.
            ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            ccurl_set_string(handle, CURLOPT_NOPROXY, "*"),
            ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, settings.timeouts.connect),
            ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, settings.timeouts.total),
            // No SIGALRM: we have threads.
            ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(handle, CURLOPT_UPLOAD, 1),
            // Hang up within the call, where `isLate` watches, and not in curl_easy_cleanup, where nothing does.
            ccurl_set_long(handle, CURLOPT_FORBID_REUSE, 1),
            ccurl_set_long(handle, CURLOPT_NOPROGRESS, 0),
        ]
        if settings.security != .plain { done.append(ccurl_set_long(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))) }
        if let file = settings.caFile { done.append(ccurl_set_string(handle, CURLOPT_CAINFO, file)) }
        if let login = settings.login {
            done.append(ccurl_set_string(handle, CURLOPT_USERNAME, login.user))
            done.append(ccurl_set_string(handle, CURLOPT_PASSWORD, login.password))
        }
        return done
    }

    /// A reply from 500 is final only where the server speaks of our login or of this mail: of the recipient or the text. Any other (of the greeting,
    /// say, of STARTTLS, or of the sender, which all mails have) may be gone in an hour, and must not cost anybody an invitation. Which command it
    /// answers libcurl says in its sentence for the call alone.
    private static func outcome(_ result: CURLcode, reply: Int, ofSender: Bool, handedOver: Bool) -> MailOutcome {
        if result == CURLE_OK { return .sent }
        let isOfThisMail = result == CURLE_LOGIN_DENIED || result == CURLE_SEND_ERROR
            || handedOver && (result == CURLE_WEIRD_SERVER_REPLY || result == CURLE_RECV_ERROR)
        let refusal = MailOutcome.refusedForGood(code: reply)
        return isOfThisMail && (500...599).contains(reply) && (!ofSender || refusal.isOfOurAccount) ? refusal : tryAgain(result, reply: reply)
    }

    /// libcurl's general sentence for the code: its sentence for this call may hold names.
    private static func tryAgain(_ result: CURLcode, reply: Int) -> MailOutcome {
        let sentence = curl_easy_strerror(result).map { String(cString: $0) } ?? "unknown"
        return .tryAgain(reason: "\(sentence) (libcurl \(result.rawValue), SMTP \(reply))")
    }
}

/// What libcurl is given a pointer to while it works.
private struct SMTPTransfer {
    var rest: ArraySlice<UInt8>
    let deadline: ContinuousClock.Instant

    /// libcurl asks for the next piece of the mail.
    static let read: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { place, size, count, context in
        guard let place, let transfer = context?.assumingMemoryBound(to: SMTPTransfer.self) else { return 0 }
        let piece = transfer.pointee.rest.prefix(size * count)
        UnsafeMutableRawBufferPointer(start: place, count: size * count).copyBytes(from: piece)
        transfer.pointee.rest = transfer.pointee.rest.dropFirst(piece.count)
        return piece.count
    }

    /// libcurl asks at least once a second whether to stop. Its own timeout ends the mail but not the QUIT after it, whose answer it awaits for
    /// two minutes (seen with 7.88 and a server that says nothing once it has the mail).
    static let isLate: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> CInt = { context, _, _, _, _ in
        guard let transfer = context?.assumingMemoryBound(to: SMTPTransfer.self) else { return 1 }
        return ContinuousClock.now > transfer.pointee.deadline ? 1 : 0
    }
}
