import Contracts
import Domain
import Support
import Testing

@testable import Notifications

@Suite("Announcements (第二十一条)")
struct AnnouncementTests {
    private func announcement(
        _ title: String = "移交政策问答", _ body: String = "详见附件。", roles: [Role] = []
    ) -> PublishAnnouncement {
        PublishAnnouncement(title: title, body: body, roles: roles)
    }

    @Test("County-wide, everybody has it; recipients count each township and each enterprise")
    func county() throws {
        let bench = try NotificationsBench()
        for (code, name) in [(Sample.enterprise, "甲"), (Sample.otherEnterprise, "乙")] {
            try bench.feed(
                EnterpriseRecorded(
                    enterprise: code, name: name, ownership: .county, isFinancial: false, hasVanished: false,
                    hasAnnuity: false), from: .registry)
        }
        let published = try bench.execute(announcement(), as: .workingTeam)
        #expect(published.recipients == Role.allCases.count - 2 + 13 + 2)
        #expect(
            try bench.newEvents(AnnouncementPublished.self).map(\.recipients) == [published.recipients])
        for officer in [Officer.township(), .enterprise(), .doctor, .operations] {
            #expect(try bench.titles(officer) == ["移交政策问答"])
        }
        let some = try bench.execute(announcement("通知", roles: [.health, .health, .union]), as: .humanResources)
        #expect(some.announcement == published.announcement + 1)
        #expect(some.recipients == 2)
        #expect(try bench.titles(.doctor) == ["通知", "移交政策问答"])
        #expect(try bench.titles(.finance) == ["移交政策问答"])
    }

    @Test("A township reaches only itself")
    func township() throws {
        let bench = try NotificationsBench()
        let published = try bench.execute(announcement(roles: [.township]), as: .township())
        #expect(published.recipients == 1)
        #expect(try bench.titles(.township()) == ["移交政策问答"])
        #expect(try bench.titles(.township(Sample.otherTownship)) == [])
        #expect(try bench.titles(.workingTeam) == [])
        #expect(try bench.execute(announcement("致全体"), as: .township()).recipients == 1)
        #expect(
            try bench.refusal(of: announcement(roles: [.health]), as: .township())?.slug
                == NotificationsRefusal.outsideTownship.slug)
        #expect(
            try bench.refusal(of: announcement(), as: Officer(user: "a", role: .township))?.slug == "access.area")
        #expect(try bench.refusal(of: announcement(), as: .enterprise())?.slug == "access.role")
        #expect(try bench.refusal(of: announcement(), as: .doctor)?.slug == "access.role")
    }

    @Test("Title and body have their lengths, blanks around them not counted")
    func lengths() throws {
        let bench = try NotificationsBench()
        func text(_ count: Int) -> String { String(repeating: "字", count: count) }
        for title in ["", " 　", text(101)] {
            #expect(
                try bench.refusal(of: announcement(title), as: .workingTeam)?.slug
                    == "notifications.announcement.title-length")
        }
        for body in ["", "\n", text(5_001)] {
            let refusal = try bench.refusal(of: announcement("标题", body), as: .workingTeam)
            #expect(refusal?.slug == "notifications.announcement.body-length")
            #expect(refusal?.article?.citation == "第二十一条")
        }
        try bench.execute(announcement(text(100), " \(text(5_000))\n"), as: .workingTeam)
        #expect(try bench.titles(.workingTeam) == [text(100)])
    }

    @Test(
        "Personal data are not published, in whatever form they are written",
        arguments: [
            ("身份证532529195512310028。", ["身份证号"]), ("34052419800101001x", ["身份证号"]),
            ("５３２５２９１９５５１２３１００２８", ["身份证号"]), ("532529 19551231 0028", ["身份证号"]),
            ("错一位 532529195512310029", ["身份证号"]), ("请致电13808731234", ["手机号"]),
            ("138 0873 1234", ["手机号"]), ("138-0873-1234", ["手机号"]), ("+8613808731234", ["手机号"]),
            ("+86 13808731234", ["手机号"]), ("１３８０８７３１２３４", ["手机号"]),
            ("2026-11-24 13808731234", ["手机号"]), ("532529195512310028，13808731234", ["身份证号", "手机号"]),
        ])
    func personalData(text: String, found: [String]) throws {
        let bench = try NotificationsBench()
        for command in [announcement(text), announcement("标题", text)] {
            let refusal = try bench.refusal(of: command, as: .workingTeam)
            #expect(refusal?.slug == "notifications.announcement.personal-data")
            #expect(refusal?.article?.citation == "第二十一条")
            #expect(refusal?.details == found)
        }
        #expect(try bench.titles(.workingTeam) == [])
    }

    @Test(
        "Other numbers may be published",
        arguments: [
            "办公电话 0873-4621234", "信用代码 911100007109250324", "信用代码 91350100M000100Y43", "自2026年11月24日起",
            "红政办规〔2020〕6号", "文号 123808731234", "编号 138087312345", "12808731234", "5325291955123100281",
            "金额 1380.00 元，另 8731.23 元",
        ])
    func otherNumbers(text: String) {
        #expect(PersonalDataScan.findings(in: text) == [])
    }
}
