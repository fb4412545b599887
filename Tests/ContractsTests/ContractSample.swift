import Contracts
import FoundationEssentials

/// A sample that must lie in Samples, and how its bytes are read.
struct ContractSample: Sendable {
    /// The file's name without `.json`.
    let stem: String
    let roundTrip: @Sendable (Data) throws -> Data
    let decode: @Sendable (Data) throws -> Any

    /// The services that have contracts.
    static let services = ServiceContract.all.keys.sorted { $0.rawValue < $1.rawValue }

    /// Many commands in one message look alike for all commands: one stands for them.
    private static let each = [
        ContractSample(
            stem: "\(Each<ReceiveFile>.name).v1",
            roundTrip: { try JSONCoding.canonical(JSONDecoder().decode(Each<ReceiveFile>.self, from: $0)) },
            decode: { try JSONDecoder().decode(Each<ReceiveFile>.self, from: $0) }),
        ContractSample(
            stem: "\(Each<ReceiveFile>.name).reply.v1",
            roundTrip: { try JSONCoding.canonical(JSONDecoder().decode(ItemOutcomes<FileReceipt>.self, from: $0)) },
            decode: { try JSONDecoder().decode(ItemOutcomes<FileReceipt>.self, from: $0) }),
    ]

    static func expected(of service: ServiceName) -> [ContractSample] {
        (service == .archives ? each : [])
            + (ServiceContract.all[service]?.entries ?? []).flatMap { entry in
                var samples = [
                    ContractSample(
                        stem: "\(entry.name).v\(entry.version)", roundTrip: entry.roundTrip, decode: entry.decode)
                ]
                // "Done" has nothing in it that could change.
                if let type = entry.replyType, type != Done.self, let roundTrip = entry.replyRoundTrip {
                    samples.append(
                        ContractSample(
                            stem: "\(entry.name).reply.v\(entry.version)", roundTrip: roundTrip,
                            decode: { try JSONDecoder().decode(type, from: $0) }))
                }
                return samples
            }
    }
}

/// The files in Samples.
enum SampleFiles {
    private static let folder: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast()
        return parts.joined(separator: "/") + "/Samples"
    }()

    static func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    /// The sample that must be there, as far as it is, and those that stand beside it.
    static func names(of sample: ContractSample) throws -> [String] {
        try names().filter { $0.hasPrefix(sample.stem + ".") && $0.hasSuffix(".json") }
    }

    static func content(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(folder)/\(name)")) }
}

/// Any JSON, so that texts are compared by what they say and not by how they are written.
enum JSONValue: Decodable, Equatable {
    case null
    case truth(Bool)
    case whole(Int64)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .whole(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}
