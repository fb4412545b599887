import Contracts
import Domain
import Support
import Testing

@testable import Notifications

@Suite("Supervision notices (第二十二条)")
struct SupervisionTests {
    private let office = Officer(user: "zhengfuban", role: .governmentOffice)

    private func notice(
        _ role: Role = .township, _ area: Area = .township(Sample.township), subject: String = "尽快接收已申请人员",
        due: String = "2026-12-01"
    ) -> OpenSupervision {
        OpenSupervision(role: role, area: area, subject: subject, due: CalendarDay(due)!)
    }

    @Test("Given, answered, closed: each step is told to the other side")
    func life() throws {
        let bench = try NotificationsBench()
        let number = try bench.execute(notice(), as: office).notice
        #expect(try bench.titles(.township()) == ["督办通知第 \(number) 号"])
        try bench.execute(AnswerSupervision(notice: number, answer: "已全部接收"), as: .township())
        #expect(try bench.titles(office) == ["督办通知第 \(number) 号已答复"])
        try bench.execute(CloseSupervision(notice: number), as: .workingTeam)
        try bench.execute(CloseSupervision(notice: number), as: .workingTeam)
        #expect(try bench.titles(.township()).first == "督办通知第 \(number) 号已办结")
        #expect(
            try bench.newEventNames() == [
                "notifications.supervision.opened", "notifications.supervision.answered",
                "notifications.supervision.closed",
            ])
        #expect(
            try bench.ask(ListSupervision(), as: .workingTeam).rows == [
                SupervisionRow(
                    notice: number, role: .township, area: .township(Sample.township), subject: "尽快接收已申请人员",
                    due: CalendarDay("2026-12-01")!, state: .closed, answer: "已全部接收", isOverdue: false)
            ])
    }

    @Test("A notice says what, by when, and to one unit that can answer")
    func wrongNotices() throws {
        let bench = try NotificationsBench()
        func slug(_ command: OpenSupervision) throws -> String? {
            let refusal = try bench.refusal(of: command, as: .workingTeam)
            #expect(refusal == nil || refusal?.article?.citation == "第二十二条")
            return refusal?.slug
        }
        #expect(try slug(notice(subject: " 　")) == "notifications.supervision.subject-length")
        #expect(
            try slug(notice(subject: String(repeating: "字", count: 501)))
                == "notifications.supervision.subject-length")
        #expect(try slug(notice(due: "2026-11-23")) == "notifications.supervision.due-in-past")
        for (role, area) in [
            (Role.township, Area.county), (.township, .township("532529999")), (.township, .enterprise("A")),
            (.enterprise, .county), (.enterprise, .enterprise("91350100M000100Y44")),
            (.health, .township(Sample.township)),
        ] {
            #expect(try slug(notice(role, area)) == "notifications.supervision.unit-missing")
        }
        #expect(try slug(notice(due: "2026-11-24")) == nil)
        #expect(try slug(notice(.enterprise, .enterprise(Sample.enterprise))) == nil)
        #expect(try slug(notice(.health, .county)) == nil)
        #expect(try bench.refusal(of: notice(), as: .township())?.slug == "access.role")
    }

    @Test("Only the unit that was asked answers, and says something")
    func answers() throws {
        let bench = try NotificationsBench()
        let number = try bench.execute(notice(), as: .workingTeam).notice
        func slug(_ answer: String, _ officer: Officer, _ notice: Int64) throws -> String? {
            try bench.refusal(of: AnswerSupervision(notice: notice, answer: answer), as: officer)?.slug
        }
        #expect(try slug("已全部接收", .township(Sample.otherTownship), number) == "access.area")
        #expect(try slug("已全部接收", .workingTeam, number) == "access.role")
        #expect(try slug("已全部接收", .township(), 99) == "notifications.supervision.unknown")
        #expect(try slug("已接收 　", .township(), number) == "notifications.supervision.answer-length")
        #expect(
            try slug(String(repeating: "字", count: 2_001), .township(), number)
                == "notifications.supervision.answer-length")
        _ = try bench.newEvents()
        try bench.execute(AnswerSupervision(notice: number, answer: "正在办理中"), as: .township())
        try bench.execute(AnswerSupervision(notice: number, answer: "正在办理中"), as: .township())
        try bench.execute(AnswerSupervision(notice: number, answer: "已全部接收"), as: .township())
        #expect(try bench.newEvents(SupervisionAnswered.self).count == 2)
        #expect(try bench.ask(ListSupervision(), as: .township()).rows.first?.answer == "已全部接收")
        try bench.execute(CloseSupervision(notice: number), as: .workingTeam)
        let refusal = try bench.refusal(
            of: AnswerSupervision(notice: number, answer: "补充说明情况"), as: .township())
        #expect(refusal?.slug == "notifications.supervision.closed")
        #expect(refusal?.article?.citation == "第二十二条")
    }

    @Test("第二十二条: what was not answered is not closed")
    func unanswered() throws {
        let bench = try NotificationsBench()
        let number = try bench.execute(notice(), as: .workingTeam).notice
        let refusal = try bench.refusal(of: CloseSupervision(notice: number), as: office)
        #expect(refusal?.slug == "notifications.supervision.unanswered")
        #expect(refusal?.article?.citation == "第二十二条")
        #expect(
            try bench.refusal(of: CloseSupervision(notice: 99), as: office)?.slug
                == "notifications.supervision.unknown")
        #expect(try bench.refusal(of: CloseSupervision(notice: number), as: .township())?.slug == "access.role")
    }

    @Test("Overdue from the day after, until it is answered")
    func overdue() throws {
        let bench = try NotificationsBench()
        let number = try bench.execute(notice(due: "2026-12-01"), as: .workingTeam).notice
        func isOverdue() throws -> Bool? { try bench.ask(ListSupervision(), as: .township()).rows.first?.isOverdue }
        bench.clock.set(CalendarDay("2026-12-01")!)
        #expect(try isOverdue() == false)
        bench.clock.set(CalendarDay("2026-12-02")!)
        #expect(try isOverdue() == true)
        try bench.execute(AnswerSupervision(notice: number, answer: "已全部接收"), as: .township())
        #expect(try isOverdue() == false)
    }

    @Test("The working team sees all notices; others what they gave or have to answer; the newest first")
    func lists() throws {
        let bench = try NotificationsBench()
        let first = try bench.execute(notice(), as: .workingTeam).notice
        let second = try bench.execute(notice(.health, .county), as: office).notice
        let third = try bench.execute(notice(.township, .township(Sample.otherTownship)), as: office).notice
        func numbers(_ officer: Officer) throws -> [Int64] {
            try bench.ask(ListSupervision(), as: officer).rows.map(\.notice)
        }
        #expect(try numbers(.workingTeam) == [third, second, first])
        #expect(try numbers(office) == [third, second])
        #expect(try numbers(.township()) == [first])
        #expect(try numbers(.doctor) == [second])
        #expect(try numbers(.enterprise()) == [])
    }

    @Test("What a notice and its answer say stands neither in the file nor in messages")
    func sealed() throws {
        let bench = try NotificationsBench()
        let number = try bench.execute(notice(subject: "核实李阿芳的补贴"), as: .workingTeam).notice
        try bench.execute(AnswerSupervision(notice: number, answer: "已上门向李阿芳说明"), as: .township())
        bench.core.store.close()
        for file in ["notifications.sqlite", "notifications.sqlite-wal"] {
            guard let bytes = try? FileBytes.read("\(bench.folder)/\(file)") else { continue }
            #expect(bytes.firstRange(of: Array("李阿芳".utf8)) == nil)
        }
    }
}
