import Domain

/// The refusals of the benefits-liaison service.
public enum BenefitsLiaisonRefusal {
    public static let unknownEnterprise = Refusal(
        "benefits-liaison.enterprise.unknown", .notFound, "没有登记这家企业，请核对统一社会信用代码，或先由人社部门在“企业”页登记。")
    public static let annuity = Refusal(
        "benefits-liaison.items.annuity", .notAllowed, article: Article(number: 12, paragraph: 4),
        "已实施企业年金的企业不再发放统筹外费用，请改为“无统筹外项目”：")

    // MARK: Survey

    public static let negativeCap = Refusal(
        "benefits-liaison.survey.negative-cap", .invalid, article: Article(number: 12, paragraph: 3),
        "统筹外项目的发放标准不能是负数，请改正：")
    public static let kindTwiceInSurvey = Refusal(
        "benefits-liaison.survey.kind-twice", .invalid, article: Article(number: 12, paragraph: 3),
        "同一统筹外项目重复填报，请合并为一项：")
    public static let surveyFrozen = Refusal(
        "benefits-liaison.survey.frozen", .notAllowed, article: Article(number: 12, paragraph: 3),
        "企业的统筹外项目已经清理锁定，不再新增项目，原则上不再提高标准，请按已锁定的项目登记。")

    // MARK: A person's items

    public static let surveyMissing = Refusal(
        "benefits-liaison.items.survey-missing", .conflict, article: Article(number: 15, paragraph: 2),
        "企业尚未清理并报送统筹外项目，请先由企业清理并报送，再为个人登记。")
    public static let negativeAmount = Refusal(
        "benefits-liaison.items.negative-amount", .invalid, article: Article(number: 12, paragraph: 3),
        "统筹外项目的金额不能是负数，请改正：")
    public static let kindTwice = Refusal(
        "benefits-liaison.items.kind-twice", .invalid, article: Article(number: 12, paragraph: 3),
        "同一统筹外项目重复登记，请合并为一项：")
    public static let newItem = Refusal(
        "benefits-liaison.items.new", .notAllowed, article: Article(number: 12, paragraph: 3),
        "企业清理时没有这些统筹外项目，不得新增，请从清单中去掉：")
    public static let raised = Refusal(
        "benefits-liaison.items.raised", .notAllowed, article: Article(number: 12, paragraph: 3),
        "金额高于企业清理时的发放标准，不得提高，请改为不超过原标准：")
    public static let lowered = Refusal(
        "benefits-liaison.items.lowered", .notAllowed, article: Article(number: 19),
        "已登记的待遇不得降低或取消，请按不低于原登记的金额填写：")

    // MARK: Monthly lists

    public static let monthNotOver = Refusal(
        "benefits-liaison.list.month-not-over", .invalid, article: Article(number: 16, paragraph: 4),
        "只能交付上月及以前接收的人员，请选择已经结束的月份。")
    public static let nobodyWaiting = Refusal(
        "benefits-liaison.list.nobody-waiting", .conflict, article: Article(number: 16, paragraph: 4),
        "没有待交付人员：截至该月接收的人员均已交付，请在名单列表中查看，无需再次交付。")
    public static let listBeingBuilt = Refusal(
        "benefits-liaison.list.being-built", .conflict, "上一份名单正在生成，请稍候片刻，在名单列表中看到后再办理。")
    public static let notListed = Refusal(
        "benefits-liaison.check.not-listed", .conflict, article: Article(number: 16, paragraph: 4),
        "此人尚未列入交付名单，不能核对，请先由乡镇或人社部门交付名单。")
    public static let noteMissing = Refusal(
        "benefits-liaison.check.note-missing", .invalid, article: Article(number: 16, paragraph: 4),
        "核对有差异的，请写明差异的内容，以便更正。")

    public static let all = [
        unknownEnterprise, annuity, negativeCap, kindTwiceInSurvey, surveyFrozen, surveyMissing, negativeAmount,
        kindTwice, newItem, raised, lowered, monthNotOver, nobodyWaiting, listBeingBuilt, notListed, noteMissing,
    ]
}
