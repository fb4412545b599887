import Contracts
import Domain
import FoundationEssentials
import Testing

/// Each sample is written as the service writes it, keys in order, so that a field which is misspelt in it, or which
/// the message has lost, makes a difference.
@Suite("Samples of the benefits-liaison messages")
struct SampleTests {
    @Test("Every command, query, reply and event has a sample that is read and written again unchanged")
    func samples() throws {
        try check(BenefitsLiaisonCommand.table)
        try check(BenefitsLiaisonQuery.table)
        try check(BenefitsLiaisonEvent.table)
    }

    private func check<Set: MessageSet>(_ table: [MessageEntry<Set>]) throws {
        for entry in table {
            try check("\(entry.name).v\(entry.version)", entry.roundTrip)
            _ = try entry.decode(sample("\(entry.name).v\(entry.version)"))
            if let reply = entry.replyRoundTrip { try check("\(entry.name).reply.v\(entry.version)", reply) }
        }
    }

    private func check(_ name: String, _ roundTrip: (Data) throws -> Data) throws {
        let written = try sample(name)
        #expect(String(decoding: try roundTrip(written), as: UTF8.self) == text(written), "\(name)")
    }

    private func text(_ data: Data) -> String { TextForm.trimming(String(decoding: data, as: UTF8.self)) }

    private func sample(_ name: String) throws -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try Data(contentsOf: folder.appending(path: "ContractsTests/Samples/\(name).json"))
    }
}
