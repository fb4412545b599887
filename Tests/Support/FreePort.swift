import Glibc
import Synchronization

/// Ports for servers under test. Below the range from which the kernel gives ports to outgoing connections, and each
/// given once in a process, so that suites that run at the same time never get the same one.
public enum FreePort {
    private static let next = Mutex(20_000 + Int(getpid()) % 8_000)

    /// - Throws: `BenchError.noPort` when a whole range of ports is taken.
    public static func take() throws -> Int {
        try next.withLock { next in
            for _ in 0..<2_000 {
                next = next >= 32_000 ? 20_000 : next + 1
                if isFree(next) { return next }
            }
            throw BenchError.noPort
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        // Closed on exec: a program started meanwhile by another suite would hold the port as long as it runs.
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
