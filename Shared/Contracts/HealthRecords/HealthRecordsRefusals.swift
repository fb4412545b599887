import Domain

/// The health-records service's refusals.
public enum HealthRecordsRefusal {
    public static let notAccepted = Refusal(
        "health-records.record.not-accepted", .conflict, article: Article(number: 8, paragraph: 4),
        "健康档案在乡镇（社区）接收后建档，此人尚未接收，请待乡镇办理接收后再建。")
    public static let alreadyOpen = Refusal(
        "health-records.record.already-open", .conflict, article: Article(number: 8, paragraph: 4),
        "此人的健康档案已经建立，一人一档，请直接查阅，无需再建。")
    public static let wrongVillage = Refusal(
        "health-records.village.wrong-segment", .invalid, "村（居）段须为卫生健康系统编列的三位数字，请在以下范围内填写：")
    public static let villageExhausted = Refusal(
        "health-records.village.exhausted", .conflict, "该村（居）段的 99999 个序号已经用完，请向卫生健康局申请新的村（居）段。")
    public static let dateInFuture = Refusal(
        "health-records.date.in-future", .invalid, "建档日期不能晚于今天，请改正。")
    public static let dateBeforeAcceptance = Refusal(
        "health-records.date.before-acceptance", .invalid, article: Article(number: 8, paragraph: 4),
        "建档日期不能早于乡镇（社区）接收之日，请改正。")
    public static let textTooLong = Refusal(
        "health-records.record.text-too-long", .invalid, "填写内容过长，请精简后重新提交：")
    public static let all = [
        notAccepted, alreadyOpen, wrongVillage, villageExhausted, dateInFuture, dateBeforeAcceptance, textTooLong,
    ]
}
