import Domain

extension VerifyPersons: Step {
    public static let title = "核准登记"
    public static let article = Article(number: 15, paragraph: 2)
    public static let fields: [FieldDescription] = []
    public static let personMember = "persons"

    public init(of person: PersonID, _ filling: Filling) { self.init(persons: [person]) }
}

extension DeclinePersons: Step {
    public static let title = "不予核准"
    public static let article = Article(number: 15, paragraph: 2)
    public static let personMember = "persons"

    private static let causeField = Field<DeclineCause>.choice("cause", "原因", \.chinese)
        .hint("不予核准的人员从台账中移除，原因列在名册页上；企业改正后可用新文件重报这些行。")

    public static let fields = [causeField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(persons: [person], cause: filling(Self.causeField))
    }
}

extension ConfirmPerson: Step {
    public static let title = "核对信息"
    public static let article = Article(number: 16, paragraph: 3)

    private static let methodField = Field<ConfirmationMethod>.choice("method", "核对方式", \.chinese)
        .initially(ConfirmationMethod.visit.rawValue)
    private static let delegateField = Field.text("delegate", "授权委托人姓名").hint("仅委托人前来时填写").personal()
        .concerning(RegistryRefusal.delegateMissing).optional
    /// One for each: what stands there when it is sent replaces what is registered.
    public static let correctionFields = CorrectableField.allCases.map { field in
        (field, Field.text(field.rawValue, field.chinese).personal().formOnly().optional)
    }
    private static let correctedField = Field<CorrectableField>.choice("field", "更正的项目", \.chinese)
    private static let valueField = Field.text("value", "更正为")

    public static let fields =
        [methodField.description, delegateField.description] + correctionFields.map(\.1.description)
    public static let members = [
        methodField.description, delegateField.description,
        Field.rows(
            "corrections", "更正", [correctedField.description, valueField.description], isRequired: true
        ) { line in Correction(field: line(correctedField), value: line(valueField)) }.description,
    ]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, method: filling(Self.methodField), delegate: filling(Self.delegateField),
            corrections: Self.correctionFields.compactMap { field, description in
                filling(description).map { Correction(field: field, value: $0) }
            })
    }
}
