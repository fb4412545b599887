import CMicroHTTPD
import Glibc

/// The socket on which the server listens. Opened here and not by libmicrohttpd, whose one answer to a busy port, a
/// forbidden port and a wrong address is the same null pointer.
struct ListenSocket: ~Copyable {
    let descriptor: CInt
    let port: UInt16
    let isVersion6: Bool

    /// - Parameter address: numeric; `::` listens on all addresses of both versions.
    init(address: String, port: UInt16) throws(WebError) {
        var version4 = sockaddr_in()
        var version6 = sockaddr_in6()
        isVersion6 = inet_pton(AF_INET6, address, &version6.sin6_addr) == 1
        guard isVersion6 || inet_pton(AF_INET, address, &version4.sin_addr) == 1 else {
            throw WebError(
                code: "web.address-invalid", message: "监听地址“\(address)”不是 IP 地址，请改为 127.0.0.1、0.0.0.0 或 :: 等。")
        }
        let opened = socket(
            isVersion6 ? AF_INET6 : AF_INET,
            CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard opened >= 0 else { throw Self.failure(errno, address: address, port: port) }
        var isOn: CInt = 1
        var isOff: CInt = 0
        let size = socklen_t(MemoryLayout<CInt>.size)
        // Else a restarted server would wait a minute for the old one's connections (ip(7), SO_REUSEADDR).
        setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &isOn, size)
        version4.sin_family = sa_family_t(AF_INET)
        version4.sin_port = port.bigEndian
        version6.sin6_family = sa_family_t(AF_INET6)
        version6.sin6_port = port.bigEndian
        var bound: CInt
        if isVersion6 {
            setsockopt(opened, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &isOff, size)
            bound = Self.bind(opened, &version6)
        } else {
            bound = Self.bind(opened, &version4)
        }
        if bound == 0 { bound = listen(opened, SOMAXCONN) }
        guard bound == 0 else {
            let cause = errno
            close(opened)
            throw Self.failure(cause, address: address, port: port)
        }
        descriptor = opened
        self.port = Self.boundPort(opened)
    }

    deinit { close(descriptor) }

    /// From now on the kernel turns clients away, even while the descriptor is still open.
    func refuseClients() { shutdown(descriptor, CInt(SHUT_RDWR)) }

    private static func bind<Address>(_ descriptor: CInt, _ address: inout Address) -> CInt {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    /// The port stands at the same place in both versions' addresses.
    private static func boundPort(_ descriptor: CInt) -> UInt16 {
        var address = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return UInt16(bigEndian: address.sin6_port)
    }

    private static func failure(_ cause: CInt, address: String, port: UInt16) -> WebError {
        switch cause {
        case EADDRINUSE:
            WebError(
                code: "web.port-busy", message: "端口 \(port) 已被其他程序占用，请停止占用它的程序，或在配置中改用其他端口。")
        case EACCES:
            WebError(code: "web.port-forbidden", message: "没有权限监听端口 \(port)，请改用 1024 以上的端口，或授予权限后重试。")
        case EADDRNOTAVAIL:
            WebError(code: "web.address-unusable", message: "本机没有地址“\(address)”，请在配置中改为本机的 IP 地址。")
        default:
            WebError(
                code: "web.socket-failed", message: "无法监听 \(address) 端口 \(port)（系统错误 \(cause)），请联系管理员。")
        }
    }
}
