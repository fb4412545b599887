import Contracts
import Domain
import Support
import Testing

@testable import Notifications

@Suite("The list of what is late, and the daily message about it")
struct OverdueListTests {
    /// Two people in each of two townships, everything late.
    private func late() throws -> NotificationsBench {
        let bench = try NotificationsBench()
        for id in 1...4 {
            let elsewhere = id > 2
            let township = elsewhere ? Sample.otherTownship : Sample.township
            let enterprise = elsewhere ? Sample.otherEnterprise : Sample.enterprise
            let person = try bench.register(
                Int64(id), township: township, enterprise: enterprise, isPartyMember: id == 1, hasOutOfPool: id == 1)
            try bench.accept(person, on: "2026-11-24", township: township, enterprise: enterprise)
        }
        try bench.wake(on: "2027-02-01")
        return bench
    }

    @Test("Within the asker's area, with the total, page by page")
    func areas() throws {
        let bench = try late()
        let all = try bench.ask(ListOverdue(limit: 500), as: .workingTeam)
        #expect(all.total == 14)
        #expect(all.rows.count == 14)
        #expect(all.next == nil)
        #expect(try bench.ask(ListOverdue(limit: 500), as: .township(Sample.otherTownship)).total == 6)
        #expect(try bench.ask(ListOverdue(limit: 500), as: .enterprise()).total == 8)
        #expect(try bench.overdue(.doctor, track: .health) == ["1 health", "2 health", "3 health", "4 health"])

        var seen: [OverdueRow] = []
        var after: Int64?
        repeat {
            let page = try bench.ask(ListOverdue(after: after, limit: 4), as: .workingTeam)
            #expect(page.total == 14)
            seen += page.rows
            after = page.next
        } while after != nil
        #expect(seen == all.rows)
        let first = try #require(seen.first { $0.track == .socialInsurance })
        #expect(first.due.description == "2026-12-31")
        #expect(first.township == Sample.township)
        #expect(first.enterprise == Sample.enterprise)
    }

    @Test("Whose Party relation or out-of-pool items are late is shown only to those who may ask for them")
    func sensitive() throws {
        let bench = try late()
        #expect(try bench.overdue(.organization, track: .party) == ["1 party"])
        #expect(try bench.overdue(.organization).contains("1 benefits") == false)
        #expect(try bench.overdue(.finance).contains("1 benefits"))
        for officer in [Officer.finance, .doctor, .archivist, .humanResources, .operations] {
            #expect(try bench.overdue(officer).contains("1 party") == false)
            #expect(
                try bench.refusal(of: ListOverdue(track: .party, limit: 1), as: officer)?.slug == "access.role")
        }
    }

    @Test("One message a day for each role and area, with counts and articles, and nothing of persons")
    func digest() throws {
        let bench = try late()
        let township = try bench.ask(Inbox(limit: 50), as: .township()).rows
        #expect(township.map(\.title) == ["逾期提醒：5 项办理事项超过时限"])
        #expect(
            township.first?.body == """
                2027年2月1日新增逾期：党组织关系 1 人（接收后 30 日内，第十条（四））；核对信息与联系卡 2 人（接收后 30 日内，第十六条（三））；\
                社保衔接 2 人（接收后次月底前，第十六条（四））。请尽快办理，名单见“逾期事项”。
                """)
        #expect(try bench.titles(.township(Sample.otherTownship)) == ["逾期提醒：4 项办理事项超过时限"])
        #expect(try bench.titles(.doctor) == ["逾期提醒：4 项办理事项超过时限"])
        #expect(try bench.titles(.organization) == ["逾期提醒：1 项办理事项超过时限"])
        #expect(try bench.titles(.humanResources) == ["逾期提醒：1 项办理事项超过时限"])
        #expect(try bench.titles(.workingTeam) == ["逾期提醒：14 项办理事项超过时限"])
        #expect(try bench.titles(.finance) == [])
    }

    @Test(
        "What becomes late the same day joins the message, which is then to be read again; the next day has its own"
    )
    func joined() throws {
        let bench = try late()
        let message = try #require(try bench.ask(Inbox(limit: 1), as: .doctor).rows.first)
        try bench.execute(MarkRead(message: message.message), as: .doctor)
        #expect(try bench.ask(Inbox(limit: 1), as: .doctor).rows.first?.isRead == true)
        try bench.accept(bench.register(5), on: "2026-11-20")
        try bench.wake()
        let grown = try bench.ask(Inbox(limit: 5), as: .doctor).rows
        #expect(grown.map(\.message) == [message.message])
        #expect(grown.first?.title == "逾期提醒：5 项办理事项超过时限")
        #expect(grown.first?.isRead == false)
        try bench.accept(bench.register(6), on: "2026-11-20")
        try bench.wake(on: "2027-02-02")
        #expect(try bench.titles(.doctor) == ["逾期提醒：1 项办理事项超过时限", "逾期提醒：5 项办理事项超过时限"])
    }
}
