/// How a county is to be started.
struct UpOptions: Sendable {
    let county: CountyFolder
    let web: WebAddress
    /// Fewer would leave some of the sample's cases without anybody.
    static let samplePeople = 100...100_000
    static let standardSample = 1200

    /// Options of the gateway that are handed on to it as they are.
    static let ofGateway = [
        "trusted-proxy", "secure-cookies", "plain-http", "metrics-token", "most-requests", "most-sign-ins",
        "most-streams",
    ]
    let gateway: [String]
    /// People of the sample county; nil loads none.
    let sample: Int?

    init(_ arguments: Arguments) throws {
        county = try CountyFolder(arguments)
        web = WebAddress(
            address: arguments["address"] ?? "127.0.0.1",
            port: try arguments.number("port", standard: 8080, in: 1...65_535))
        gateway = Self.ofGateway.flatMap { name in arguments[name].map { ["--\(name)", $0] } ?? [] }
        let people = try arguments.number("sample", standard: Self.standardSample, in: Self.samplePeople)
        if arguments.has("empty"), arguments["sample"] != nil {
            throw CommandFailure.usage("--empty 和 --sample 只能用一个。")
        }
        sample = arguments.has("empty") ? nil : people
    }

    /// - Throws: usage, when passwords and ID numbers would go over a network in plain without a word.
    func requireEncryption() throws {
        let isGuarded =
            gateway.contains("--trusted-proxy")
            || zip(gateway, gateway.dropFirst()).contains { $0 == ("--plain-http", "yes") }
        guard web.isLoopback || isGuarded else {
            throw CommandFailure.usage(
                """
                监听 \(web.address) 会让口令和个人信息不加密地经过网络。请让本机的反向代理提供 https，而网页只监听 127.0.0.1；\
                代理在另一台机器上的，请用 --trusted-proxy 指明其地址；确认网络封闭的，请用 --plain-http yes。
                """)
        }
    }

    /// The same, for the detached supervisor.
    var arguments: [String] {
        ["up", "--supervise", "--data", county.path, "--address", web.address, "--port", String(web.port)]
            + gateway + (sample.map { ["--sample", String($0)] } ?? ["--empty"])
    }
}
