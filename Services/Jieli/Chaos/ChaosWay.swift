import Contracts
import Domain
import Messaging

/// One writer: takes groups of people from the roster to the last department, as their offices do it.
struct ChaosWay {
    /// Refusals of a department that has not heard yet what another has done: it is asked again, under a new number.
    private static let notHeardYet: Set<String> = [
        "person.unknown", "archives.file.not-applied", "health-records.record.not-accepted",
        "party-relations.person.not-member", "party-relations.transfer.person-not-accepted",
        "benefits-liaison.enterprise.unknown", "assets.enterprise.unknown",
    ]
    /// Refusals that say what may well be so.
    private static let expected: Set<String> = [
        "benefits-liaison.list.nobody-waiting", "benefits-liaison.check.not-listed",
    ]

    let writer: ChaosWriter
    let ledger: ChaosLedger
    let isOver: @Sendable () -> Bool
    private let today: CalendarDay
    /// The day of all papers: the month before, so that the month's list can be built.
    private let dated: CalendarDay

    init(
        _ writer: ChaosWriter, _ ledger: ChaosLedger, today: CalendarDay, isOver: @escaping @Sendable () -> Bool
    ) {
        self.writer = writer
        self.ledger = ledger
        self.today = today
        dated = today.month.previous.lastDay
        self.isOver = isOver
    }

    /// The enterprise itself, and what concerns it as a whole.
    func begin(_ enterprise: SampleEnterprise) throws {
        let officer = officer(enterprise)
        try tell(
            RecordEnterprise(
                code: enterprise.code, name: enterprise.name, ownership: enterprise.ownership, isFinancial: false,
                hasVanished: enterprise.standIn != nil, standIn: enterprise.standIn,
                hasAnnuity: enterprise.hasAnnuity), as: SampleCounty.officer("renshe")
        ) { _ in
            [
                ChaosEffect(
                    .registry,
                    EnterpriseRecorded(
                        enterprise: enterprise.code, name: enterprise.name, ownership: enterprise.ownership,
                        isFinancial: false, hasVanished: enterprise.standIn != nil, hasAnnuity: enterprise.hasAnnuity))
            ]
        }
        try tell(FreezeSurvey(enterprise: enterprise.code, items: []), as: officer) { _ in
            [ChaosEffect(.benefitsLiaison, SurveyFrozen(enterprise: enterprise.code, items: 0))]
        }
        try tell(DeclareNoAssets(enterprise: enterprise.code), as: officer) { _ in
            [ChaosEffect(.assets, NoAssetsDeclared(enterprise: enterprise.code))]
        }
    }

    /// The whole way of a group.
    /// - Throws: `ChaosOver` between two commands, when the load is over or one was refused that should not be.
    func take(_ group: ChaosPeople.Group, after last: inout Int64) throws {
        let persons = try register(group, after: &last)
        let application = try apply(persons, group)
        try tell(AcceptApplication(application: application, dated: dated), as: officer(group.township)) { _ in
            [
                ChaosEffect(
                    .registry,
                    ApplicationAccepted(
                        application: application, enterprise: group.enterprise.code, township: group.township.code,
                        people: persons.count, on: dated))
            ]
                + persons.map {
                    ChaosEffect(
                        .registry,
                        PersonAccepted(
                            person: $0, enterprise: group.enterprise.code, township: group.township.code, on: dated))
                }
        }
        for (person, drawn) in zip(persons, group.people) { try finish(person, drawn, group) }
        try list(as: officer(group.township))
    }

    /// The month's list of everybody who waits; a refusal when nobody does.
    func list(as officer: Officer) throws {
        let outcome = try writer.carryOut(BuildIntakeList(month: today.month.previous), as: officer) { reply, entry in
            entry.listed = reply.people
            entry.effects = [
                ChaosEffect(
                    .benefitsLiaison,
                    IntakeListBuilt(list: reply.list, month: today.month.previous, people: reply.people))
            ]
        }
        if case .failure(let refusal) = outcome { check(refusal, BuildIntakeList.name) }
    }

    private func register(_ group: ChaosPeople.Group, after last: inout Int64) throws -> [PersonID] {
        let sending = try group.roster()
        let officer = officer(group.enterprise)
        let opened = try writer.carryOut(
            sending.opening(enterprise: group.enterprise.code), as: officer, { _, _ in }
        ).get()
        _ = try sending.send(
            to: opened,
            add: { rows, number in
                try writer.carryOut(rows, as: officer, number: number) { reply, entry in
                    entry.roster = rows.roster
                    entry.registered = reply.registered
                    if reply.registered != rows.rows.count {
                        ledger.violate(.refusal, "名册 \(rows.roster) 有 \(reply.setAside.count) 行未登记")
                    }
                }.get()
            },
            close: { close, number in
                try writer.carryOut(close, as: officer, number: number) { reply, entry in
                    entry.effects = [
                        ChaosEffect(
                            .registry,
                            RosterClosed(
                                roster: close.roster, enterprise: reply.enterprise, registered: reply.registered,
                                setAside: 0))
                    ]
                }.get()
            }, progress: { _ in })
        let rows = try writer.look(
            SearchPersons(enterprise: group.enterprise.code, after: last, limit: group.people.count + 1),
            as: SampleCounty.officer("renshe")
        ).rows
        // People are numbered in the order of the good rows, and nobody else adds to this enterprise.
        guard rows.count == group.people.count, zip(rows, group.people).allSatisfy({ $0.name == $1.name }) else {
            ledger.violate(.lost, "名册 \(opened.roster) 登记的人员没有全部查到")
            throw ChaosOver()
        }
        last = rows.last?.person.rawValue ?? last
        return rows.map(\.person)
    }

    /// - Returns: the application's number.
    private func apply(_ persons: [PersonID], _ group: ChaosPeople.Group) throws -> Int64 {
        try tell(VerifyPersons(persons: persons), as: SampleCounty.officer("renshe")) { _ in
            persons.map { ChaosEffect(.registry, PersonVerified(person: $0)) }
        }
        let submit = SubmitApplication(
            enterprise: group.enterprise.code, township: group.township.code, persons: persons,
            materials: Material.allCases, dated: dated)
        return try tell(submit, as: officer(group.enterprise)) { reply in
            [
                ChaosEffect(
                    .registry,
                    ApplicationSubmitted(
                        application: reply.application, enterprise: submit.enterprise, township: submit.township,
                        people: persons.count, on: dated))
            ]
                + persons.map {
                    ChaosEffect(
                        .registry,
                        PersonApplied(person: $0, application: reply.application, township: submit.township))
                }
        }.application
    }

    // MARK: Each person

    private func finish(_ person: PersonID, _ drawn: SamplePerson, _ group: ChaosPeople.Group) throws {
        var chance = SampleChance(seed: UInt64(person.rawValue))
        let township = officer(group.township)
        let catalogue = SampleCatalogue(drawn, hasProof: false, &chance)
        try tell(
            ReceiveFile(
                person: person, scheme: catalogue.scheme, volumes: 1, catalogue: catalogue.entries,
                missing: catalogue.missing, dated: dated), as: SampleCounty.officer("dangan")
        ) { _ in [ChaosEffect(.archives, FileReceived(person: person, missing: 0))] }
        try tell(ConfirmPerson(person: person, method: .visit, corrections: []), as: township) { _ in
            [ChaosEffect(.registry, PersonConfirmed(person: person))]
        }
        try tell(IssueCard(person: person), as: township) { _ in
            [ChaosEffect(.registry, CardIssued(person: person))]
        }
        try tell(
            OpenRecord(person: person, villageSegment: "001", dated: dated, chronicDiseases: []),
            as: SampleCounty.officer("weijian")
        ) { _ in [ChaosEffect(.healthRecords, RecordOpened(person: person))] }
        if drawn.hasOutOfPool {
            try tell(RegisterBenefits(person: person, items: []), as: SampleCounty.officer("caizheng")) { _ in
                [ChaosEffect(.benefitsLiaison, BenefitsRegistered(person: person))]
            }
        }
        if drawn.isPartyMember { try transfer(person, group) }
    }

    private func transfer(_ person: PersonID, _ group: ChaosPeople.Group) throws {
        let (enterprise, township) = (officer(group.enterprise), officer(group.township))
        let preparation = TransferPreparation(
            fileChecked: true, duesBaseVerified: true, duesPaidThrough: today.month.previous, dataGathered: true)
        try tell(
            PrepareTransfer(person: person, kind: .full, preparation: preparation, duesBaseInFen: 300_000),
            as: enterprise
        ) { _ in [ChaosEffect(.partyRelations, TransferPrepared(person: person, isComplete: true))] }
        try tell(
            SendTransfer(person: person, organization: "中共\(group.township.name)委员会", dated: today, validDays: 30),
            as: enterprise
        ) { [ChaosEffect(.partyRelations, TransferSent(person: person, validUntil: $0.validUntil))] }
        try tell(AcceptTransfer(person: person), as: township) { _ in
            [ChaosEffect(.partyRelations, TransferAccepted(person: person))]
        }
        try tell(PlaceMember(person: person, branch: "\(group.township.name)退休党支部"), as: township) { _ in
            [ChaosEffect(.partyRelations, MemberPlaced(person: person))]
        }
    }

    @discardableResult
    private func tell<C: Command>(
        _ command: C, as officer: Officer, _ effects: (C.Reply) -> [ChaosEffect]
    ) throws -> C.Reply {
        while true {
            if isOver() { throw ChaosOver() }
            switch try writer.carryOut(command, as: officer, { $1.effects = effects($0) }) {
            case .success(let reply): return reply
            case .failure(let refusal) where Self.notHeardYet.contains(refusal.slug): Pause.milliseconds(20)
            case .failure(let refusal):
                check(refusal, C.name)
                throw ChaosOver()
            }
        }
    }

    private func check(_ refusal: Refusal, _ message: String) {
        guard !Self.expected.contains(refusal.slug) else { return }
        ledger.violate(.refusal, "\(message) 被拒绝：\(refusal.slug)")
    }

    private func officer(_ township: Township) -> Officer { SampleCounty.officer(of: township) }

    private func officer(_ enterprise: SampleEnterprise) -> Officer { SampleCounty.officer(enterprise.user) }
}

/// The load is over: what a writer had begun is left as it is.
struct ChaosOver: Error {}
