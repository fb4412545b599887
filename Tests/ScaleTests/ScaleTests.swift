import Contracts
import Domain
import FoundationEssentials
import Host
import Store
import Support
import Testing

@testable import Gateway
@testable import Registry

/// What lists cost when the county is large. `JIELI_SCALE_PEOPLE` says how large, `JIELI_SCALE_TABLE` names a file for
/// the figures; without them a small county shows that everything is found and that no page passes over others' rows.
@Suite("Lists of a large county", .serialized)
struct ScaleTests {
    private struct Figure {
        var what: String
        var rows: Int
        var milliseconds: Double
        var steps: Int

        var line: String { "| \(what) | \(rows) | \(Double(Int(milliseconds * 100)) / 100) | \(steps) |" }
    }

    private static let people =
        ProcessInfo.processInfo.environment["JIELI_SCALE_PEOPLE"].flatMap { Int($0) } ?? 1_200
    private static let township = Township.all[0].code

    @Test("Every list, page and search is a few short walks")
    func lists() throws {
        let county = try FilledCounty(people: Self.people)
        var figures: [Figure] = []
        let officer = Officer.humanResources
        let last = Int64(Self.people * 3 / 4)
        func measure<Logic, Q: Query>(
            _ what: String, _ bench: ServiceBench<Logic>, _ query: Q, _ officer: Officer = .humanResources,
            rows: (Q.Reply) -> Int
        ) throws {
            var best = (reply: try bench.steps(of: query, as: officer), milliseconds: Double.infinity)
            for _ in 0..<5 {
                let begun = ContinuousClock.now
                best.reply = try bench.steps(of: query, as: officer)
                let span = (ContinuousClock.now - begun).components
                best.milliseconds = min(
                    best.milliseconds, Double(span.seconds) * 1e3 + Double(span.attoseconds) / 1e15)
            }
            figures.append(
                Figure(
                    what: what, rows: rows(best.reply.reply), milliseconds: best.milliseconds,
                    steps: best.reply.steps))
        }
        let registry = county.registry
        let places: [(String, Int64?)] = [("第一页", nil), ("靠后的页", last)]
        for (name, after) in places {
            try measure("台账，\(name)", registry, SearchPersons(after: after, limit: 50), rows: \.rows.count)
            try measure(
                "台账，一乡镇，\(name)", registry, SearchPersons(township: Self.township, after: after, limit: 50),
                rows: \.rows.count)
            try measure(
                "台账，一企业、一乡镇、一状态，\(name)", registry,
                SearchPersons(
                    enterprise: FilledCounty.enterprises[0], township: Self.township, status: .accepted, after: after,
                    limit: 50), rows: \.rows.count)
            try measure(
                "台账，乡镇账号，\(name)", registry, SearchPersons(after: after, limit: 50), .township(Self.township),
                rows: \.rows.count)
            for step in [RegistryStep.verify, .apply, .confirm, .issueCard] {
                try measure(
                    "待办 \(step.rawValue)，\(name)", registry, RegistryWork(step: step, after: after, limit: 100),
                    rows: \.rows.count)
            }
            try measure(
                "档案待办，\(name)", county.archives, ArchivesWork(after: after, limit: 100), .archivist, rows: \.rows.count)
            try measure(
                "党组织关系待办，\(name)", county.partyRelations, PartyWork(after: after, limit: 100), .organization,
                rows: \.rows.count)
            for step in BenefitsStep.allCases {
                try measure(
                    "统筹外与社保待办 \(step.rawValue)，\(name)", county.benefits,
                    BenefitsWork(step: step, after: after, limit: 100), rows: \.rows.count)
            }
            try measure(
                "健康档案待办，\(name)", county.health, HealthWork(after: after, limit: 100), .doctor, rows: \.rows.count)
            try measure(
                "逾期，\(name)", county.notifications, ListOverdue(after: after, limit: 100), .workingTeam,
                rows: \.rows.count)
        }
        for text in ["李明", "李", "罗海", "明芳", "李李"] {
            try measure("按姓名“\(text)”", registry, SearchPersons(text: text, limit: 50), rows: \.rows.count)
        }
        try measure(
            "按姓名“李”，待接收", registry, SearchPersons(text: "李", status: .applied, limit: 50), rows: \.rows.count)
        try measure("企业", registry, ListEnterprises(), rows: \.rows.count)
        try measure("移交申请", registry, ListApplications(), rows: \.rows.count)
        try measure("名册", registry, ListRosters(), rows: \.rows.count)
        try measure("社保名单", county.benefits, ListIntakeLists(), rows: \.rows.count)
        try measure("消息未读数", county.notifications, CountUnread(), rows: \.unread)
        try measure("总览", county.gateway, GetOverview(), .workingTeam, rows: \.people)
        let counted = try county.gateway.core.store.commit { transaction in
            let people = try GatewayReads(transaction).people(
                within: officer.area, enterprise: nil, township: Self.township, status: .accepted)
            return (people: people, steps: transaction.steps)
        }
        figures.append(Figure(what: "台账人数", rows: counted.people, milliseconds: 0, steps: counted.steps))

        if let path = ProcessInfo.processInfo.environment["JIELI_SCALE_TABLE"] {
            let head = ["| 查询（\(Self.people) 人） | 行 | 毫秒 | 步 |", "|---|---:|---:|---:|"]
            try (head + figures.map(\.line)).joined(separator: "\n").write(
                toFile: path, atomically: true, encoding: .utf8)
        }
        for figure in figures { #expect(figure.steps < 200_000, "\(figure.line)") }
        #expect(figures.first { $0.what == "总览" }?.rows == Self.people)
        #expect(figures.first { $0.what == "台账，第一页" }?.rows == 50)
    }
}
