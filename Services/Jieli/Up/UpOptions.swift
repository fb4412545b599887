/// How a county is to be started.
struct UpOptions: Sendable {
    let county: CountyFolder
    let web: WebAddress
    /// Fewer would leave some of the sample's cases without anybody.
    static let samplePeople = 100...100_000
    static let standardSample = 1200

    /// People of the sample county; nil loads none.
    let sample: Int?

    init(_ arguments: Arguments) throws {
        county = try CountyFolder(arguments)
        web = WebAddress(
            address: arguments["address"] ?? "127.0.0.1",
            port: try arguments.number("port", standard: 8080, in: 1...65_535))
        let people = try arguments.number("sample", standard: Self.standardSample, in: Self.samplePeople)
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
