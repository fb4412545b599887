import Contracts
import Domain
import FoundationEssentials
import Registry
import Rosters
import Support

/// A registry with one enterprise, to which files are delivered as the page and the command deliver them.
struct RegistryDesk {
    let bench: ServiceBench<Registry>

    init() throws {
        bench = try ServiceBench<Registry>()
        try bench.execute(
            RecordEnterprise(
                code: Sample.enterprise, name: "红河县国营茶厂", ownership: .county, isFinancial: false, hasVanished: false,
                hasAnnuity: false), as: .humanResources)
    }

    /// What became of one roster of a file.
    struct Delivered {
        var summary: RosterSummary
        var setAside: [SetAsideRow]
        var noted: [NotedRow]

        func slugs(row: Int) -> [String] { setAside.filter { $0.sheetRow == row }.map(\.slug) }
    }

    @discardableResult
    func deliver(_ bytes: [UInt8], _ name: String, _ choices: RosterChoices = RosterChoices()) throws -> [Delivered] {
        try RosterDelivery(bytes: bytes, fileName: name, choices: choices).rosters.map { roster in
            let opened = try bench.execute(roster.opening(enterprise: Sample.enterprise), as: .enterprise())
            let outcome = try roster.send(
                to: opened, add: { command, _ in try bench.execute(command, as: .enterprise()) },
                close: { command, _ in try bench.execute(command, as: .enterprise()) }, progress: { _ in })
            return Delivered(
                summary: try bench.ask(GetRoster(roster: opened.roster), as: .enterprise()),
                setAside: outcome.setAside, noted: outcome.noted)
        }
    }

    /// Delivers a file of the folder of samples, which holds one roster.
    @discardableResult
    func deliver(sample name: String) throws -> Delivered {
        let delivered = try deliver(Self.sample(name), name)
        guard let only = delivered.first, delivered.count == 1 else { throw WrongNumber(rosters: delivered.count) }
        return only
    }

    struct WrongNumber: Error {
        var rosters: Int
    }

    static func sample(_ name: String, test: String = #filePath) throws -> [UInt8] {
        let folder = test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return Array(try Data(contentsOf: URL(filePath: "\(folder)/Samples/\(name)")))
    }

    /// Everybody in the ledger, in the order in which they came.
    func people() throws -> [PersonRecord] {
        let rows = try bench.ask(SearchPersons(limit: 500), as: .humanResources).rows
        return try rows.map { try bench.ask(GetPerson(person: $0.person), as: .humanResources) }
    }

    func search(_ text: String) throws -> [String] {
        try bench.ask(SearchPersons(text: text, limit: 50), as: .humanResources).rows.map(\.name)
    }
}

extension RosterSummary {
    func note(_ slug: String) -> RosterNote? { notes?.first { $0.slug == slug } }
}

extension PersonRecord {
    func fact(_ title: String) -> String? { facts?.first { $0.title == title }?.text }
}
