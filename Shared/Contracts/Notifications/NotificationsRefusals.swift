import Domain

/// The notifications service's refusals.
public enum NotificationsRefusal {
    public static let titleLength = Refusal(
        "notifications.announcement.title-length", .invalid, article: Article(number: 21),
        "公告标题应为 1 至 100 字，请改正。")
    public static let bodyLength = Refusal(
        "notifications.announcement.body-length", .invalid, article: Article(number: 21),
        "公告正文应为 1 至 5000 字，请改正。")
    public static let personalData = Refusal(
        "notifications.announcement.personal-data", .invalid, article: Article(number: 21),
        "宣传公告面向公众，不得公布个人信息，请删去后再发布：")
    public static let outsideTownship = Refusal(
        "notifications.announcement.outside-township", .invalid, article: Article(number: 21),
        "乡镇公告只发给本乡镇的账号；需要发给其他单位的，请由工作专班或县人社局发布。")
    public static let unknownMessage = Refusal(
        "notifications.message.unknown", .notFound, "没有这条消息，请刷新收件箱。")
    public static let subjectLength = Refusal(
        "notifications.supervision.subject-length", .invalid, article: Article(number: 22),
        "督办事项应为 1 至 500 字，请写明要办什么。")
    public static let dueInPast = Refusal(
        "notifications.supervision.due-in-past", .invalid, article: Article(number: 22),
        "办理期限不能早于今天，请改正。")
    public static let unitMissing = Refusal(
        "notifications.supervision.unit-missing", .invalid, article: Article(number: 22),
        "督办须落实到一个单位：对乡镇须指明本县的乡镇，对企业须指明统一社会信用代码，对部门须为全县。")
    public static let unknownNotice = Refusal(
        "notifications.supervision.unknown", .notFound, "没有这份督办通知，请返回督办列表。")
    public static let answerLength = Refusal(
        "notifications.supervision.answer-length", .invalid, article: Article(number: 22),
        "答复应为 5 至 2000 字，请写明办理情况。")
    public static let alreadyClosed = Refusal(
        "notifications.supervision.closed", .conflict, article: Article(number: 22),
        "这份督办已经办结，不能再答复；有新情况的请报工作专班另行督办。")
    public static let unanswered = Refusal(
        "notifications.supervision.unanswered", .conflict, article: Article(number: 22),
        "责任单位尚未答复，不能办结，请先催办。")
    public static let all = [
        titleLength, bodyLength, personalData, outsideTownship, unknownMessage, subjectLength, dueInPast, unitMissing,
        unknownNotice,
        answerLength, alreadyClosed, unanswered,
    ]
}
