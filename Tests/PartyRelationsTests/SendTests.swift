import Contracts
import Domain
import Support
import Testing

@testable import PartyRelations

@Suite("第十条（一）、（三）: members are prepared and sent")
struct SendTests {
    @Test("第十条（一）: only members have a transfer")
    func membersOnly() throws {
        let bench = try PartyBench()
        let person = try bench.registered()
        let refusals = [
            try bench.refusal(of: PrepareTransfer.complete(), as: .enterprise()),
            try bench.refusal(of: SendTransfer.letter(), as: .enterprise()),
            try bench.refusal(of: AcceptTransfer(person: person), as: .township()),
            try bench.refusal(
                of: RefuseTransfer(person: person, cause: .duesUnsettled, explanation: "欠交"), as: .township()),
            try bench.refusal(of: PlaceMember(person: person, branch: "一支部"), as: .township()),
            try bench.refusal(of: GetTransfer(person: person), as: .organization),
        ]
        #expect(refusals.allSatisfy { $0 == PartyRelationsRefusal.notMember })
        #expect(refusals.first??.article?.citation == "第十条（一）")
        #expect(try bench.ask(PartyWork(limit: 10), as: .organization).rows.isEmpty)
        // The roster is put right: from now on there is something to transfer.
        try bench.feed(PartyMembershipNoted(person: person), from: .registry)
        #expect(try bench.transfer(person).state == .awaiting)
    }

    @Test("The work before a transfer may be recorded step by step; the answer is the monthly dues")
    func steps() throws {
        let bench = try PartyBench()
        let person = try bench.member()
        try bench.personAccepted(person)
        let dues = try bench.execute(
            PrepareTransfer.complete().with { $0.preparation.fileChecked = false }, as: .enterprise())
        #expect(dues.amountInFen == 1563 && dues.ratePerTenThousand == 50 && !dues.source.isEmpty)
        let refusal = try bench.refusal(of: SendTransfer.letter(), as: .enterprise())
        #expect(refusal?.slug == "party-relations.transfer.not-prepared")
        #expect(refusal?.article?.citation == "第十条（三）")
        #expect(refusal?.details == ["党员档案核查完备"])
        try bench.execute(PrepareTransfer.complete().with { $0.kind = .probationary }, as: .organization)
        let record = try bench.transfer(person)
        #expect(record.state == .prepared && record.kind == .probationary)
        #expect(record.preparation == .complete && record.dues == dues)
        #expect(record.duesBaseInFen == 312_550, "what the dues are reckoned from stays to be seen")
        #expect(try bench.newEvents(TransferPrepared.self).map(\.isComplete) == [false, true])
    }

    @Test("A relation on which nobody has worked lacks all four")
    func unprepared() throws {
        let bench = try PartyBench()
        try bench.personAccepted(bench.member())
        let refusal = try bench.refusal(of: SendTransfer.letter(), as: .enterprise())
        #expect(refusal?.slug == "party-relations.transfer.not-prepared")
        #expect(refusal?.details.count == 4)
    }

    @Test("Dues must be paid up to the month before the letter's own day")
    func paidThrough() throws {
        let bench = try PartyBench()
        try bench.personAccepted(bench.member())
        try bench.execute(
            PrepareTransfer.complete().with { $0.preparation.duesPaidThrough = CalendarMonth("2026-09") },
            as: .enterprise())
        #expect(
            try bench.refusal(of: SendTransfer.letter(), as: .enterprise())?.details == ["应缴党费收缴（至少交至2026年10月）"])
        let earlier = SendTransfer.letter().with { $0.dated = CalendarDay("2026-10-31")! }
        #expect(try bench.execute(earlier, as: .enterprise()).validUntil == CalendarDay("2026-11-10"))
    }

    @Test("A letter has a number within the year of its date, a last day, and stands in the record")
    func letters() throws {
        let bench = try PartyBench()
        try bench.enterprise()
        for number: Int64 in 1...4 {
            try bench.personAccepted(bench.member(number))
            try bench.execute(PrepareTransfer.complete(PersonID(number)), as: .enterprise())
        }
        func send(_ number: Int64, _ day: String) throws -> TransferLetter {
            try bench.execute(
                SendTransfer.letter(PersonID(number)).with { $0.dated = CalendarDay(day)! }, as: .enterprise())
        }
        let first = try send(1, "2026-11-20")
        #expect(first.letterNumber == "红组转〔2026〕第1号" && first.validUntil == CalendarDay("2026-11-30"))
        #expect(try send(2, "2025-12-25").letterNumber == "红组转〔2025〕第1号")
        #expect(try bench.refusal(of: SendTransfer.letter(PersonID(2)), as: .enterprise()) != nil)
        try bench.restart()
        #expect(try send(3, "2026-11-24").letterNumber == "红组转〔2026〕第2号")
        #expect(try send(4, "2025-12-25").letterNumber == "红组转〔2025〕第2号")
        let record = try bench.transfer(PersonID(1))
        #expect(record.state == .sent && record.letter == first)
        #expect(record.organization == "中共红河县迤萨镇委员会")
        #expect(try bench.newEvents(TransferSent.self).first?.validUntil == CalendarDay("2026-11-30"))
    }

    @Test("第十条（二）: what is on its way is neither changed nor sent twice; the same command number is answered again")
    func sentOnce() throws {
        let bench = try PartyBench()
        let person = try bench.member()
        try bench.personAccepted(person)
        try bench.execute(PrepareTransfer.complete(), as: .enterprise())
        _ = try bench.newEvents()
        let number = bench.number()
        let body = try JSONCoding.bytes(SendTransfer.letter())
        // A caller that heard nothing sends the same bytes again.
        func send() throws -> [UInt8] {
            try bench.ask(SendTransfer.name, SendTransfer.version, body, .enterprise(), number)
        }
        let letter = try send()
        #expect(try send() == letter)
        #expect(try bench.newEventNames() == ["party-relations.transfer.sent"])
        func expectRefused() throws {
            for refusal in [
                try bench.refusal(of: SendTransfer.letter(), as: .enterprise()),
                try bench.refusal(of: PrepareTransfer.complete(), as: .enterprise()),
            ] { #expect(refusal == PartyRelationsRefusal.alreadySent) }
        }
        try expectRefused()
        try bench.execute(AcceptTransfer(person: person), as: .township())
        try expectRefused()
        try bench.execute(PlaceMember(person: person, branch: "退休第一党支部"), as: .township())
        try expectRefused()
    }

    @Test("Days, validity, addressee and base are checked")
    func fields() throws {
        let bench = try PartyBench()
        try bench.personAccepted(bench.member())
        try bench.execute(PrepareTransfer.complete(), as: .enterprise())
        let cases: [(String, (inout SendTransfer) -> Void)] = [
            ("party-relations.date.before-rules", { $0.dated = CalendarDay("2020-07-30")! }),
            ("party-relations.date.in-future", { $0.dated = CalendarDay("2026-11-25")! }),
            ("party-relations.transfer.wrong-validity", { $0.validDays = 0 }),
            ("party-relations.transfer.wrong-validity", { $0.validDays = 91 }),
            ("party-relations.transfer.organization-missing", { $0.organization = " 　" }),
        ]
        for (slug, change) in cases {
            #expect(try bench.refusal(of: SendTransfer.letter().with(change), as: .enterprise())?.slug == slug)
        }
        #expect(
            try bench.refusal(of: PrepareTransfer.complete().with { $0.duesBaseInFen = -1 }, as: .enterprise())
                == PartyRelationsRefusal.wrongBase)
        let longest = SendTransfer.letter().with { $0.validDays = 90 }
        #expect(try bench.execute(longest, as: .enterprise()).validUntil == CalendarDay("2027-02-18"))
    }
}
