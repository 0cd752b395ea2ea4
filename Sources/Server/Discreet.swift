/// A value that holds a secret, a link or an address: put into a log line by mistake it prints its type's name, alone or inside another value.
protocol Discreet: CustomStringConvertible, CustomReflectable {}

extension Discreet {
    var description: String { "\(Self.self)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
