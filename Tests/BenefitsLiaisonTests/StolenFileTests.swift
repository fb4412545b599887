import Contracts
import Domain
import Support
import Testing

@testable import BenefitsLiaison

@Suite("A stolen file of the benefits")
struct StolenFileTests {
    @Test("tells nobody's amounts; those of an earlier release are sealed when the program comes")
    func amounts() throws {
        let bench = try BenefitsBench()
        let person = try bench.surveyed()
        try bench.execute(RegisterBenefits(person: person, items: [.allowance(123_45)]), as: .finance)
        let before = try bench.record(person)
        func clear() throws -> Int64? { try bench.core.store.commit { try $0.scalar("SELECT count(*) FROM item") } }
        #expect(try clear() == 0 && before.items.map(\.monthlyAmountInFen) == [123_45])
        // As the former release kept it.
        try bench.core.store.commit { transaction in
            try transaction.execute("DELETE FROM sealed_items")
            try transaction.execute(
                "INSERT INTO item(person, kind, monthly_amount_in_fen, channel) VALUES(?, ?, ?, ?)", person.rawValue,
                before.items[0].kind.rawValue, before.items[0].monthlyAmountInFen, before.items[0].channel.rawValue)
            try transaction.execute(
                """
                INSERT INTO unfinished(work, subject, officer)
                VALUES('seal-items', 0, '{"area":"county","role":"operator","user":"benefits-liaison"}')
                """)
        }
        #expect(try bench.record(person) == before, "also before it is sealed")
        try bench.finish()
        #expect(try clear() == 0)
        #expect(try bench.record(person) == before)
    }

    @Test("What is stored reads as it was written, of every version")
    func samples() throws {
        let samples = try StoredSamples.read(SealedItems.self)
        #expect(samples.first?.value.items.map(\.monthlyAmountInFen) == [180_00])
        #expect(try samples.last.map { try $0.value.stored() } == samples.last?.bytes)
    }
}
