import Contracts
import FoundationEssentials

/// A refusal as it stands in the contracts' sources. They are read, so that nobody keeps a list of them.
public struct ContractRefusal: Sendable {
    public var slug: String
    public var message: String
    /// The folder of `Shared/Contracts` in which it stands.
    public var folder: String

    public static func all() throws -> [ContractRefusal] {
        // Tests/Support/ContractRefusals.swift
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let contracts = "\(root)/Shared/Contracts"
        let literal = #/= Refusal\(\s*"([a-z0-9.-]+)"[^"]*"((?:[^"\\]|\\.)*)"/#
        return try FileManager.default.subpathsOfDirectory(atPath: contracts).filter { $0.hasSuffix(".swift") }.sorted()
            .flatMap { path in
                let text = try String(contentsOfFile: "\(contracts)/\(path)", encoding: .utf8)
                return text.matches(of: literal).map { match in
                    ContractRefusal(
                        slug: String(match.1), message: String(match.2), folder: String(path.prefix { $0 != "/" }))
                }
            }
    }

    /// The slugs of one service's own refusals.
    public static func slugs(of service: ServiceName) throws -> Set<String> {
        Set(try all().map(\.slug).filter { $0.hasPrefix("\(service.rawValue).") })
    }
}
