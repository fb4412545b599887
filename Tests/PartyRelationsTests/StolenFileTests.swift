import Contracts
import Domain
import Support
import Testing

@testable import PartyRelations

@Suite("A stolen file of the Party relations")
struct StolenFileTests {
    private static let secrets = ["一支部", "镇委员会", "312550", "乡镇不收"]

    /// Everything that was worth stealing, for one member who was placed and one who came back.
    private func filled() throws -> PartyBench {
        let bench = try PartyBench()
        let person = try bench.accepted(1)
        try bench.execute(PlaceMember(person: person, branch: "迤萨一支部"), as: .township())
        let other = try bench.sent(2)
        try bench.execute(
            RefuseTransfer(person: other, cause: .duesUnsettled, explanation: "乡镇不收"), as: .township())
        return bench
    }

    @Test("tells neither branch nor organization, dues base nor why somebody came back")
    func strings() throws {
        let bench = try filled()
        let columns = try bench.core.store.commit { transaction in
            try transaction.rows("SELECT \(TransferDetails.former) FROM transfer") { row in
                try (0..<TransferDetails.formerCount).map { try row.isNull($0) }
            }
        }
        #expect(columns.count == 2 && columns.joined().allSatisfy { $0 })
        bench.core.store.close()
        #expect(try StoredText.found(Self.secrets, in: bench.folder) == [])
    }

    @Test("What an earlier release kept in the clear is sealed when the program comes, and reads as before")
    func earlier() throws {
        let bench = try filled()
        let before = try [1, 2].map { try bench.transfer(PersonID($0)) }
        // As a row of the former release looks.
        try bench.core.store.commit { transaction in
            for record in before {
                let details = try #require(
                    try PartyRelationsReads(transaction, bench.tools.sealer).transfer(record.person)
                ).details
                try transaction.execute(
                    """
                    UPDATE transfer SET details = NULL, kind = ?, dues_base_in_fen = ?, dues_amount_in_fen = ?,
                        dues_rate_per_ten_thousand = ?, dues_source = ?, dues_rule_from = ?, organization = ?,
                        branch = ?, refusal_cause = ? WHERE person = ?
                    """, details.kind?.rawValue, details.duesBaseInFen, details.dues?.amountInFen,
                    details.dues?.ratePerTenThousand, details.dues?.source, details.dues?.ruleFrom?.description,
                    details.organization, details.branch, details.refusalCause?.rawValue, record.person.rawValue)
            }
            try transaction.execute(
                """
                INSERT INTO unfinished(work, subject, officer)
                VALUES('seal-transfers', 0, '{"area":"county","role":"operator","user":"party-relations"}')
                """)
        }
        #expect(try [1, 2].map { try bench.transfer(PersonID($0)) } == before, "also before it is sealed")
        try bench.finish()
        #expect(try [1, 2].map { try bench.transfer(PersonID($0)) } == before)
        let clear = try bench.core.store.commit {
            try $0.scalar("SELECT count(*) FROM transfer WHERE details IS NULL OR organization IS NOT NULL")
        }
        #expect(clear == 0)
    }

    @Test("A row moved to another person opens nothing")
    func moved() throws {
        let bench = try filled()
        try bench.core.store.commit {
            try $0.execute(
                "UPDATE transfer SET details = (SELECT details FROM transfer WHERE person = 1) WHERE person = 2")
        }
        #expect(try bench.refusal(of: GetTransfer(person: PersonID(2)), as: .organization) != nil)
    }

    @Test("What is stored reads as it was written, of every version")
    func samples() throws {
        let samples = try StoredSamples.read(TransferDetails.self)
        #expect(samples.first?.value.branch == "迤萨一支部" && samples.first?.value.duesBaseInFen == 312_550)
        #expect(try samples.last.map { try $0.value.stored() } == samples.last?.bytes)
    }
}
