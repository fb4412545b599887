import Domain

/// The refusals of the service for Party relations.
public enum PartyRelationsRefusal {
    public static let notMember = Refusal(
        "party-relations.person.not-member", .notAllowed, article: Article(number: 10, paragraph: 1),
        "名册未注明此人是党员：不是党员，无须接转组织关系；确为党员的，未核准的由人社局不予核准后重报，已接收的由乡镇核对信息时更正政治面貌。")
    public static let wrongBase = Refusal(
        "party-relations.dues.wrong-base", .invalid, article: Article(number: 10, paragraph: 3),
        "党费交纳基数不能小于零，请核准后填写。")
    public static let alreadySent = Refusal(
        "party-relations.transfer.already-sent", .conflict, article: Article(number: 10, paragraph: 2),
        "组织关系已经转出，不能再更改或重复转出；确需更改的，请接收党组织先退回。")
    /// The details name the conditions that are not met.
    public static let notPrepared = Refusal(
        "party-relations.transfer.not-prepared", .conflict, article: Article(number: 10, paragraph: 3),
        "转接前工作没有做完，不能转出，请先办理：")
    public static let organizationMissing = Refusal(
        "party-relations.transfer.organization-missing", .invalid, article: Article(number: 10, paragraph: 1),
        "请写明接收的乡镇或社区党组织全称。")
    public static let wrongValidity = Refusal(
        "party-relations.transfer.wrong-validity", .invalid, "介绍信有效期超出规定（一般为 10 天），请改正。")
    public static let dateInFuture = Refusal(
        "party-relations.date.in-future", .invalid, "日期不能晚于今天，请改正。")
    public static let dateTooEarly = Refusal(
        "party-relations.date.before-rules", .invalid, article: Article(number: 23),
        "日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let letterExpired = Refusal(
        "party-relations.transfer.letter-expired", .conflict, article: Article(number: 10, paragraph: 2),
        "接收时介绍信已过有效期，请退回，由企业党组织重新转出；接收前仍由企业党组织负责管理。")
    public static let receivedBeforeLetter = Refusal(
        "party-relations.transfer.received-before-letter", .invalid, "接收日期不能早于介绍信的开具日期，请改正。")
    public static let letterStillValid = Refusal(
        "party-relations.transfer.letter-still-valid", .notAllowed, article: Article(number: 10, paragraph: 5),
        "介绍信仍在有效期内，不能以过期为由退回，请予接收或选择其他事由。")
    public static let notSent = Refusal(
        "party-relations.transfer.not-sent", .conflict, article: Article(number: 10, paragraph: 2),
        "此人没有待接收的组织关系，请企业党组织先转出。")
    public static let personNotAccepted = Refusal(
        "party-relations.transfer.person-not-accepted", .conflict, article: Article(number: 10, paragraph: 2),
        "乡镇尚未接收此人，接收前仍由企业党组织负责管理；请先办理人员接收，再转出组织关系。")
    public static let unfoundedCause = Refusal(
        "party-relations.transfer.unfounded-cause", .notAllowed, article: Article(number: 10, paragraph: 5),
        "不得无故拒收党员组织关系；请从所列事由中选择，没有所列事由的，请予接收。")
    public static let explanationMissing = Refusal(
        "party-relations.transfer.explanation-missing", .invalid, article: Article(number: 10, paragraph: 5),
        "退回组织关系须写明具体情况，以便企业党组织补正。")
    public static let notAccepted = Refusal(
        "party-relations.member.not-accepted", .conflict, article: Article(number: 10, paragraph: 4),
        "组织关系尚未接收，不能编入党支部，请先办理接收。")
    public static let branchMissing = Refusal(
        "party-relations.member.branch-missing", .invalid, article: Article(number: 10, paragraph: 4),
        "请写明编入的党支部名称。")

    public static let all = [
        letterExpired, receivedBeforeLetter, letterStillValid, notMember, wrongBase, alreadySent, notPrepared,
        organizationMissing, wrongValidity, dateInFuture,
        dateTooEarly,
        notSent, personNotAccepted, unfoundedCause, explanationMissing, notAccepted, branchMissing,
    ]
}
