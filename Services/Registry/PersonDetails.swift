import Contracts
import Domain
import Host

/// What of a person is sealed in the store.
struct PersonDetails: StoredJSON, Equatable {
    var name: String
    var identityNumber: String
    var sex: String
    var ethnicity: String
    var birthday: CalendarDay
    var workStart: String
    var retirement: String
    var politicalStatus: String
    var registeredAddress: String
    var residence: String
    var community: String
    var telephone: String
    var pensionPlace: String
    var medicalPlace: String
    var basicPensionInFen: Int64?
    var outOfPool: String
    var scopeReason: String
    /// What the roster says of the birthday, where that is not what the number says: it decides about the pension.
    @Later var birthInRoster: String
    @Later var personCategory: String
    @Later var remark: String

    /// What is registered where the community may correct it.
    func text(of field: CorrectableField) -> String {
        switch field {
        case .name: name
        case .politicalStatus: politicalStatus
        case .telephone: telephone
        case .residence: residence
        case .registeredAddress: registeredAddress
        case .ethnicity: ethnicity
        case .community: community
        }
    }

    /// What people read of it beside what programs use, each for those only whom it is for.
    func facts(shownTo role: Role) -> [PersonFact] {
        let facts: [(title: String, text: String, sensitivity: Sensitivity)] = [
            ("参加工作", workStart, .open), ("退休时间", retirement, .open), ("养老保险参保地", pensionPlace, .open),
            ("医疗保险参保地", medicalPlace, .open), ("统筹外项目", outOfPool, .money),
            ("人员类别", personCategory, .open), ("名册所填出生年月（与身份证号不一致）", birthInRoster, .identity),
            ("名册备注", remark, .remark),
        ]
        return facts.filter { !$0.text.isEmpty && $0.sensitivity.isShown(to: role) }
            .map { PersonFact(title: $0.title, text: $0.text) }
    }
}
