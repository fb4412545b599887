import Contracts
import Domain
import Support
import Testing

@testable import PartyRelations

@Suite("Who sees and does what with transfers; the registry's news")
struct PartyRelationsAccessTests {
    @Test("The enterprise sends, the township takes over; roles and areas are kept apart")
    func access() throws {
        let bench = try PartyBench()
        let person = try bench.member()
        #expect(try bench.refusal(of: PrepareTransfer.complete(), as: .township())?.slug == "access.role")
        #expect(try bench.refusal(of: SendTransfer.letter(), as: .township())?.slug == "access.role")
        #expect(try bench.refusal(of: AcceptTransfer(person: person), as: .enterprise())?.slug == "access.role")
        #expect(
            try bench.refusal(of: PlaceMember(person: person, branch: "支部"), as: .enterprise())?.slug == "access.role")
        #expect(
            try bench.refusal(
                of: RefuseTransfer(person: person, cause: .wrongAddressee, explanation: "非本镇"), as: .archivist)?.slug
                == "access.role")
        #expect(try bench.refusal(of: GetTransfer(person: person), as: .humanResources)?.slug == "access.role")
        #expect(try bench.refusal(of: PartyWork(limit: 10), as: .doctor)?.slug == "access.role")

        let enterprise = Officer.enterprise(Sample.otherEnterprise)
        let township = Officer.township(Sample.otherTownship)
        #expect(try bench.refusal(of: PrepareTransfer.complete(), as: enterprise)?.slug == "access.area")
        #expect(try bench.refusal(of: SendTransfer.letter(), as: enterprise)?.slug == "access.area")
        #expect(try bench.refusal(of: AcceptTransfer(person: person), as: township)?.slug == "access.area")
        #expect(
            try bench.refusal(of: PlaceMember(person: person, branch: "支部"), as: township)?.slug == "access.area")
        #expect(
            try bench.refusal(
                of: RefuseTransfer(person: person, cause: .wrongAddressee, explanation: "非本镇"), as: township)?.slug
                == "access.area")
        // Whether somebody is a member is not told to strangers either.
        let other = try bench.registered(2)
        for stranger in [enterprise, township] {
            #expect(try bench.refusal(of: GetTransfer(person: person), as: stranger)?.slug == "access.area")
            #expect(try bench.refusal(of: GetTransfer(person: other), as: stranger)?.slug == "access.area")
        }
        for entitled in [Officer.enterprise(), .township(), .workingTeam] {
            #expect(try bench.transfer(person, as: entitled).state == .awaiting)
        }
    }

    @Test("The work list shows unfinished transfers of the area page by page, or those of one state")
    func work() throws {
        let bench = try PartyBench()
        let placed = try bench.accepted(1)
        try bench.execute(PlaceMember(person: placed, branch: "支部"), as: .township())
        try bench.sent(2)
        try bench.member(3)
        try bench.member(4, township: Sample.otherTownship)
        try bench.member(5, enterprise: Sample.otherEnterprise)
        try bench.registered(6)
        func persons(_ query: PartyWork, _ officer: Officer) throws -> [Int64] {
            try bench.ask(query, as: officer).rows.map(\.person.rawValue)
        }
        #expect(try persons(PartyWork(limit: 10), .organization) == [2, 3, 4, 5])
        #expect(try persons(PartyWork(limit: 10), .township()) == [2, 3, 5])
        #expect(try persons(PartyWork(limit: 10), .enterprise()) == [2, 3, 4])
        #expect(try persons(PartyWork(state: .sent, limit: 10), .township()) == [2])
        #expect(try persons(PartyWork(state: .placed, limit: 10), .organization) == [1])
        let first = try bench.ask(PartyWork(limit: 3), as: .organization)
        #expect(first.rows.count == 3)
        let second = try bench.ask(PartyWork(after: first.next, limit: 3), as: .organization)
        #expect(second.rows.map(\.person.rawValue) == [5] && second.next == nil)
        #expect(second.rows.first?.enterprise == Sample.otherEnterprise)
    }

    @Test("Membership is sensitive: whoever saw it is written down")
    func looked() throws {
        let bench = try PartyBench()
        let person = try bench.member()
        _ = try bench.transfer(person, as: .township())
        _ = try bench.ask(PartyWork(limit: 10), as: .township())
        let looks = try bench.core.store.commit {
            try $0.scalar("SELECT count(*) FROM looked WHERE subject = 'person:1' AND user = 'xiangzhen'")
        }
        #expect(looks == 2)
    }

    @Test("Nobody is known before the registry tells of them, nor after it withdraws them")
    func withdrawn() throws {
        let bench = try PartyBench()
        #expect(try bench.refusal(of: PrepareTransfer.complete(), as: .organization)?.slug == "person.unknown")
        try bench.registered(1)
        try bench.member(2)
        try bench.member(3)
        try bench.execute(PrepareTransfer.complete(PersonID(3)), as: .enterprise())
        for number: Int64 in 1...3 {
            let person = PersonID(number)
            try bench.feed(PersonWithdrawn(person: person), from: .registry)
            #expect(try bench.refusal(of: GetTransfer(person: person), as: .organization)?.slug == "person.unknown")
            #expect(
                try bench.refusal(of: SendTransfer.letter(person), as: .organization)?.slug == "person.unknown")
        }
        #expect(try bench.ask(PartyWork(limit: 10), as: .organization).rows.isEmpty)
        // What was worked on is kept, of the others nothing is left.
        let kept = try bench.core.store.commit {
            try $0.rows("SELECT person.id FROM person LEFT JOIN transfer ON person = id") { try $0.integer(0) }
        }
        #expect(kept == [3])
        #expect(try bench.parked().isEmpty)
    }

    @Test("An event of somebody whom the registry never registered is parked, not dropped; others go on")
    func unknown() throws {
        let bench = try PartyBench()
        try bench.feed(PartyMembershipNoted(person: PersonID(9)), from: .registry)
        try bench.personAccepted(PersonID(8))
        #expect(try bench.parked().map(\.cause) == ["person.unknown", "person.unknown"])
        try bench.accepted(1)
    }

    @Test("Transfers survive a restart, and the registry's further news join on")
    func restart() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        try bench.restart()
        try bench.personAccepted(person)
        try bench.execute(AcceptTransfer(person: person), as: .township())
        try bench.restart()
        #expect(try bench.transfer(person).state == .accepted)
    }
}
