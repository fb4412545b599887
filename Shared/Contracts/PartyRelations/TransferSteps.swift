import Domain

extension PrepareTransfer: Step {
    public static let title = "转接前工作"
    public static let article = Article(number: 10, paragraph: 3)

    private static let kindField = Field<MemberKind>.choice("kind", "党员类别", \.chinese).initially(
        MemberKind.full.rawValue)
    private static let baseField = Field.money("duesBaseInFen", "党费交纳基数（元/月）").personal()
        .concerning(PartyRelationsRefusal.wrongBase)
    private static let verifiedField = Field.confirmation("preparation.duesBaseVerified", "党费交纳基数核准")
    private static let paidField = Field.month("preparation.duesPaidThrough", "应缴党费收缴至（月）").optional
    private static let gatheredField = Field.confirmation("preparation.dataGathered", "党员基本信息梳理汇总")
    private static let checkedField = Field.confirmation("preparation.fileChecked", "党员档案核查完备")

    public static let fields = [
        kindField.description, baseField.description, verifiedField.description, paidField.description,
        gatheredField.description, checkedField.description,
    ]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, kind: filling(Self.kindField),
            preparation: TransferPreparation(
                fileChecked: filling(Self.checkedField), duesBaseVerified: filling(Self.verifiedField),
                duesPaidThrough: filling(Self.paidField), dataGathered: filling(Self.gatheredField)),
            duesBaseInFen: filling(Self.baseField))
    }

    public static func word(of reply: MonthlyDues) -> String? {
        "党费 \(Money(amountInFen: reply.amountInFen)) 元/月（\(reply.source)）"
    }
}

extension SendTransfer: Step {
    public static let title = "开具介绍信、转出"
    public static let article = Article(number: 10, paragraph: 1)

    private static let organizationField = Field.text("organization", "接收党组织").personal()
        .suggesting(Township.all.map { "\($0.name)党委" }).concerning(PartyRelationsRefusal.organizationMissing)
    private static let datedField = Field.day("dated", "开具日期").initially(FieldDescription.today)
        .concerning(PartyRelationsRefusal.dateInFuture, PartyRelationsRefusal.dateTooEarly)
    private static let daysField = Field.number("validDays", "有效天数", 1...365).initially("10")
        .concerning(PartyRelationsRefusal.wrongValidity)

    public static let fields = [organizationField.description, datedField.description, daysField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, organization: filling(Self.organizationField), dated: filling(Self.datedField),
            validDays: filling(Self.daysField))
    }

    public static func word(of reply: TransferLetter) -> String? {
        "\(reply.letterNumber)，有效期至 \(reply.validUntil.chinese)"
    }
}

extension AcceptTransfer: Step {
    public static let title = "接收党组织关系"
    public static let article = Article(number: 16, paragraph: 2)

    private static let datedField = Field.day("dated", "接收日期").initially(FieldDescription.today).concerning(
        PartyRelationsRefusal.dateInFuture, PartyRelationsRefusal.dateTooEarly,
        PartyRelationsRefusal.receivedBeforeLetter
    ).optional

    public static let fields = [datedField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, dated: filling(Self.datedField))
    }
}

extension RefuseTransfer: Step {
    public static let title = "退回党组织关系"
    public static let article = Article(number: 10, paragraph: 5)

    private static let causeField = Field<TransferRefusalCause>.choice("cause", "退回原因", \.chinese)
        .hint("无正当理由不得拒绝接收（第十条（五））。").concerning(PartyRelationsRefusal.unfoundedCause)
    private static let explanationField = Field.text("explanation", "具体情况")
        .concerning(PartyRelationsRefusal.explanationMissing)

    public static let fields = [causeField.description, explanationField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, cause: filling(Self.causeField), explanation: filling(Self.explanationField))
    }
}

extension PlaceMember: Step {
    public static let title = "编入党支部"
    public static let article = Article(number: 10, paragraph: 4)

    private static let branchField = Field.text("branch", "党支部")

    public static let fields = [branchField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, branch: filling(Self.branchField))
    }
}

extension DenyMembership: Step {
    public static let title = "核实不是党员"
    public static let article = Article(number: 16, paragraph: 2)

    private static let certainField = Field.confirmation(
        "certain", "已查党员档案、核实身份，确认不是中共党员，不再接转组织关系"
    ).formOnly()

    public static let fields = [certainField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person)
        if !filling(Self.certainField) { filling.note("请勾选确认", at: Self.certainField) }
    }
}
