import Contracts
import Domain

/// A retiree of the sample county: what the roster says of them, and how far they get.
struct SamplePerson: Sendable {
    /// Index into `SampleEnterprise.all`.
    var enterprise: Int
    var township: Township
    var community: String
    var name: String
    var identityNumber: String
    var isMale: Bool
    var people: SampleName.People
    var birthday: CalendarDay
    var workStart: CalendarMonth
    var retirement: CalendarMonth
    var isPartyMember: Bool
    var isCommitteeManaged: Bool
    var hasOutOfPool: Bool
    var pensionInYuan: Int
    var telephone: String
    var course = SampleCourse()

    var address: String { "云南省\(Township.countyName)\(township.name)\(community)" }
    var employer: SampleEnterprise { SampleEnterprise.all[enterprise] }
}

/// Draws people one after the other, no two with the same number.
struct SamplePeople {
    private static let enterpriseWeights = SampleEnterprise.all.map(\.weight)
    /// The county town is by far the largest place; in the order of `Township.all`.
    private static let townshipWeights = [26, 9, 9, 9, 8, 6, 7, 9, 6, 4, 5, 4, 3]
    /// Registered first in this county, in Gejiu, in Kunming.
    private static let areas = ["532529", "532501", "530102"]

    let today: CalendarDay
    private var usedNumbers: Set<String> = []
    private var drawn = 0

    init(today: CalendarDay) { self.today = today }

    mutating func draw(_ chance: inout SampleChance, enterprise: Int? = nil) -> SamplePerson {
        let enterprise = enterprise ?? chance.weighted(Self.enterpriseWeights)
        let township = Township.all[chance.weighted(Self.townshipWeights)]
        let people = SampleName.People.allCases[chance.weighted(SampleName.People.weights)]
        let isMale = chance.percent(56)
        let birthday = today.adding(days: -(isMale ? chance.number(60...84) : chance.number(55...74)) * 366)
            .adding(days: -chance.number(0...364))
        let workStart = birthday.month.adding(months: chance.number(17 * 12...24 * 12))
        let retirement = birthday.month.adding(months: (isMale ? 60 : chance.pick([50, 55])) * 12 + 1)
        drawn += 1
        return SamplePerson(
            enterprise: enterprise, township: township, community: Self.community(of: township, &chance),
            name: SampleName.make(people, isMale: isMale, &chance),
            identityNumber: number(birthday, isMale: isMale, &chance), isMale: isMale, people: people,
            birthday: birthday, workStart: workStart, retirement: min(retirement, today.month),
            isPartyMember: chance.percent(22), isCommitteeManaged: drawn % 150 == 60,
            hasOutOfPool: chance.percent(Self.outOfPoolPercent(enterprise)),
            pensionInYuan: chance.number(220...580) * 10, telephone: telephone())
    }

    private static func outOfPoolPercent(_ enterprise: Int) -> Int {
        let enterprise = SampleEnterprise.all[enterprise]
        if enterprise.hasAnnuity { return 4 }
        return enterprise.survey.map { $0.isEmpty ? 0 : 18 } ?? 18
    }

    private static func community(of township: Township, _ chance: inout SampleChance) -> String {
        let names = township.kind == .town ? ["社区", "东山村委会", "河边村委会"] : ["村委会", "上寨村委会", "下寨村委会"]
        let name = chance.pick(names)
        return name.count <= 3 ? township.shortName + name : name
    }

    /// Valid, yet nobody's as far as can be known: the sequence numbers of one county and one day hardly come so high.
    private mutating func number(_ birthday: CalendarDay, isMale: Bool, _ chance: inout SampleChance) -> String {
        let date =
            "\(birthday.year)\(SampleText.digits(birthday.monthNumber, 2))\(SampleText.digits(birthday.day, 2))"
        while true {
            let area = Self.areas[chance.weighted([90, 6, 4])]
            let sequence = chance.number(400...494) * 2 + (isMale ? 1 : 0)
            let body = "\(area)\(date)\(sequence)"
            let number = body + String(SampleText.checkCharacter(body))
            if usedNumbers.insert(number).inserted { return number }
        }
    }

    /// The prefecture's area code and a subscriber's number that begins with zero, as no real one does.
    private func telephone() -> String { "0873-0\(SampleText.digits(drawn, 6))" }
}
