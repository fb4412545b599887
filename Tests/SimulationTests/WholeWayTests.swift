import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Store
import Support
import Testing

@testable import Archives
@testable import Assets
@testable import BenefitsLiaison
@testable import Gateway
@testable import HealthRecords
@testable import Notifications
@testable import PartyRelations
@testable import Registry

@Suite("All seven services and the gateway, from the roster to the end, under the same misfortunes")
struct WholeWayTests {
    /// A seed takes eight services through some seventy commands: fewer seeds than for two services.
    static var seeds: ClosedRange<UInt64> {
        let seeds = ExactlyOnceTests.seeds
        guard seeds.count > 1 else { return seeds }
        return seeds.lowerBound...max(seeds.lowerBound, seeds.upperBound / 5)
    }

    @Test("Everybody is handed over once, and every follower has every log to its end")
    func everySeed() throws {
        for seed in Self.seeds {
            do {
                try WholeCounty(seed: seed).run()
            } catch {
                Issue.record("seed \(seed): \(error) — replay with JIELI_SEED=\(seed)")
            }
        }
    }
}

/// A run of all services with four retirees: a Party member, one with out-of-pool items, one with both, one with
/// neither.
private final class WholeCounty {
    private static let people: [(isPartyMember: Bool, hasOutOfPool: Bool)] = [
        (true, false), (false, true), (true, true), (false, false),
    ]
    private let county: SimulatedCounty
    private let gateway: ServiceNode<GatewayLogic>
    private var client: ClientNode { county.client }
    private var pass = 0

    init(seed: UInt64) throws {
        var gateway: ServiceNode<GatewayLogic>!
        county = try SimulatedCounty(seed: seed, faults: .everything) { world in
            func node<Logic: ServiceLogic>(_ logic: Logic.Type) throws -> ServiceNode<Logic> { try ServiceNode(world) }
            gateway = try node(GatewayLogic.self)
            return [
                try node(Registry.self), try node(Archives.self), try node(PartyRelations.self),
                try node(Assets.self), try node(BenefitsLiaison.self), try node(HealthRecords.self),
                try node(Notifications.self), gateway,
            ]
        }
        self.gateway = gateway
    }

    func run() throws {
        try goThrough([Course("roster", client, roster())])
        var courses = [Course("survey", client, survey()), Course("assets", client, assets())]
        var everybody: [Course] = []
        for (index, person) in Self.people.enumerated() {
            let course = DepartmentCourse(
                person: PersonID(Int64(index + 1)), isPartyMember: person.isPartyMember,
                hasOutOfPool: person.hasOutOfPool)
            let parts = [
                course.ledger(), course.file(), course.relation(), course.insurance(), course.benefits(),
                course.health(),
            ]
            everybody += parts.enumerated().map { Course("person \(index + 1), part \($0)", client, $1) }
        }
        courses += everybody
        // The month's list is built again until everybody is on one: who is accepted later comes on a further list.
        try goThrough(courses, meanwhile: lists)
        county.calm()
        try county.run { try self.isAtRest() }
        try check()
    }

    private func goThrough(_ courses: [Course], meanwhile: (() throws -> Void)? = nil) throws {
        try county.run {
            pass += 1
            for course in courses { try course.goOn(pass: pass) }
            try meanwhile?()
            return courses.allSatisfy(\.isOver)
        }
    }

    // MARK: What is done once

    private func roster() -> [CourseStep] {
        let rows = Self.people.enumerated().map { index, person in
            RosterRowInput(
                sheetRow: index + 2,
                cells: [
                    "name": "李阿明", "identity-number": TestIdentity.number(index), "township": "迤萨镇",
                    "political-status": person.isPartyMember ? "中共党员" : "群众",
                    "out-of-pool": person.hasOutOfPool ? "取暖费" : "无",
                ], original: [])
        }
        return [
            CourseStep(
                command: {
                    RecordEnterprise(
                        code: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                        hasVanished: false, hasAnnuity: false)
                }, officer: .humanResources),
            CourseStep(
                command: {
                    OpenRoster(
                        enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: [],
                        rowCount: rows.count)
                }, officer: .enterprise()),
            CourseStep(command: { AddRosterRows(roster: 1, firstRow: 0, rows: rows) }, officer: .enterprise()),
            CourseStep(command: { CloseRoster(roster: 1) }, officer: .enterprise()),
        ]
    }

    private func survey() -> [CourseStep] {
        [
            CourseStep(
                command: {
                    FreezeSurvey(
                        enterprise: Sample.enterprise, items: [SurveyItem(kind: .heating, monthlyCapInFen: 30_000)])
                }, officer: .finance, later: [BenefitsLiaisonRefusal.unknownEnterprise.slug])
        ]
    }

    private func assets() -> [CourseStep] {
        [
            CourseStep(
                command: {
                    RecordInventory(
                        enterprise: Sample.enterprise,
                        items: [
                            AssetItem(name: "活动室", kind: .premises, isSeparable: true, bookValueInFen: 1_234_567)
                        ], shareholders: 1, stateShareNumerator: 1, stateShareDenominator: 1)
                }, officer: .finance, later: [AssetsRefusal.unknownEnterprise.slug]),
            CourseStep(
                command: {
                    SignAgreement(
                        enterprise: Sample.enterprise, township: Sample.township, agreementNumber: "1",
                        dated: DepartmentCourse.dated)
                }, officer: .finance),
            CourseStep(
                command: { HandOverAssets(enterprise: Sample.enterprise, dated: DepartmentCourse.dated) },
                officer: .finance),
        ]
    }

    private var listing: Int?

    private func lists() throws {
        if let listing, try client.outcome(listing) == nil { return }
        if pass.isMultiple(of: 40) {
            listing = try client.wish(BuildIntakeList(month: DepartmentCourse.dated.month), as: .humanResources)
        }
    }

    // MARK: The end

    /// Nothing is under way any more: every log is followed to its end by everybody who follows it.
    private func isAtRest() throws -> Bool {
        guard client.isQuiet, county.nodes.allSatisfy(\.isUp) else { return false }
        for reader in county.nodes {
            let offsets = try reader.offsets()
            for stream in reader.follows {
                guard let head = head(of: stream) else { return false }
                if head.seq > 0, offsets[stream.rawValue]?.seq != head.seq { return false }
            }
        }
        return true
    }

    private func head(of service: ServiceName) -> LogHead? {
        county.nodes.first { $0.service == service }?.head
    }

    private func check() throws {
        for reader in county.nodes {
            for (stream, offset) in try reader.offsets() {
                let head = ServiceName(rawValue: stream).flatMap(head)
                try require(offset.hash == head?.hash, "\(reader.service) has the chain of \(stream) to its end")
            }
        }
        let members = Self.people.count(where: \.isPartyMember)
        let withItems = Self.people.count(where: \.hasOutOfPool)
        for (service, name, count) in [
            (ServiceName.registry, PersonRegistered.name, 4), (.registry, PersonVerified.name, 4),
            (.registry, PersonApplied.name, 4), (.registry, PersonAccepted.name, 4), (.registry, CardIssued.name, 4),
            (.registry, PersonHandedOver.name, 4), (.archives, FileReceived.name, 4),
            (.partyRelations, TransferSent.name, members), (.partyRelations, MemberPlaced.name, members),
            (.benefitsLiaison, SurveyFrozen.name, 1), (.benefitsLiaison, PersonListed.name, 4),
            (.benefitsLiaison, PersonChecked.name, 4), (.benefitsLiaison, BenefitsRegistered.name, withItems),
            (.healthRecords, RecordOpened.name, 4), (.assets, AssetsHandedOver.name, 1),
        ] {
            let log = try county.nodes.first { $0.service == service }?.log() ?? []
            try require(log.map(\.seq) == Array(1...Int64(log.count)), "the log of \(service) is dense")
            try require(log.count { $0.name == name } == count, "\(name) happened \(count) times")
        }
        let now = county.clock.now()
        let overview = try gateway.look { try OverviewAnswer.make(GatewayReads($0), now: now) }
        let handedOver = overview?.statuses.first { $0.status == .handedOver }?.people
        try require(handedOver == 4 && overview?.people == 4, "the overview counts everybody as handed over")
        try require(
            overview?.tracks.allSatisfy { $0.done == $0.needed && $0.overdue == 0 } == true,
            "the overview counts every track as done")
        try require(overview?.enterprises.first?.assets == .handedOver, "the overview shows the assets")
    }

    private func require(_ condition: Bool, _ what: String) throws {
        if !condition { throw ExactlyOnceTests.Broken(what: what) }
    }
}
