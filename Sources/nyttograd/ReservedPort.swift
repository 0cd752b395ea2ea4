import Glibc
import Server

/// The listening address, taken before anything else is done: a port in use is said at once, and a free port (`:0`) has its number
/// before links are made with it.
///
/// The socket is bound but does not listen, so that the HTTP server may bind to the same address (both set SO_REUSEADDR) while nobody
/// else gets it in between. It is held until this object is gone.
final class ReservedPort: Sendable {
    /// With the actual port.
    let address: ListenAddress
    private let socket: Int32

    init(_ wanted: ListenAddress) throws {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(wanted.host, "\(wanted.port)", &hints, &list) == 0, let list else {
            throw StartRefused("NYTTOGRAD_LISTEN: no address is found for \(wanted.host).")
        }
        defer { freeaddrinfo(list) }
        socket = Glibc.socket(list.pointee.ai_family, list.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(socket, list.pointee.ai_addr, list.pointee.ai_addrlen) == 0 else {
            let reason = String(cString: strerror(errno))
            close(socket)
            throw StartRefused("NYTTOGRAD_LISTEN: \(wanted) cannot be had: \(reason).")
        }
        address = ListenAddress(host: wanted.host, port: Self.port(of: socket))
    }

    deinit { close(socket) }

    private static func port(of socket: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
            // The port stands at the same place in the addresses of both families.
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int(UInt16(bigEndian: $0.pointee.sin_port)) }
        }
    }
}
