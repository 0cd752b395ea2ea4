import Glibc

/// What a command says to the person, or the program, that started it. Log lines go to standard error.
enum Output {
    /// Writes a line at once: whoever reads a pipe waits for it.
    static func say(_ line: String) { write(line + "\n") }

    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(1, rest.baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                // Nobody reads any more: nothing to do about it.
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }
}
