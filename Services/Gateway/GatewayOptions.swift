import Domain
import Glibc
import Host
import Web

/// How the gateway listens, and what stands in front of it. Each option is listed here, with its default.
struct GatewayOptions: Sendable {
    static let standard = [
        "address": "127.0.0.1", "port": "8080", "trusted-proxy": "", "secure-cookies": "no", "plain-http": "no",
        "metrics-token": "",
        "most-requests": "192", "most-sign-ins": "48", "most-streams": "256",
    ]

    static let help = """
          --address A        监听地址（默认 127.0.0.1）
          --port N           监听端口（默认 8080）
          --trusted-proxy R  反向代理的地址或网段，可用逗号列出多个；只采信它们的 X-Forwarded-For（默认不采信任何人的）
          --secure-cookies Y yes 表示用户只经 https 访问：Cookie 加 Secure 和 __Host- 前缀（默认 no）
          --plain-http Y     yes 表示明知没有加密，仍让其他机器直接以 http 访问（默认 no：此时须有 --trusted-proxy）
          --metrics-token F  文件，内有访问 /metrics 的口令；不设则 /metrics 只答复本机的直接访问
          --most-requests N  同时办理的已登录请求数上限（默认 192）
          --most-sign-ins N  同时办理的未登录请求数上限（默认 48）
          --most-streams N   同时打开的实时总览数上限（默认 256）
        """

    let address: String
    let port: UInt16
    let trust: ProxyTrust
    /// Nil lets only the machine itself read the figures.
    let metricsToken: String?
    let limits: WebLimits

    /// - Parameter values: those of `standard`, as given.
    init(_ values: [String: String]) throws(OptionsError) {
        address = values["address"] ?? ""
        guard let port = values["port"].flatMap(UInt16.init) else {
            throw OptionsError(key: "port", message: "--port 须为 0 至 65535 的端口号。")
        }
        self.port = port
        var proxies: [AddressRange] = []
        for text in (values["trusted-proxy"] ?? "").split(separator: ",") {
            guard let range = AddressRange(String(text)) else {
                throw OptionsError(
                    key: "trusted-proxy", message: "--trusted-proxy 须为 IP 地址或网段，如 127.0.0.1 或 10.1.0.0/16。")
            }
            proxies.append(range)
        }
        guard let secure = values["secure-cookies"], ["yes", "no"].contains(secure) else {
            throw OptionsError(key: "secure-cookies", message: "--secure-cookies 须为 yes 或 no。")
        }
        guard let plain = values["plain-http"], ["yes", "no"].contains(plain) else {
            throw OptionsError(key: "plain-http", message: "--plain-http 须为 yes 或 no。")
        }
        // Passwords and ID numbers would go over the wire for everybody on it to read.
        guard plain == "yes" || !proxies.isEmpty || Self.isLoopback(address) else {
            throw OptionsError(
                key: "address",
                message: """
                    监听 \(address) 会让口令和个人信息不加密地经过网络，没有启动。请让本机的反向代理提供 https，网关只监听 127.0.0.1（见 \
                    docs/operations.md“A proxy in front”）；代理在另一台机器上的，请用 --trusted-proxy 指明其地址；\
                    确认网络封闭、明知没有加密的，请用 --plain-http yes。
                    """)
        }
        trust = ProxyTrust(proxies: proxies, isSecure: secure == "yes")
        metricsToken = try Self.token(in: values["metrics-token"] ?? "")
        var limits = WebLimits()
        limits.memberRequests = try Self.number("most-requests", values, in: 16...1000)
        limits.strangerRequests = try Self.number("most-sign-ins", values, in: 16...500)
        limits.streams = try Self.number("most-streams", values, in: 1...2000)
        self.limits = limits
    }

    private static func isLoopback(_ address: String) -> Bool { address.hasPrefix("127.") || address == "::1" }

    private static func number(
        _ key: String, _ values: [String: String], in range: ClosedRange<Int>
    ) throws(OptionsError) -> Int {
        guard let number = values[key].flatMap({ Int($0) }), range.contains(number) else {
            throw OptionsError(key: key, message: "--\(key) 须为 \(range.lowerBound) 至 \(range.upperBound) 的整数。")
        }
        return number
    }

    private static func token(in path: String) throws(OptionsError) -> String? {
        if path.isEmpty { return nil }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        let count = descriptor < 0 ? -1 : read(descriptor, &bytes, bytes.count)
        if descriptor >= 0 { close(descriptor) }
        let token = TextForm.trimming(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
        guard token.utf8.count >= 16 else {
            throw OptionsError(key: "metrics-token", message: "--metrics-token 指向的文件不可读，或口令不足 16 个字符。")
        }
        return token
    }
}
