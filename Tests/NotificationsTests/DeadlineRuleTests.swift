import Contracts
import Domain
import Host
import Support
import Testing

@testable import Notifications

@Suite("The terms of tracks")
struct DeadlineRuleTests {
    @Test("The end of the next month has its own length (第十六条（四）), in Swift and in SQL alike")
    func monthEnds() throws {
        let bench = try NotificationsBench()
        let days = [("2026-10-31", "2026-11-30"), ("2027-01-31", "2027-02-28"), ("2028-01-01", "2028-02-29")]
        for (start, due) in days {
            #expect(DeadlineTerm.endOfNextMonth.due(from: CalendarDay(start)!).description == due)
            let inSQL = try bench.core.store.commit { transaction in
                try [DeadlineTerm.endOfNextMonth, .days(45)].map { term in
                    try transaction.first("SELECT \(term.dueSQL("?"))", start) { try $0.text(0) }
                }
            }
            #expect(inSQL == [due, CalendarDay(start)!.adding(days: 45).description])
        }
    }

    @Test("Values are a number of days or the one text, and nothing else")
    func values() throws {
        let parameter = Track.archives.deadline
        #expect(try parameter.check("20").text == "申请后 20 日内")
        #expect(try parameter.check("\"end-of-next-month\"").text == "申请后次月底前")
        for wrong in ["0", "-1", "4000", "\"soon\"", "20.5", "{}", "", "[20]"] {
            #expect(throws: ParameterRefusal.wrongValue.naming([parameter.form]), "\(wrong)") {
                try parameter.check(wrong)
            }
        }
    }

    @Test("Tracks that have not begun, and those not for this person, do not run")
    func none() {
        func running(_ person: TrackedPerson) -> [Track] { Track.allCases.filter { person.start($0) != nil } }
        var person = TrackedPerson(id: PersonID(1), enterprise: "", township: "", concerned: [.party, .benefits])
        #expect(running(person) == [])
        person.appliedOn = CalendarDay("2026-11-20")!
        #expect(running(person) == [.acceptance, .archives])
        person.acceptedOn = CalendarDay("2026-11-20")!
        #expect(running(person) == Track.allCases)
        person.concerned = []
        #expect(running(person) == [.acceptance, .archives, .confirmation, .socialInsurance, .health])
    }

    @Test("Every track has a term from the day of the rules on, somebody responsible, and the working team")
    func complete() {
        for track in Track.allCases {
            #expect(track.deadline.defaults.first?.holdsFrom == Article.effectiveDay)
            let responsible = track.responsible(enterprise: "E", township: "T")
            #expect(responsible.count >= 2)
            #expect(responsible.last == .county(.workingTeam))
            #expect(Set(responsible).count == responsible.count)
        }
    }
}

@Suite("Deadlines as dated data")
struct DeadlineParameterTests {
    private let bench: NotificationsBench

    /// 2026-11-24: three people have applied, one a day; the first one's file is there.
    init() throws {
        bench = try NotificationsBench()
        for (person, day) in [(1, "2026-11-22"), (2, "2026-11-23"), (3, "2026-11-24")] as [(Int64, String)] {
            bench.clock.set(CalendarDay(day)!)
            let township = person == 3 ? Sample.otherTownship : Sample.township
            try bench.apply(bench.register(person, township: township), township: township)
        }
        try bench.feed(FileReceived(person: PersonID(1), missing: 0), from: .archives)
        try bench.register(4)
    }

    private func set(
        _ value: String, from day: String, isRetroactive: Bool = false, isPreview: Bool = false
    ) -> SetParameter {
        SetParameter(
            parameter: "deadline.archives", value: value, holdsFrom: CalendarDay(day)!, source: "红政办发〔2026〕1号",
            isRetroactive: isRetroactive, isPreview: isPreview)
    }

    /// The days of the file's track, by person.
    private func days() throws -> [String] {
        try bench.core.store.commit {
            try $0.rows("SELECT person, due, term, rule_from FROM track WHERE track = 'archives' ORDER BY person") {
                "\(try $0.integer(0)) \(try $0.text(1)) \(try $0.text(2)) \(try $0.text(3))"
            }
        }
    }

    private let before = [
        "1 2026-12-22 申请后 30 日内 2020-07-31", "2 2026-12-23 申请后 30 日内 2020-07-31",
        "3 2026-12-24 申请后 30 日内 2020-07-31",
    ]

    @Test("A later value counts for what begins from its day on; what began before keeps its own, also when it moves")
    func later() throws {
        let reach = try bench.execute(set("10", from: "2026-12-01"), as: .workingTeam)
        #expect(reach.changed == [] && reach.kept == [])
        #expect(reach.upcoming == [.init(area: .township(Sample.township), count: 1)])
        #expect(try days() == before)
        bench.clock.set(CalendarDay("2026-12-01")!)
        try bench.apply(PersonID(4))
        try bench.apply(PersonID(2), township: Sample.otherTownship)
        #expect(try days().last == "4 2026-12-11 申请后 10 日内 2026-12-01")
    }

    @Test("A value for days of which decisions were made is refused, unless it is said; then the open ones follow")
    func retroactive() throws {
        let refusal = try bench.refusal(of: set("10", from: "2026-11-23"), as: .workingTeam)
        #expect(refusal?.slug == ParameterRefusal.decided.slug && refusal?.details == ["2 件"])
        #expect(try days() == before)
        let command = set("10", from: "2026-11-23", isRetroactive: true)
        let reach = try bench.execute(command, as: .workingTeam)
        #expect(reach.changed.map(\.count) == [1, 1])
        #expect(
            try days() == [
                before[0], "2 2026-12-03 申请后 10 日内 2026-11-23", "3 2026-12-04 申请后 10 日内 2026-11-23",
            ])
    }

    @Test("What the preview counts is what then changes, and of the preview nothing remains")
    func preview() throws {
        var preview = set("12", from: "2026-11-01", isRetroactive: true, isPreview: true)
        let told = try bench.execute(preview, as: .workingTeam)
        #expect(told.kept == [.init(area: .township(Sample.township), count: 1)], "the file that is there")
        #expect(try days() == before)
        #expect(try bench.newEvents().allSatisfy { $0.name != "parameter.entered" })
        preview.isPreview = false
        #expect(try bench.execute(preview, as: .workingTeam) == told)
        let after = try days()
        #expect(zip(before, after).count { $0 != $1 } == told.changed.reduce(0) { $0 + $1.count })
    }

    @Test("A track that was reported as late keeps its day, and what it was reported by")
    func reported() throws {
        try bench.wake(on: "2026-12-25")
        _ = try bench.newEvents()
        let reach = try bench.execute(set("90", from: "2026-11-01", isRetroactive: true), as: .workingTeam)
        #expect(reach.changed == [] && reach.decided == 3)
        #expect(try days() == before)
        let late = try bench.ask(ListOverdue(track: .archives, limit: 10), as: .workingTeam).rows
        #expect(late.map(\.rule?.text) == ["申请后 30 日内", "申请后 30 日内"])
        #expect(late.allSatisfy { $0.rule?.source == "第十六条（一）" })
    }

    @Test("Two values of one day, a wrong value, no source, another role and an unknown name are refused")
    func refusals() throws {
        var made: Set<String> = []
        func refusal(_ command: SetParameter, as officer: Officer = .workingTeam) throws -> String? {
            let slug = try bench.refusal(of: command, as: officer)?.slug
            made.insert(slug ?? "")
            return slug
        }
        try bench.execute(set("10", from: "2027-01-01"), as: .workingTeam)
        #expect(try refusal(set("11", from: "2027-01-01")) == ParameterRefusal.dayTaken.slug)
        #expect(try refusal(set("11", from: "2020-07-31", isRetroactive: true)) == ParameterRefusal.dayTaken.slug)
        #expect(try refusal(set("0", from: "2027-02-01")) == ParameterRefusal.wrongValue.slug)
        #expect(try refusal(set("11", from: "2027-02-01"), as: .township()) == CommonRefusal.roleNotEntitled.slug)
        var command = set("11", from: "2027-02-01")
        command.source = "  "
        #expect(try refusal(command) == ParameterRefusal.sourceMissing.slug)
        command = set("11", from: "2027-02-01")
        command.parameter = "deadline.nothing"
        #expect(try refusal(command) == ParameterRefusal.unknown.slug)
        #expect(try refusal(set("11", from: "2026-11-24")) == ParameterRefusal.decided.slug)
        #expect(made == Set(ParameterRefusal.all.map(\.slug) + [CommonRefusal.roleNotEntitled.slug]))
    }

    @Test("The history names each value with its day, source, and who set it")
    func history() throws {
        try bench.execute(set("\"end-of-next-month\"", from: "2027-01-01"), as: .workingTeam)
        try bench.execute(set("20", from: "2026-12-01"), as: .workingTeam)
        let found = try bench.ask(ListParameters(), as: .workingTeam).parameters
        #expect(found.map(\.name) == Track.allCases.map { "deadline.\($0.rawValue)" })
        let rows = try #require(found.first { $0.name == "deadline.archives" }).rows
        #expect(rows.map(\.holdsFrom.description) == ["2020-07-31", "2026-12-01", "2027-01-01"])
        #expect(rows.map(\.text) == ["申请后 30 日内", "申请后 20 日内", "申请后次月底前"])
        #expect(rows.map(\.setBy) == [nil, Officer.workingTeam.user, Officer.workingTeam.user])
        let entered = try bench.newEvents().filter { $0.name == "parameter.entered" }
        #expect(entered.map(\.key) == ["parameter:deadline.archives", "parameter:deadline.archives"])
        #expect(entered.allSatisfy { $0.actor.hasPrefix("\(Officer.workingTeam.user)#") })
        let last = String(decoding: try #require(entered.last).body, as: UTF8.self)
        #expect(last.contains("2026-12-01"))
        #expect(!AccessTable.maySee(.gateway, event: "parameter.entered"))
        let altered = Result {
            try bench.core.store.commit { try $0.execute("UPDATE parameter SET value = '1'") }
        }
        #expect(throws: (any Error).self) { try altered.get() }
    }
}
