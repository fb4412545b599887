import Domain

/// The gateway's refusals.
public enum GatewayRefusal {
    public static let malformedAccount = Refusal(
        "gateway.account.malformed", .invalid, "账号须为 2 至 32 个字符，不含空格和冒号，并填写名称。")
    public static let areaMismatch = Refusal(
        "gateway.account.area", .invalid,
        "职责与管辖范围不符：乡镇账号须选本县的一个乡镇，企业账号须填正确的统一社会信用代码，其余账号为全县。")
    public static let otherAccount = Refusal(
        "gateway.account.other", .conflict, "这个账号已经登记为另一职责或范围，没有改动。请换一个账号名；确要改变它的职责，请用 --change。")
    public static let notSignedIn = Refusal("gateway.session.none", .notAllowed, "请先登录。")
    public static let wrongPassword = Refusal(
        "gateway.session.wrong-password", .notAllowed, "账号或密码不对，请重新输入；忘记密码请联系系统运维重设。")
    public static let tooManyAttempts = Refusal(
        "gateway.session.too-many-attempts", .busy, "连续输错次数过多，请 1 分钟后再试。")
    public static let signInBusy = Refusal(
        "gateway.session.busy", .busy, "现在登录的人太多，请稍等片刻再登录。")
    public static let exportsBusy = Refusal(
        "gateway.export.busy", .busy, "现在导出的人太多，或本账号有导出尚未完成，请稍等片刻再导出。")
    public static let partlyDone = Refusal(
        "gateway.form.partly-done", .conflict, "所选各项没有全部办理；未办理的仍在列表中，可按原因更正后重新提交。")
    public static let staleForm = Refusal(
        "gateway.form.stale", .conflict, "页面已过期，请返回刷新后重新提交。")
    public static let unknownPage = Refusal("gateway.page.unknown", .notFound, "没有这个页面，请从菜单进入。")
    public static let searchEnded = Refusal(
        "gateway.ledger.search-ended", .invalid, "查询链接不完整，或不属于本次登录，请返回台账重新输入姓名或身份证号查询。")
    public static let fileMissing = Refusal("gateway.file.missing", .invalid, "没有选择文件，或所选文件是空的，请选择 .xlsx 或 .csv 名册。")
    public static let cardNotIssued = Refusal(
        "gateway.card.not-issued", .conflict, article: Article(number: 16, paragraph: 3),
        "本人信息已核对，联系卡尚未发放：请在“核对与联系卡”页勾选此人后发放。")
    public static let itemsAndNone = Refusal(
        "gateway.benefits.items-and-none", .invalid,
        "既填写了金额，又勾选了“确认没有统筹外项目”，没有登记：有项目的请取消勾选，没有项目的请清空金额。")
    public static let neitherItemsNorNone = Refusal(
        "gateway.benefits.neither", .invalid, "没有填写金额，没有登记：请填写统筹外项目；没有项目的，请勾选“确认没有统筹外项目”。")
    public static let all = [
        malformedAccount, areaMismatch, otherAccount, notSignedIn, wrongPassword, tooManyAttempts, signInBusy,
        exportsBusy, partlyDone, staleForm,
        unknownPage,
        searchEnded, fileMissing, cardNotIssued, itemsAndNone, neitherItemsNorNone,
    ]
}
