import Domain

/// The refusals of the assets service.
public enum AssetsRefusal {
    public static let unknownEnterprise = Refusal(
        "assets.enterprise.unknown", .notFound, "没有登记这家企业，请核对统一社会信用代码，或先由人社部门在“企业”页登记。")

    // MARK: Inventory

    public static let emptyInventory = Refusal(
        "assets.inventory.empty", .invalid, article: Article(number: 11, paragraph: 3),
        "清查清单是空的，请逐项填写；确无专用资产的，请改办“申报无专用资产”。")
    public static let itemNameMissing = Refusal(
        "assets.inventory.name-missing", .invalid, article: Article(number: 11, paragraph: 1),
        "清查清单中有资产未写名称，请补填：")
    public static let negativeBookValue = Refusal(
        "assets.inventory.negative-value", .invalid, article: Article(number: 11, paragraph: 1),
        "账面价值不能是负数，已提足折旧的请填 0，请改正：")
    public static let valueTooLarge = Refusal(
        "assets.inventory.value-too-large", .invalid, "账面价值合计超出可以计算的范围，请核对数字和单位（以分为单位）。")
    public static let noShareholder = Refusal(
        "assets.inventory.no-shareholder", .invalid, article: Article(number: 11, paragraph: 4),
        "股东数至少为 1，请按企业登记的股东数填写。")
    public static let wrongShare = Refusal(
        "assets.inventory.wrong-share", .invalid, article: Article(number: 11, paragraph: 4),
        "国有股权比例须大于 0 且不超过 1（分子至少为 1，且不大于分母），请按持股比例填写。")
    public static let shareholdersMissing = Refusal(
        "assets.inventory.shareholders-missing", .invalid, article: Article(number: 11, paragraph: 4),
        "国有股权不足百分之百的，股东不止一家，请改正股东数。")
    public static let inventoryAgreed = Refusal(
        "assets.inventory.agreed", .conflict, article: Article(number: 16, paragraph: 5),
        "资产划转协议已经签订，清查清单不能再改；确有错漏的，请由双方签订补充协议。")

    // MARK: Agreement

    public static let notInventoried = Refusal(
        "assets.agreement.not-inventoried", .conflict, article: Article(number: 11, paragraph: 1),
        "企业尚未报送专用资产清查清单，请先办理“资产清查”。")
    public static let nothingToAgree = Refusal(
        "assets.agreement.none-declared", .notAllowed, article: Article(number: 11, paragraph: 3),
        "企业已申报确无专用资产，不得要求划转或新建；确有遗漏资产的，请企业重新报送清查清单。")
    public static let otherAgreement = Refusal(
        "assets.agreement.other-signed", .conflict, article: Article(number: 16, paragraph: 5),
        "该企业已签订另一份资产划转协议，不能重复签订，请核对协议编号和内容。")
    public static let unknownTownship = Refusal(
        "assets.township.unknown", .invalid, "没有这个乡镇，请从 13 个乡镇中选择。")
    public static let agreementNumberMissing = Refusal(
        "assets.agreement.number-missing", .invalid, article: Article(number: 16, paragraph: 5),
        "请填写协议编号，以便与纸质协议核对。")
    public static let decisionMissing = Refusal(
        "assets.agreement.decision-missing", .invalid, article: Article(number: 11, paragraph: 4),
        "企业有多个股东，须先经董事会或股东会同意，请填写决议文号后再签订协议。")
    public static let settlementMissing = Refusal(
        "assets.agreement.settlement-missing", .invalid, article: Article(number: 11, paragraph: 2),
        "有难以分割的资产，请写明与乡镇协商的调换或其他处理办法：")

    // MARK: Hand-over and dates

    public static let notAgreed = Refusal(
        "assets.hand-over.not-agreed", .conflict, article: Article(number: 16, paragraph: 5),
        "尚未签订资产划转协议，不能办理交接，请先签订协议。")
    public static let handedOver = Refusal(
        "assets.hand-over.done", .conflict, article: Article(number: 11, paragraph: 1),
        "该企业的资产已于另一日期办结交接，不能再次办理，请核对交接日期。")
    public static let dateInFuture = Refusal("assets.date.in-future", .invalid, "日期不能晚于今天，请改正。")
    public static let dateTooEarly = Refusal(
        "assets.date.before-rules", .invalid, article: Article(number: 23),
        "日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let dateBeforeAgreement = Refusal(
        "assets.date.before-agreement", .invalid, article: Article(number: 16, paragraph: 5),
        "交接日期不能早于协议签订日期，请改正。")

    public static let all = [
        unknownEnterprise, emptyInventory, itemNameMissing, negativeBookValue, valueTooLarge, noShareholder, wrongShare,
        shareholdersMissing,
        inventoryAgreed, notInventoried, nothingToAgree, otherAgreement, unknownTownship, agreementNumberMissing,
        decisionMissing, settlementMissing, notAgreed, handedOver, dateInFuture, dateTooEarly, dateBeforeAgreement,
    ]
}
