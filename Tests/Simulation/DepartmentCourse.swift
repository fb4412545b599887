import Contracts
import Domain
import Host
import Support

/// One thing that somebody is to do, in order after the one before. What is refused for now, because another
/// department's event has not arrived yet, is tried again later under a new number, as a clerk would.
struct CourseStep {
    var command: () throws -> any Command
    var officer: Officer
    /// Refusals that mean "not yet"; any other ends the run.
    var later: Set<String> = []
    var answered: ([UInt8]) throws -> Void = { _ in }
}

/// Steps one after the other; several courses go on at the same time.
final class Course {
    let name: String
    private let client: ClientNode
    private var steps: ArraySlice<CourseStep>
    private var wish: Int?
    private var tryAgainAfter = 0

    init(_ name: String, _ client: ClientNode, _ steps: [CourseStep]) {
        self.name = name
        self.client = client
        self.steps = steps[...]
    }

    var isOver: Bool { steps.isEmpty }

    /// Looks at the answer that is there, and sends what is due.
    func goOn(pass: Int) throws {
        guard let step = steps.first, pass >= tryAgainAfter else { return }
        guard let wish else {
            self.wish = try client.wish(step.command(), as: step.officer)
            return
        }
        guard let outcome = try client.outcome(wish) else { return }
        self.wish = nil
        switch outcome {
        case .success(let reply):
            try step.answered(reply)
            steps.removeFirst()
        case .failure(let refusal) where step.later.contains(refusal.slug): tryAgainAfter = pass + 50
        case .failure(let refusal): throw UnexpectedRefusal(course: name, slug: refusal.slug)
        }
    }
}

/// A refusal that no order of events explains: something was done twice, or not at all.
struct UnexpectedRefusal: Error {
    let course: String
    let slug: String
}

/// What each department does for a retiree from the roster to the end (README, "The way of one retiree").
struct DepartmentCourse {
    static let dated = CalendarDay("2026-10-30")!
    static let township = Officer.township()

    let person: PersonID
    let isPartyMember: Bool
    let hasOutOfPool: Bool

    /// From the verification to the contact card: the registry alone.
    func ledger() -> [CourseStep] {
        var application: Int64 = 0
        return [
            CourseStep(command: { VerifyPersons(persons: [person]) }, officer: .humanResources),
            CourseStep(
                command: {
                    SubmitApplication(
                        enterprise: Sample.enterprise, township: Sample.township, persons: [person],
                        materials: Material.allCases, dated: Self.dated)
                }, officer: .enterprise(),
                answered: { application = try JSONCoding.value(OpenedApplication.self, from: $0).application }),
            CourseStep(
                command: { AcceptApplication(application: application, dated: Self.dated) }, officer: Self.township),
            CourseStep(
                command: { ConfirmPerson(person: person, method: .visit, corrections: []) }, officer: Self.township),
            CourseStep(command: { IssueCard(person: person) }, officer: Self.township),
        ]
    }

    func file() -> [CourseStep] {
        [
            CourseStep(
                command: {
                    ReceiveFile(
                        person: person, scheme: .worker, volumes: 1,
                        catalogue: [CatalogueEntry(classNumber: "1", title: "履历表", pages: 4)], missing: [],
                        dated: Self.dated)
                }, officer: .archivist,
                later: [CommonRefusal.unknownPerson.slug, ArchivesRefusal.notApplied.slug])
        ]
    }

    func relation() -> [CourseStep] {
        guard isPartyMember else { return [] }
        let preparation = TransferPreparation(
            fileChecked: true, duesBaseVerified: true, duesPaidThrough: Self.dated.month, dataGathered: true)
        return [
            CourseStep(
                command: {
                    PrepareTransfer(person: person, kind: .full, preparation: preparation, duesBaseInFen: 285_050)
                }, officer: .organization,
                later: [CommonRefusal.unknownPerson.slug, PartyRelationsRefusal.notMember.slug]),
            CourseStep(
                command: { SendTransfer(person: person, organization: "迤萨镇党委", dated: Self.dated, validDays: 90) },
                officer: .organization, later: [PartyRelationsRefusal.personNotAccepted.slug]),
            CourseStep(command: { AcceptTransfer(person: person) }, officer: .organization),
            CourseStep(
                command: { PlaceMember(person: person, branch: "城关社区第一支部") }, officer: .organization),
        ]
    }

    func insurance() -> [CourseStep] {
        [
            CourseStep(
                command: { CheckListed(person: person, result: .matches) }, officer: .socialInsurance,
                later: [CommonRefusal.unknownPerson.slug, BenefitsLiaisonRefusal.notListed.slug])
        ]
    }

    func benefits() -> [CourseStep] {
        guard hasOutOfPool else { return [] }
        let item = BenefitItem(kind: .heating, monthlyAmountInFen: 12_050, channel: .enterprise)
        return [
            CourseStep(
                command: { RegisterBenefits(person: person, items: [item]) }, officer: .finance,
                later: [CommonRefusal.unknownPerson.slug, BenefitsLiaisonRefusal.surveyMissing.slug])
        ]
    }

    func health() -> [CourseStep] {
        [
            CourseStep(
                command: {
                    OpenRecord(person: person, villageSegment: "001", dated: Self.dated, chronicDiseases: [])
                }, officer: .doctor,
                later: [CommonRefusal.unknownPerson.slug, HealthRecordsRefusal.notAccepted.slug])
        ]
    }
}
