import Rules

/// Against forms that another site sends in a visitor's name: each form of ours carries a token that follows from a secret of ours and the cookies
/// that the form will come back with, the visit's own and that of the session or seat it acts for.
enum FormToken {
    /// The field that carries it.
    static let field = "token"

    static func make(key: [UInt8], visit: String, credential: String) -> String {
        Base64URL.encode(Crypto.hmac(key: key, Array("form|\(visit)|\(credential)".utf8)))
    }
}

extension Call {
    /// The token for the forms of this page, given the visit's cookie.
    func formToken(visit: String) -> String {
        FormToken.make(key: site.formKey, visit: visit, credential: credential)
    }

    func formTokenHolds(_ sent: [String]) -> Bool {
        guard sent.count == 1, let token = sent.first, let visit = cookie(Call.visit) else { return false }
        return Crypto.equal(Array(token.utf8), Array(formToken(visit: visit).utf8))
    }

    /// What a route of this kind is entered by. Empty where nothing is needed.
    private var credential: String {
        switch route.needs {
        case .nobody: ""
        case .member, .operator: (try? sessionToken()) ?? ""
        case .participant: (try? seatToken()) ?? ""
        }
    }
}
