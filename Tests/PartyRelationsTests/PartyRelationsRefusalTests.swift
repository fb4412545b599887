import Contracts
import Domain
import Support
import Testing

@testable import PartyRelations

@Suite("Refusals of the service for Party relations")
struct PartyRelationsRefusalTests {
    @Test("Every refusal is made by some request")
    func all() throws {
        var made: Set<String> = []
        func note(_ refusal: Refusal?) { if let refusal { made.insert(refusal.slug) } }
        let bench = try PartyBench()
        let person = try bench.member(1)
        note(try bench.refusal(of: PrepareTransfer.complete(bench.registered(2)), as: .enterprise()))
        note(try bench.refusal(of: PrepareTransfer.complete().with { $0.duesBaseInFen = -1 }, as: .enterprise()))
        note(try bench.refusal(of: SendTransfer.letter(), as: .enterprise()))
        try bench.personAccepted(person)
        note(try bench.refusal(of: SendTransfer.letter(), as: .enterprise()))
        note(try bench.refusal(of: AcceptTransfer(person: person), as: .township()))
        try bench.execute(PrepareTransfer.complete(), as: .enterprise())
        let changes: [(inout SendTransfer) -> Void] = [
            { $0.dated = CalendarDay("2020-07-30")! }, { $0.dated = CalendarDay("2026-11-25")! },
            { $0.validDays = 0 }, { $0.organization = "" },
        ]
        for change in changes {
            note(try bench.refusal(of: SendTransfer.letter().with(change), as: .enterprise()))
        }
        try bench.execute(SendTransfer.letter(), as: .enterprise())
        note(try bench.refusal(of: SendTransfer.letter(), as: .enterprise()))
        note(
            try bench.refusal(
                of: AcceptTransfer(person: person, dated: CalendarDay("2026-11-19")), as: .township()))
        note(
            try bench.refusal(
                of: RefuseTransfer(person: person, cause: .letterExpired, explanation: "过期"), as: .township()))
        bench.clock.set(CalendarDay("2026-12-01")!)
        note(try bench.refusal(of: AcceptTransfer(person: person), as: .township()))
        bench.clock.set(CalendarDay("2026-11-24")!)
        for (cause, explanation) in [(TransferRefusalCause.other, "不便"), (.fileIncomplete, "")] {
            note(
                try bench.refusal(
                    of: RefuseTransfer(person: person, cause: cause, explanation: explanation), as: .township()))
        }
        note(try bench.refusal(of: PlaceMember(person: person, branch: "支部"), as: .township()))
        try bench.execute(AcceptTransfer(person: person), as: .township())
        note(try bench.refusal(of: PlaceMember(person: person, branch: ""), as: .township()))
        #expect(try made == ContractRefusal.slugs(of: .partyRelations))
    }
}
