import Contracts
import Domain

/// All steps that are described once (`Step`), each with the list from which it is done. A step is a line here.
enum Steps {
    static let all: [AnyStep] = registry + archives + party + benefits + health

    static let roles = all.reduce(into: Set<Role>()) { $0.formUnion($1.roles) }

    static func step(_ name: String) -> AnyStep? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    // MARK: Registry

    private static let registry = [
        AnyStep(
            VerifyPersons.self, list: VerifyPage.self, people: waiting(.verify), facts: KnownOfPersons.toCompare),
        AnyStep(
            DeclinePersons.self, list: VerifyPage.self, people: waiting(.verify), facts: KnownOfPersons.toCompare),
        AnyStep(
            ConfirmPerson.self, list: ConfirmPage.self, people: waiting(.confirm), known: KnownOfPersons.registered,
            facts: KnownOfPersons.toCompare),
    ]

    private static func waiting(_ step: RegistryStep) -> AnyStep.People {
        { asker, scope in
            let page = try asker.ask(
                RegistryWork(step: step, narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return StepPeople(persons: page.rows.map(\.person), next: page.next)
        }
    }

    // MARK: Archives

    private static let filePlace: @Sendable (PersonID) -> String = { "/work/archives/\($0.rawValue)" }

    private static let archives = [
        AnyStep(
            SubmitCatalogue.self, list: ArchivesPage.self, place: filePlace, people: awaited,
            known: KnownOfFiles.entered),
        AnyStep(
            ReceiveFile.self, list: ArchivesPage.self, place: filePlace, people: awaited, known: KnownOfFiles.entered),
        AnyStep(ReturnFile.self, list: ArchivesPage.self, place: filePlace, people: awaited),
        AnyStep(HoldBackFile.self, list: ArchivesPage.self, place: filePlace, people: awaited),
        AnyStep(ReleaseFile.self, list: ArchivesPage.self, place: filePlace, people: nil),
    ]

    private static let awaited: AnyStep.People = { asker, scope in
        let page = try asker.ask(
            ArchivesWork(narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
        return StepPeople(persons: page.rows.map(\.person), next: page.next)
    }

    // MARK: Party relations

    private static let transferPlace: @Sendable (PersonID) -> String = { "/work/party/\($0.rawValue)" }

    private static let party = [
        AnyStep(
            PrepareTransfer.self, list: PartyPage.self, place: transferPlace,
            people: transfers([.awaiting, .prepared, .returned]), known: KnownOfTransfers.prepared),
        AnyStep(
            SendTransfer.self, list: PartyPage.self, place: transferPlace,
            people: transfers([.awaiting, .prepared, .returned]), known: KnownOfTransfers.addressee),
        AnyStep(
            AcceptTransfer.self, list: PartyPage.self, place: transferPlace, people: transfers([.sent])),
        AnyStep(
            RefuseTransfer.self, list: PartyPage.self, place: transferPlace, people: transfers([.sent])),
        AnyStep(
            PlaceMember.self, list: PartyPage.self, place: transferPlace, people: transfers([.accepted])),
        AnyStep(DenyMembership.self, list: PartyPage.self, place: transferPlace, people: nil),
    ]

    private static func transfers(_ states: Set<TransferState>) -> AnyStep.People {
        { asker, scope in
            let page = try asker.ask(
                PartyWork(narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return StepPeople(
                persons: page.rows.filter { states.contains($0.state) }.map(\.person), next: page.next)
        }
    }

    // MARK: Benefits and health

    private static let benefits = [
        AnyStep(
            RegisterBenefits.self, list: BenefitsPage.self, people: benefits(.register),
            known: KnownOfBenefits.items, facts: KnownOfBenefits.caps),
        AnyStep(
            CheckListed.self, list: IntakePage.self, people: benefits(.check), facts: KnownOfBenefits.finding),
        AnyStep(RecordInsuranceTransfer.self, list: InsuranceTransfersPage.self, people: toTransfer),
    ]

    private static func benefits(_ step: BenefitsStep) -> AnyStep.People {
        { asker, scope in
            let page = try asker.ask(
                BenefitsWork(step: step, narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return StepPeople(persons: page.rows.map(\.person), next: page.next)
        }
    }

    private static let health = [
        AnyStep(
            OpenRecord.self, list: HealthPage.self, place: { "/work/health/\($0.rawValue)" },
            people: { asker, scope in
                let page = try asker.ask(
                    HealthWork(narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
                return StepPeople(persons: page.rows.map(\.person), next: page.next)
            }, facts: KnownOfPersons.whereTheyLive)
    ]

    private static let toTransfer: AnyStep.People = { asker, scope in
        let page = try asker.ask(
            ListInsuranceTransfers(
                insurance: InsuranceTransfersPage.insurance(of: asker.officer.role), narrowing: scope.narrowing,
                after: scope.after, limit: scope.limit))
        var persons: [PersonID] = []
        for row in page.rows where persons.last != row.person { persons.append(row.person) }
        return StepPeople(persons: persons, next: page.next)
    }
}
