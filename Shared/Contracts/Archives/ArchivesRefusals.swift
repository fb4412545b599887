import Domain

/// The refusals of the archives service.
public enum ArchivesRefusal {
    public static let heldBack = Refusal(
        "archives.file.held-back", .notAllowed, article: Article(number: 9, paragraph: 4),
        "该档案已按规定登记为不移交，由原管理部门保管，不办理接收和退回；登记有误的，请先撤销不移交登记。")
    public static let committeeManaged = Refusal(
        "archives.file.committee-managed", .notAllowed, article: Article(number: 9, paragraph: 4),
        "县委（县委组织部）管理的领导人员档案不移交，请改办“不移交登记”。")
    public static let alreadyReceived = Refusal(
        "archives.file.already-received", .conflict, article: Article(number: 9, paragraph: 2),
        "该档案已接收并签订交接书；需要重新整理的，请先退回。")
    public static let notApplied = Refusal(
        "archives.file.not-applied", .conflict, article: Article(number: 16, paragraph: 1),
        "档案随移交申请办理，请企业先向乡镇提出移交申请。")
    public static let dateInFuture = Refusal("archives.date.in-future", .invalid, "交接日期不能晚于今天，请改正。")
    public static let dateTooEarly = Refusal(
        "archives.date.before-rules", .invalid, article: Article(number: 23),
        "交接日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let wrongVolumes = Refusal(
        "archives.file.wrong-volumes", .invalid, article: Article(number: 9, paragraph: 2),
        "档案卷数应为 1 至 99，请清点后填写。")
    public static let emptyCatalogue = Refusal(
        "archives.catalogue.empty", .invalid, article: Article(number: 9, paragraph: 2),
        "档案目录为空，请按规范整理并逐份登记材料后再移交。")
    public static let catalogueTooLong = Refusal(
        "archives.catalogue.too-long", .invalid, "一份档案目录最多登记 2000 份材料，请核对。")
    /// The details name the lines, counted from 1.
    public static let unknownClass = Refusal(
        "archives.catalogue.unknown-class", .invalid, article: Article(number: 9, paragraph: 2),
        "类号不在该档案的分类中：干部档案第四、九类须写到小类（如 4-1），工人档案为 1 至 10。请改正：")
    public static let titleMissing = Refusal(
        "archives.catalogue.title-missing", .invalid, article: Article(number: 9, paragraph: 2),
        "材料名称不能为空，请补填：")
    public static let wrongPages = Refusal(
        "archives.catalogue.wrong-pages", .invalid, article: Article(number: 9, paragraph: 2),
        "页数应为 1 至 9999，请清点后填写：")
    /// The details name the titles.
    public static let proofMissing = Refusal(
        "archives.missing.proof-missing", .invalid, article: Article(number: 9, paragraph: 1),
        "档案有缺失的，须由企业提供书面情况证明一并移交，请补充证明：")
    public static let reasonsMissing = Refusal(
        "archives.return.reasons-missing", .invalid, article: Article(number: 9, paragraph: 2),
        "请逐条写明退回原因，以便企业按规范整理。")
    public static let notNoted = Refusal(
        "archives.hold-back.not-noted", .notAllowed, article: Article(number: 9, paragraph: 4),
        "名册未注明此人由县委（县委组织部）管理，请由县委组织部办理；未核准的也可由人社局不予核准，企业更正名册后重报。")
    public static let heldBackOnOtherGround = Refusal(
        "archives.hold-back.other-ground", .conflict, article: Article(number: 9, paragraph: 4),
        "该档案已按另一理由登记为不移交；确需更改的，请先撤销不移交登记。")
    public static let notHeldBack = Refusal(
        "archives.hold-back.none", .conflict, article: Article(number: 9, paragraph: 4),
        "该档案没有登记为不移交，无须撤销。")
    public static let committeeReleases = Refusal(
        "archives.hold-back.committee-releases", .notAllowed, article: Article(number: 9, paragraph: 4),
        "县委（县委组织部）管理的领导人员档案，须由县委组织部撤销不移交登记。")
    public static let receivedCannotBeHeldBack = Refusal(
        "archives.hold-back.received", .conflict, article: Article(number: 9, paragraph: 4),
        "该档案已由县档案局接收；确属不应移交的，请先退回，再办理不移交登记。")

    public static let all = [
        heldBack, committeeManaged, alreadyReceived, notApplied, dateInFuture, dateTooEarly, wrongVolumes,
        emptyCatalogue, catalogueTooLong, unknownClass, titleMissing, wrongPages, proofMissing, reasonsMissing,
        notNoted, heldBackOnOtherGround, notHeldBack, committeeReleases, receivedCannotBeHeldBack,
    ]
}
