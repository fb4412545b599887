import Contracts
import Domain
import Host
import Messaging
import Store
import Support

@testable import Archives
@testable import BenefitsLiaison
@testable import Gateway
@testable import HealthRecords
@testable import Notifications
@testable import PartyRelations
@testable import Registry

/// A county filled with invented people through the services' own code: rosters are imported, people verified, applied
/// for and accepted, and every service follows. All in one process, so that a million people take minutes.
final class FilledCounty {
    static let enterprises = ["91350100M000100Y43", "911100007109250324"]
    private static let surnames = Array("李王张白普马杨陈罗何")
    private static let givenNames = Array("明芳贵秀山水云福春兰生才美英德忠玉凤龙海")

    let people: Int
    let registry: ServiceBench<Registry>
    let archives: ServiceBench<Archives>
    let partyRelations: ServiceBench<PartyRelations>
    let benefits: ServiceBench<BenefitsLiaison>
    let health: ServiceBench<HealthRecords>
    let notifications: ServiceBench<Notifications>
    let gateway: ServiceBench<GatewayLogic>
    private let clock = ManualClock()

    init(people: Int) throws {
        self.people = people
        clock.set(CalendarDay("2026-10-05")!)
        registry = try ServiceBench(clock: clock)
        archives = try ServiceBench(clock: clock)
        partyRelations = try ServiceBench(clock: clock)
        benefits = try ServiceBench(clock: clock)
        health = try ServiceBench(clock: clock)
        notifications = try ServiceBench(clock: clock)
        gateway = try ServiceBench(clock: clock)
        try fill()
    }

    private func fill() throws {
        for code in Self.enterprises {
            try registry.execute(
                RecordEnterprise(
                    code: code, name: "红河县测试茶厂", ownership: .county, isFinancial: false, hasVanished: false,
                    hasAnnuity: false), as: .humanResources)
        }
        for first in stride(from: 0, to: people, by: OpenRoster.mostRows) {
            try importRoster(first..<min(first + OpenRoster.mostRows, people))
        }
        // The last tenth waits for human resources, the tenth before for the enterprise; of all others every second is
        // accepted.
        try advance(1...(people * 9 / 10))
        try follow(registry, .registry, archives)
        try follow(registry, .registry, partyRelations)
        try follow(registry, .registry, benefits)
        try follow(registry, .registry, health)
        try follow(registry, .registry, notifications)
        try follow(registry, .registry, gateway)
        clock.set(CalendarDay("2027-03-05")!)
        try benefits.execute(BuildIntakeList(month: CalendarMonth("2026-10")!), as: .humanResources)
        try benefits.finish()
        try notifications.wake()
        try notifications.finish()
        try follow(notifications, .notifications, gateway)
        try follow(benefits, .benefitsLiaison, gateway)
    }

    private func importRoster(_ range: Range<Int>) throws {
        let enterprise = Self.enterprises[range.lowerBound / OpenRoster.mostRows % 2]
        let officer = Officer.enterprise(enterprise)
        let opened = try registry.execute(
            OpenRoster(
                enterprise: enterprise, fileName: "名册.xlsx", fileDigest: "\(range.lowerBound)", headings: ["姓名"],
                rowCount: range.count), as: officer)
        for first in stride(from: range.lowerBound, to: range.upperBound, by: 500) {
            let rows = (first..<min(first + 500, range.upperBound)).map { index in
                RosterRowInput(
                    sheetRow: index - range.lowerBound + 2, cells: Self.row(index), original: [Self.name(index)])
            }
            let outcome = try registry.execute(
                AddRosterRows(roster: opened.roster, firstRow: first - range.lowerBound, rows: rows), as: officer)
            guard outcome.registered == rows.count else { throw BenchError.notApplied }
            registry.core.store.checkpointIfNeeded()
        }
        try registry.execute(CloseRoster(roster: opened.roster), as: officer)
    }

    static func name(_ index: Int) -> String {
        let first = String(surnames[index % surnames.count])
        let middle = String(givenNames[index / 10 % givenNames.count])
        return index % 3 == 0 ? first + middle : first + middle + String(givenNames[index / 200 % givenNames.count])
    }

    private static func row(_ index: Int) -> [String: String] {
        let day = CalendarDay("1930-01-01")!.adding(days: index / 1000)
        let township = Township.all[index % 7 == 0 ? index / 7 % Township.all.count : 0].name
        return [
            "name": name(index),
            "identity-number": TestIdentity.number(index % 1000, birthday: day.description.replacing("-", with: "")),
            "township": township, "residence": "红河县\(township)某某社区某某路 \(index) 号", "pension-place": "红河县",
            "medical-place": "红河县", "political-status": index % 12 == 0 ? "中共党员" : "群众",
            "out-of-pool": index % 9 == 0 ? "取暖费" : "", "telephone": "1380000\(1000 + index % 9000)",
        ]
    }

    private func advance(_ range: ClosedRange<Int>) throws {
        let dated = CalendarDay("2026-10-05")!
        for first in stride(from: range.lowerBound, through: range.upperBound, by: 5_000) {
            let persons = (first...min(first + 4_999, range.upperBound)).map { PersonID(Int64($0)) }
            try registry.execute(VerifyPersons(persons: persons), as: .humanResources)
            registry.core.store.checkpointIfNeeded()
            guard first < people * 8 / 10 else { continue }
            let rows = try registry.core.store.commit { transaction in
                try transaction.rows(
                    "SELECT id, enterprise, township FROM person WHERE id BETWEEN ? AND ? AND id % 2 = 0", first,
                    first + persons.count - 1
                ) { (PersonID(try $0.integer(0)), try $0.text(1) + " " + $0.text(2)) }
            }
            for (unit, chosen) in Dictionary(grouping: rows, by: { $0.1 }).sorted(by: { $0.key < $1.key }) {
                let parts = unit.split(separator: " ").map(String.init)
                let application = try registry.execute(
                    SubmitApplication(
                        enterprise: parts[0], township: parts[1], persons: chosen.map { $0.0 },
                        materials: Material.allCases, dated: dated), as: .enterprise(parts[0]))
                try registry.execute(
                    AcceptApplication(application: application.application, dated: dated), as: .township(parts[1]))
            }
        }
    }

    /// Lets a service follow another's log to its end.
    private func follow<From, To>(
        _ producer: ServiceBench<From>, _ stream: ServiceName, _ follower: ServiceBench<To>
    ) throws {
        while true {
            let offset = try follower.core.store.commit { try $0.offset(of: stream.rawValue)?.seq ?? 0 }
            var batches = LogBatches()
            let request = IncomingRequest(
                caller: To.name.rawValue, message: FetchLog.name, version: 1, command: nil, context: [],
                body: try JSONCoding.bytes(FetchLog(epoch: nil, after: offset, limit: 5_000)),
                token: ReplyToken(correlation: 1, brokerSession: 1))
            let bytes = try producer.core.store.commit { try batches.answer(request, $0) }
            guard let batch = EventBatch(bytes: bytes), !batch.items.isEmpty else { return }
            _ = try follower.core.run([.events(stream: stream, batch)], now: clock.instant())
            follower.core.store.checkpointIfNeeded()
        }
    }
}
