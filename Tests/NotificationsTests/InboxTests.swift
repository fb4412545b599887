import Contracts
import Domain
import Support
import Testing

@testable import Notifications

@Suite("Messages")
struct InboxTests {
    private let day = CalendarDay("2026-11-24")!

    private func submitted(_ people: Int, _ township: String = Sample.township) -> ApplicationSubmitted {
        ApplicationSubmitted(
            application: 1, enterprise: Sample.enterprise, township: township, people: people, on: day)
    }

    @Test("An application is told to its township only, with the enterprise's name once that is known")
    func application() throws {
        let bench = try NotificationsBench()
        try bench.feed(submitted(3), from: .registry)
        try bench.feed(
            EnterpriseRecorded(
                enterprise: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                hasVanished: false, hasAnnuity: false), from: .registry)
        try bench.feed(submitted(5), from: .registry)
        let rows = try bench.ask(Inbox(limit: 50), as: .township()).rows
        #expect(rows.map(\.title) == ["有 5 人的移交申请待接收", "有 3 人的移交申请待接收"])
        #expect(rows[0].body == "红河县测试茶厂于2026年11月24日提出移交申请，共 5 人，请及时接收（第十五条（三））。")
        #expect(rows[1].body.hasPrefix("统一社会信用代码 \(Sample.enterprise) 的企业"))
        #expect(rows.allSatisfy { !$0.isRead })
        #expect(try bench.titles(.township(Sample.otherTownship)) == [])
        #expect(try bench.titles(.workingTeam) == [])
    }

    @Test("Each kind of event reaches those whom it concerns")
    func kinds() throws {
        let bench = try NotificationsBench()
        let enterprise = Sample.enterprise
        let township = Sample.township
        try bench.feed(RosterClosed(roster: 1, enterprise: enterprise, registered: 7, setAside: 0), from: .registry)
        try bench.feed(RosterClosed(roster: 2, enterprise: enterprise, registered: 0, setAside: 1), from: .registry)
        try bench.feed(
            ApplicationRefused(
                application: 1, enterprise: enterprise, township: township, cause: .materialsUntrue),
            from: .registry)
        try bench.feed(
            ApplicationAccepted(application: 2, enterprise: enterprise, township: township, people: 4, on: day),
            from: .registry)
        try bench.feed(InventoryRecorded(enterprise: enterprise, items: 2), from: .assets)
        try bench.feed(AgreementSigned(enterprise: enterprise, township: township, on: day), from: .assets)
        try bench.feed(
            IntakeListBuilt(list: 1, month: CalendarMonth("2026-10")!, people: 9), from: .benefitsLiaison)

        #expect(try bench.titles(.humanResources) == ["有 7 人待核准登记"])
        #expect(try bench.titles(.enterprise()) == ["资产移交协议已签订", "有 4 人已被接收", "移交申请未被接收"])
        #expect(try bench.titles(.workingTeam) == ["移交申请未被接收"])
        #expect(try bench.titles(.finance) == ["有资产清单待协商移交"])
        #expect(try bench.titles(.township()) == ["资产移交协议已签订"])
        #expect(try bench.titles(Officer(user: "a", role: .naturalResources)) == ["资产移交协议已签订"])
        #expect(try bench.titles(.socialInsurance) == ["2026年10月接收名单待核对"])
        let refused = try bench.ask(Inbox(limit: 1), as: .workingTeam).rows.first
        #expect(refused?.body.contains("材料与事实不符") == true)
        #expect(try bench.titles(.enterprise(Sample.otherEnterprise)) == [])
    }

    @Test("Newest first, page by page, the own area's and the county's merged")
    func pages() throws {
        let bench = try NotificationsBench()
        for number in 1...5 {
            try bench.feed(submitted(number), from: .registry)
            try bench.execute(
                PublishAnnouncement(title: "公告\(number)", body: "正文", roles: [.township]), as: .workingTeam)
        }
        let all = try bench.ask(Inbox(limit: 50), as: .township()).rows
        #expect(all.count == 10)
        #expect(all.map(\.message) == all.map(\.message).sorted(by: >))
        #expect(all.prefix(2).map(\.title) == ["公告5", "有 5 人的移交申请待接收"])
        var seen: [InboxMessage] = []
        var after: Int64?
        repeat {
            let page = try bench.ask(Inbox(after: after, limit: 3), as: .township())
            seen += page.rows
            after = page.next
        } while after != nil
        #expect(seen == all)
        // Another township sees only what goes to the whole county.
        #expect(try bench.titles(.township(Sample.otherTownship)).count == 5)
    }

    @Test("The figure in the menu counts what the account has not read, among the newest messages only")
    func unread() throws {
        let bench = try NotificationsBench()
        for number in 1...5 {
            try bench.feed(submitted(number), from: .registry)
            try bench.execute(
                PublishAnnouncement(title: "公告\(number)", body: "正文", roles: [.township]), as: .workingTeam)
        }
        #expect(try bench.ask(CountUnread(), as: .township()).unread == 10)
        #expect(try bench.ask(CountUnread(), as: .township(Sample.otherTownship)).unread == 5)
        #expect(try bench.ask(CountUnread(), as: .workingTeam).unread == 0)
        let newest = try #require(try bench.ask(Inbox(limit: 1), as: .township()).rows.first).message
        try bench.execute(MarkRead(message: newest), as: .township())
        #expect(try bench.ask(CountUnread(), as: .township()).unread == 9)
        try bench.core.store.commit { transaction in
            for message in 1_000..<2_500 {
                try transaction.execute("INSERT INTO message(id, at, title, body) VALUES(?, 0, '', '')", message)
                try transaction.execute("INSERT INTO addressee VALUES('township', 'county', ?)", message)
            }
        }
        #expect(try bench.ask(CountUnread(), as: .township(Sample.otherTownship)).unread == UnreadCount.mostLookedAt)
    }

    @Test("Read is read by that account only; only what is addressed to it can be marked")
    func markRead() throws {
        let bench = try NotificationsBench()
        try bench.feed(submitted(3), from: .registry)
        let message = try #require(try bench.ask(Inbox(limit: 1), as: .township()).rows.first).message
        try bench.execute(MarkRead(message: message), as: .township())
        try bench.execute(MarkRead(message: message), as: .township())
        #expect(try bench.ask(Inbox(limit: 1), as: .township()).rows.first?.isRead == true)
        let colleague = Officer(user: "lisi", role: .township, area: .township(Sample.township))
        #expect(try bench.ask(Inbox(limit: 1), as: colleague).rows.first?.isRead == false)
        for other in [Officer.township(Sample.otherTownship), .workingTeam] {
            #expect(try bench.refusal(of: MarkRead(message: message), as: other)?.slug == "access.area")
        }
        #expect(
            try bench.refusal(of: MarkRead(message: 99), as: .township())?.slug == "notifications.message.unknown")
    }
}
