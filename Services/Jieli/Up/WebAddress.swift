import Glibc

/// The gateway's address, looked at from outside.
struct WebAddress: Sendable {
    let address: String
    let port: Int

    var text: String { "http://\(address.contains(":") ? "[\(host)]" : host):\(port)/" }

    /// Whether this machine alone can reach it.
    var isLoopback: Bool { address.hasPrefix("127.") || address == "::1" }

    /// Listening on all addresses includes this machine's own.
    private var host: String {
        switch address {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: address
        }
    }

    /// - Throws: when somebody else has the port, or it may not be used.
    func requireFree() throws {
        let (descriptor, result) = try withSocket(address) { bind($0, $1, $2) }
        let cause = errno
        close(descriptor)
        guard result != 0 else { return }
        switch cause {
        case EADDRINUSE:
            throw CommandFailure.failed("端口 \(port) 已被其他程序占用。请停止该程序，或用 --port 换一个端口。")
        case EACCES: throw CommandFailure.failed("没有权限使用端口 \(port)。请用 --port 换一个 1024 以上的端口。")
        default:
            throw CommandFailure.failed("不能使用地址 \(address):\(port)：\(String(cString: strerror(cause)))。请检查 --address。")
        }
    }

    /// Whether the gateway answers, is on the bus and can read its store. What other services complain of is theirs.
    func isHealthy() -> Bool {
        guard let (descriptor, result) = try? withSocket(host, { connect($0, $1, $2) }) else { return false }
        defer { close(descriptor) }
        guard result == 0 else { return false }
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let request = Array("GET /healthz HTTP/1.1\r\nHost: \(host):\(port)\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return false
        }
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &answer, answer.count, Int32(MSG_WAITALL))
        guard count > 0 else { return false }
        let text = String(decoding: answer[..<count], as: UTF8.self)
        return text.hasPrefix("HTTP/1.1 200") || text.contains("\"bus\":true") && text.contains("\"store\":true")
    }

    private func withSocket(
        _ host: String, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> (Int32, Int32) {
        var version4 = sockaddr_in()
        version4.sin_family = sa_family_t(AF_INET)
        version4.sin_port = UInt16(port).bigEndian
        var version6 = sockaddr_in6()
        version6.sin6_family = sa_family_t(AF_INET6)
        version6.sin6_port = UInt16(port).bigEndian
        let isVersion6 = inet_pton(AF_INET6, host, &version6.sin6_addr) == 1
        guard isVersion6 || inet_pton(AF_INET, host, &version4.sin_addr) == 1 else {
            throw CommandFailure.usage("--address 应为 IP 地址，如 127.0.0.1 或 0.0.0.0。")
        }
        let descriptor = socket(
            isVersion6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw CommandFailure.failed("不能打开套接字：\(String(cString: strerror(errno)))。请检查文件句柄上限。")
        }
        var isOn: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        func call<Address>(_ address: inout Address) -> Int32 {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
                }
            }
        }
        return (descriptor, isVersion6 ? call(&version6) : call(&version4))
    }
}
