import Accounts
import Archives
import Assets
import BenefitsLiaison
import Contracts
import Domain
import Gateway
import HealthRecords
import Host
import Messaging
import Notifications
import PartyRelations
import Recount
import Registry
import Store
import Support

/// A run of all services with four retirees: a Party member, one with out-of-pool items, one with both, one with
/// neither.
final class WholeCounty {
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
            let registry = try node(Registry.self)
            return [
                registry, try ServiceNode<Registry>(world, instance: 2, clock: registry.clock),
                try node(Archives.self), try node(PartyRelations.self), try node(Assets.self),
                try node(BenefitsLiaison.self), try node(HealthRecords.self), try node(Notifications.self),
                try node(Accounts.self), gateway,
            ]
        }
        self.gateway = gateway
    }

    func run() throws -> RunFigures {
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
        if county.world.randomness.chance(30) { lateAtPass = pass + county.world.randomness.number(below: 300) }
        // The month's list is built again until everybody is on one: who is accepted later comes on a further list.
        try goThrough(courses) {
            try self.lists()
            self.beLate()
        }
        county.calm()
        try county.run { try self.isAtRest() }
        try check()
        client.repeatAll()
        try county.run { client.hasRepeated }
        try require(client.changedAnswers.isEmpty, "the same number has the same answer: \(client.changedAnswers)")
        try county.run { self.county.isAtRest }
        return county.figures
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

    /// When the office's clock is found to be far behind: deadlines pass before anything of it is done.
    private var lateAtPass: Int?

    private func beLate() {
        guard pass == lateAtPass, let clock = county.nodes.first(where: { $0.service == .notifications })?.clock else {
            return
        }
        clock.set(clock.now().advanced(byMilliseconds: 100 * 86_400_000))
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
        for node in county.nodes where node !== client {
            // One that waits for room on its disk is up and does not write yet.
            guard let reader = county.writer(of: node.service) else { return false }
            let offsets = try reader.offsets()
            for stream in reader.follows {
                guard let head = county.writer(of: stream)?.head else { return false }
                if head.seq > 0, offsets[stream.rawValue]?.seq != head.seq { return false }
            }
        }
        return true
    }

    private func check() throws {
        for service in ServiceName.allCases {
            for (stream, offset) in try county.writer(of: service)?.offsets() ?? [:] {
                let head = ServiceName(rawValue: stream).flatMap { county.writer(of: $0)?.head }
                try require(offset.hash == head?.hash, "\(service) has the chain of \(stream) to its end")
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
            let log = try county.writer(of: service)?.log() ?? []
            try require(log.map(\.seq) == Array(1...Int64(log.count)), "the log of \(service) is dense")
            try require(log.count { $0.name == name } == count, "\(name) happened \(count) times")
        }
        try checkFigures()
    }

    /// Every figure of the overview, against a recount of the logs by other code; and that all is done.
    private func checkFigures() throws {
        var logs: [ServiceName: [LoggedEvent]] = [:]
        for service in ServiceName.allCases {
            logs[service] = try county.writer(of: service)?.log().map {
                LoggedEvent(name: $0.name, key: $0.key, body: $0.body)
            }
        }
        county.world.figures.late = logs[.notifications]?.count { $0.name == DeadlinePassed.name } ?? 0
        let recount = try OverviewRecount(logs)
        let (early, late) = (recount.contradictions.tooEarly, recount.contradictions.notHandedOver)
        try require(early.isEmpty && late.isEmpty, "who has everything done is handed over: \(early), \(late)")
        let now = gateway.clock.now()
        guard let overview = try gateway.look({ try OverviewAnswer.make(GatewayReads($0), now: now) }) else {
            throw Broken(what: "the gateway has no writer")
        }
        let differences = recount.compare(with: overview).differences
        try require(differences.isEmpty, "the overview is the recount: \(differences)")
        try require(
            recount.handedOver == Self.people.count && overview.people == Self.people.count,
            "the overview counts everybody as handed over")
        try require(
            overview.tracks.allSatisfy { $0.done == $0.needed && $0.overdue == 0 },
            "the overview counts every track as done")
        try require(overview.enterprises.first?.assets == .handedOver, "the overview shows the assets")
    }

    private func require(_ condition: Bool, _ what: String) throws {
        if !condition { throw Broken(what: what) }
    }
}
