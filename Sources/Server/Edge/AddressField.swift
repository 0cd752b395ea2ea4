import Rules

extension Fields {
    /// A mail address, by the key that addresses are stored and compared by.
    /// - Parameter isWork: whether one from a public mail service is refused.
    func address(_ name: String, isWork: Bool = false) -> String {
        read(name, 1...254, or: "") { text in
            let address = try MailAddress(text)
            if isWork, MailDomain.isPublic(address.domain) { throw FieldFault("/\(name)", .publicMailDomain) }
            return address.key
        }
    }
}
