import Domain

/// The registry's refusals.
public enum RegistryRefusal {
    public static let unknownEnterprise = Refusal(
        "registry.enterprise.unknown", .notFound, "没有登记这家企业，请核对统一社会信用代码，或先在“企业”页登记。")
    public static let wrongCreditCode = Refusal(
        "registry.enterprise.wrong-code", .invalid, "统一社会信用代码有误，请核对 18 位代码及校验位。")
    public static let nameMissing = Refusal(
        "registry.enterprise.name-missing", .invalid, "请填写企业名称（100 字以内）。")
    public static let standInMissing = Refusal(
        "registry.enterprise.stand-in-missing", .invalid, article: Article(number: 7),
        "企业主体已消失的，须填写负责办理移交的现管理单位。")
    public static let unknownRoster = Refusal("registry.roster.unknown", .notFound, "没有这份名册，请返回名册列表。")
    public static let emptyRoster = Refusal("registry.roster.empty", .invalid, "名册中没有人员，请填写后重新上传。")
    public static let rosterTooLong = Refusal(
        "registry.roster.too-long", .invalid, "一份名册最多 10 万人，请按乡镇或企业拆分后分别上传。")
    public static let rosterNotOpen = Refusal(
        "registry.roster.not-open", .conflict, "这份名册已经导入完毕或已撤销，不能再增加人员。")
    public static let rosterIncomplete = Refusal(
        "registry.roster.incomplete", .conflict, "名册尚未全部送达，请重新上传同一文件，系统会从中断处继续。")
    public static let rowsOutOfOrder = Refusal(
        "registry.roster.rows-out-of-order", .conflict, "名册行未按顺序送达，请重新上传同一文件，系统会从中断处继续。")
    public static let rosterMovedOn = Refusal(
        "registry.roster.moved-on", .conflict, article: Article(number: 15, paragraph: 2),
        "名册中已有人员核准登记，不能整体撤销。个别人员有误的，尚未提出申请的由人社局不予核准，已接收的由乡镇核对时更正。")
    public static let tooManyChosen = Refusal(
        "registry.persons.too-many", .invalid, "一次最多办理 5000 人，请分批选择后再提交。")
    public static let wrongStatus = Refusal(
        "registry.person.wrong-status", .conflict, article: Article(number: 15, paragraph: 2),
        "所选人员不在可以办理此步骤的状态，请刷新列表后重新选择。")
    public static let fileWithBureau = Refusal(
        "registry.person.file-with-bureau", .conflict, article: Article(number: 9, paragraph: 2),
        "所选人员中有人事档案已办结（县档案局已接收或登记为不移交）的，不能移出台账：请先由县档案局退回档案或撤销登记。")
    public static let notAccepted = Refusal(
        "registry.person.not-accepted", .conflict, article: Article(number: 16, paragraph: 3),
        "乡镇尚未接收此人，请先办理接收，再核对信息、发放联系卡。")
    public static let nobodyChosen = Refusal("registry.person.nobody-chosen", .invalid, "没有选择人员，请先勾选。")
    public static let materialsMissing = Refusal(
        "registry.application.materials-missing", .invalid, article: Article(number: 15, paragraph: 3),
        "移交材料不齐，不能提出申请，请补齐：")
    public static let otherTownship = Refusal(
        "registry.application.other-township", .invalid, article: Article(number: 15, paragraph: 3),
        "所选人员中有不属于该企业或该乡镇的，请按企业和乡镇分别申请。")
    public static let unknownTownship = Refusal(
        "registry.township.unknown", .invalid, "没有这个乡镇，请从 13 个乡镇中选择。")
    public static let unknownApplication = Refusal(
        "registry.application.unknown", .notFound, "没有这份申请，请返回申请列表。")
    public static let applicationDecided = Refusal(
        "registry.application.decided", .conflict, "这份申请已经办结，不能再次办理。")
    public static let premisesNoCondition = Refusal(
        "registry.application.premises-no-condition", .notAllowed, article: Article(number: 11, paragraph: 3),
        "不得将活动场所、设施或新建资金作为接收退休人员的前置条件，请予接收；场所问题由资产划转另行办理。")
    public static let explanationMissing = Refusal(
        "registry.application.explanation-missing", .invalid, "请写明不予接收的具体情况（500 字以内），以便企业补正。")
    public static let dateInFuture = Refusal("registry.date.in-future", .invalid, "日期不能晚于今天，请改正。")
    public static let dateBeforeApplication = Refusal(
        "registry.date.before-application", .invalid, article: Article(number: 2),
        "接收日期不能早于申请日期，请改正。")
    public static let dateTooEarly = Refusal(
        "registry.date.before-rules", .invalid, article: Article(number: 23),
        "日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let delegateMissing = Refusal(
        "registry.person.delegate-missing", .invalid, article: Article(number: 16, paragraph: 3),
        "由授权委托人前来核对的，须登记委托人姓名。")
    public static let notConfirmed = Refusal(
        "registry.card.not-confirmed", .conflict, article: Article(number: 16, paragraph: 3),
        "尚未逐一核实本人信息，不能发放联系卡，请先办理“核对信息”。")
    public static let wrongContact = Refusal(
        "registry.contact.wrong", .invalid, article: Article(number: 16, paragraph: 3),
        "请填写能打通的联系电话（7 至 12 位数字，多个用“、”隔开）；地址不超过 100 字。")
    public static let emptyCorrection = Refusal(
        "registry.person.empty-correction", .invalid, "更正内容不能为空，请填写更正后的值。")
    public static let wrongCorrection = Refusal(
        "registry.person.wrong-correction", .invalid, article: Article(number: 16, paragraph: 3),
        "更正内容不合规范，请核对：")
    public static let membershipNotEndedHere = Refusal(
        "registry.person.membership-not-ended-here", .notAllowed, article: Article(number: 10, paragraph: 1),
        "名册登记为党员的，不能在核对时改为非党员，请由县委组织部核实后办理。")
    public static let fieldTwice = Refusal(
        "registry.person.field-twice", .invalid, "同一项信息更正了两次，请只保留一次：")
    public static let reasonMissing = Refusal(
        "registry.roster.reason-missing", .invalid, "请填写撤销原因（500 字以内）。")
    public static let all = [
        unknownEnterprise, wrongCreditCode, nameMissing, standInMissing, unknownRoster, emptyRoster, rosterTooLong,
        rosterNotOpen,
        rosterIncomplete, rowsOutOfOrder, rosterMovedOn, tooManyChosen, wrongStatus, fileWithBureau, notAccepted,
        nobodyChosen,
        materialsMissing,
        otherTownship,
        unknownTownship, unknownApplication, applicationDecided, premisesNoCondition, explanationMissing, dateInFuture,
        dateBeforeApplication, dateTooEarly, delegateMissing, notConfirmed, wrongContact, emptyCorrection,
        wrongCorrection,
        membershipNotEndedHere, reasonMissing, fieldTwice,
    ]
}
