/// How a county is to be started.
struct UpOptions: Sendable {
    let county: CountyFolder
    let web: WebAddress
    /// People of the sample county; nil loads none.
    let sample: Int?

    init(_ arguments: Arguments) throws {
        county = try CountyFolder(arguments)
        web = WebAddress(
            address: arguments["address"] ?? "127.0.0.1",
            port: try arguments.number("port", standard: 8080, in: 1...65_535))
        let people = try arguments.number("sample", standard: 1200, in: 100...100_000)
        if arguments.has("empty"), arguments["sample"] != nil {
            throw CommandFailure.usage("--empty 和 --sample 只能用一个。")
        }
        sample = arguments.has("empty") ? nil : people
    }

    /// The same, for the detached supervisor.
    var arguments: [String] {
        ["up", "--supervise", "--data", county.path, "--address", web.address, "--port", String(web.port)]
            + (sample.map { ["--sample", String($0)] } ?? ["--empty"])
    }
}
