import Contracts
import Domain
import Support
import Testing

@testable import PartyRelations

@Suite("第十条（二）、（四）、（五）: members are taken over and placed")
struct TakeOverTests {
    @Test("第十条（二）: one organization is responsible at any time, the enterprise's until acceptance")
    func responsible() throws {
        let bench = try PartyBench()
        try bench.enterprise()
        let person = try bench.member()
        let own = "红河县测试茶厂党组织"
        func now() throws -> String { try bench.transfer(person).responsible }
        #expect(try now() == own)
        try bench.execute(PrepareTransfer.complete(), as: .enterprise())
        #expect(try now() == own)
        try bench.personAccepted(person)
        try bench.execute(SendTransfer.letter(), as: .enterprise())
        #expect(try now() == own)
        try bench.execute(
            RefuseTransfer(person: person, cause: .fileIncomplete, explanation: "缺入党志愿书"), as: .township())
        #expect(try now() == own)
        try bench.execute(SendTransfer.letter(), as: .enterprise())
        #expect(try now() == own)
        try bench.execute(AcceptTransfer(person: person), as: .township())
        #expect(try now() == "中共红河县迤萨镇委员会")
        try bench.execute(PlaceMember(person: person, branch: "退休第一党支部"), as: .township())
        #expect(try now() == "中共红河县迤萨镇委员会")
    }

    @Test("An enterprise whose name is not known yet is named by its code; never nobody")
    func unnamed() throws {
        let bench = try PartyBench()
        let person = try bench.member()
        #expect(try bench.transfer(person).responsible == "\(Sample.enterprise)党组织")
        try bench.enterprise(name: "旧名")
        try bench.enterprise(name: "新名")
        #expect(try bench.transfer(person).responsible == "新名党组织")
    }

    @Test("第十条（二）: not sent before the township has accepted the person")
    func personFirst() throws {
        let bench = try PartyBench()
        let person = try bench.member()
        try bench.execute(PrepareTransfer.complete(person), as: .enterprise())
        let refusal = try bench.refusal(of: SendTransfer.letter(person), as: .enterprise())
        #expect(refusal?.slug == "party-relations.transfer.person-not-accepted")
        #expect(refusal?.article?.citation == "第十条（二）")
        try bench.personAccepted(person)
        try bench.execute(SendTransfer.letter(person), as: .enterprise())

        // Accepted long before somebody found out that this is a member.
        let late = try bench.registered(2)
        try bench.personAccepted(late)
        try bench.feed(PartyMembershipNoted(person: late), from: .registry)
        try bench.execute(PrepareTransfer.complete(late), as: .enterprise())
        #expect(
            try bench.refusal(of: AcceptTransfer(person: late), as: .township()) == PartyRelationsRefusal.notSent)
        try bench.execute(SendTransfer.letter(late), as: .enterprise())
        try bench.execute(AcceptTransfer(person: late), as: .township())
        #expect(try bench.newEvents(TransferAccepted.self).map(\.person) == [late])
    }

    @Test("第十条（二）: a letter that had run out when it was received is void; one received in time may be entered later")
    func expired() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        bench.clock.set(CalendarDay("2026-12-01")!)
        let refusal = try bench.refusal(of: AcceptTransfer(person: person), as: .township())
        #expect(refusal?.slug == "party-relations.transfer.letter-expired")
        #expect(refusal?.article?.citation == "第十条（二）")
        #expect(
            try bench.refusal(
                of: AcceptTransfer(person: person, dated: CalendarDay("2026-12-02")), as: .township())?.slug
                == "party-relations.date.in-future")
        try bench.execute(AcceptTransfer(person: person, dated: CalendarDay("2026-11-30")), as: .township())
        #expect(try bench.transfer(person).state == .accepted)

        // Void, it goes back for just that cause.
        bench.clock.set(CalendarDay("2026-11-24")!)
        let other = try bench.sent(2)
        bench.clock.set(CalendarDay("2026-12-01")!)
        try bench.execute(
            RefuseTransfer(person: other, cause: .letterExpired, explanation: "11月30日到期"), as: .township())
        #expect(try bench.transfer(other).state == .returned)
    }

    @Test("第十条（一）: who is no member after all leaves the work list; found to be one again, the work begins anew")
    func denied() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        #expect(
            try bench.refusal(of: DenyMembership(person: person), as: .organization)
                == PartyRelationsRefusal.alreadySent)
        try bench.execute(
            RefuseTransfer(person: person, cause: .membershipDoubtful, explanation: "无入党志愿书"), as: .township())
        #expect(
            try bench.refusal(of: DenyMembership(person: person), as: .enterprise())?.slug
                == CommonRefusal.roleNotEntitled.slug)
        _ = try bench.newEvents()
        try bench.execute(DenyMembership(person: person), as: .organization)
        #expect(try bench.newEventNames() == [MembershipDenied.name])
        #expect(try bench.ask(PartyWork(limit: 10), as: .organization).rows.isEmpty)
        try bench.feed(PartyMembershipNoted(person: person), from: .registry)
        #expect(try bench.transfer(person).state == .returned)
    }

    @Test("Accepted once more changes nothing, also after the member is placed")
    func acceptedTwice() throws {
        let bench = try PartyBench()
        let person = try bench.accepted()
        try bench.execute(AcceptTransfer(person: person), as: .organization)
        try bench.execute(PlaceMember(person: person, branch: "退休第一党支部"), as: .township())
        try bench.execute(AcceptTransfer(person: person), as: .township())
        #expect(try bench.transfer(person).state == .placed)
        #expect(try bench.newEvents(TransferAccepted.self).count == 1)
    }

    @Test("第十条（五）: turned away only for a cause of the list, and with the facts")
    func unfounded() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        let other = try bench.refusal(
            of: RefuseTransfer(person: person, cause: .other, explanation: "不方便"), as: .township())
        #expect(other?.slug == "party-relations.transfer.unfounded-cause")
        #expect(other?.article?.citation == "第十条（五）")
        let empty = try bench.refusal(
            of: RefuseTransfer(person: person, cause: .duesUnsettled, explanation: " "), as: .township())
        #expect(empty?.slug == "party-relations.transfer.explanation-missing")
        #expect(empty?.article?.citation == "第十条（五）")
        #expect(try bench.transfer(person).state == .sent)
    }

    @Test("A founded refusal sends the relation back with its reason; it is put right and sent again with a new letter")
    func returned() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        let refuse = RefuseTransfer(person: person, cause: .duesUnsettled, explanation: "2026年8月党费未交")
        try bench.execute(refuse, as: .township())
        #expect(try bench.newEvents(TransferReturned.self).map(\.cause) == [.duesUnsettled])
        var record = try bench.transfer(person, as: .enterprise())
        #expect(record.state == .returned)
        #expect(record.refusalCause == .duesUnsettled && record.explanation == "2026年8月党费未交")
        #expect(record.letter == nil && record.organization == nil)
        #expect(try bench.refusal(of: refuse, as: .township()) == PartyRelationsRefusal.notSent)
        #expect(
            try bench.refusal(of: AcceptTransfer(person: person), as: .township()) == PartyRelationsRefusal.notSent)
        try bench.execute(PrepareTransfer.complete(), as: .enterprise())
        #expect(
            try bench.execute(SendTransfer.letter(), as: .enterprise()).letterNumber == "红组转〔2026〕第2号")
        record = try bench.transfer(person)
        #expect(record.state == .sent && record.refusalCause == nil && record.explanation == nil)
    }

    @Test("第十条（四）: placed after acceptance; a move to another branch is told, the same branch again is not")
    func placed() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        let place = PlaceMember(person: person, branch: "退休第一党支部")
        let early = try bench.refusal(of: place, as: .township())
        #expect(early?.slug == "party-relations.member.not-accepted")
        #expect(early?.article?.citation == "第十条（四）")
        try bench.execute(AcceptTransfer(person: person), as: .township())
        let empty = try bench.refusal(of: PlaceMember(person: person, branch: "　"), as: .township())
        #expect(empty?.slug == "party-relations.member.branch-missing")
        #expect(empty?.article?.citation == "第十条（四）")
        try bench.execute(place, as: .township())
        try bench.execute(place, as: .township())
        #expect(try bench.newEvents(MemberPlaced.self).count == 1)
        try bench.execute(PlaceMember(person: person, branch: " 退休第二党支部"), as: .organization)
        #expect(try bench.newEvents(MemberPlaced.self).count == 1)
        let record = try bench.transfer(person)
        #expect(record.state == .placed && record.branch == "退休第二党支部")
    }

    @Test("The store and the log hold no explanation in the clear")
    func sealed() throws {
        let bench = try PartyBench()
        let person = try bench.sent()
        try bench.execute(
            RefuseTransfer(person: person, cause: .membershipDoubtful, explanation: "车白玉兰入党时间不符"), as: .township())
        let text = Array("车白玉兰".utf8)
        let stored =
            try FileBytes.read("\(bench.folder)/party-relations.sqlite")
            + (try FileBytes.read("\(bench.folder)/party-relations.sqlite-wal"))
        #expect(!stored.contains(text))
        let logged: [UInt8] = try bench.newEvents().flatMap(\.body)
        #expect(!logged.contains(text))
        #expect(try bench.transfer(person).explanation?.hasPrefix("车白玉兰") == true)
    }
}
