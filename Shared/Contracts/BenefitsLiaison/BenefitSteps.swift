import Domain

extension RegisterBenefits: Step {
    public static let title = "登记统筹外项目"
    public static let article = Article(number: 12, paragraph: 3)

    private static let kind = Field<BenefitKind>.choice("kind", "项目", \.chinese)
    private static let amount = Field.money("monthlyAmountInFen", "每月金额（元）")
    private static let channel = Field<PaymentChannel>.choice("channel", "发放方式", \.chinese)

    public static let itemsField = Field.rows(
        "items", "统筹外项目", [kind.description, amount.description, channel.description], isRequired: false
    ) { line in
        BenefitItem(kind: line(kind), monthlyAmountInFen: line(amount), channel: line(channel))
    }.personal().hint("不得超出企业清查时的项目和标准（第十二条（三））。").concerning(
        BenefitsLiaisonRefusal.negativeAmount, BenefitsLiaisonRefusal.kindTwice, BenefitsLiaisonRefusal.newItem,
        BenefitsLiaisonRefusal.raised, BenefitsLiaisonRefusal.lowered, BenefitsLiaisonRefusal.annuity)
    private static let noneField = Field.confirmation("none", "确认没有统筹外项目").formOnly()

    public static let fields = [itemsField.description, noneField.description]

    /// An empty form must not state by accident that somebody receives nothing, and one that says both must not lose
    /// either.
    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, items: filling(Self.itemsField))
        let saysNone = filling(Self.noneField)
        if saysNone, !items.isEmpty { filling.note("既填写了项目，又确认没有，请二者取一", at: Self.noneField) }
        if !saysNone, items.isEmpty { filling.note("没有填写项目：请填写，没有项目的请勾选“确认没有统筹外项目”", at: Self.itemsField) }
    }
}

extension CheckListed: Step {
    public static let title = "记录核对结果"
    public static let article = Article(number: 16, paragraph: 4)

    private static let resultField = Field<ListCheck>.choice("result", "核对结果", \.chinese)
    private static let noteField = Field.text("note", "差异说明").hint("有差异的必须写明；由有差异改为一致的，写明如何更正")
        .concerning(BenefitsLiaisonRefusal.noteMissing, BenefitsLiaisonRefusal.differenceOpen).optional

    public static let fields = [resultField.description, noteField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, result: filling(Self.resultField), note: filling(Self.noteField))
    }
}
