import Domain

extension OpenRecord: Step {
    public static let title = "建立健康档案"
    public static let article = Article(number: 8, paragraph: 4)

    private static let villageField = Field.text("villageSegment", "村（居）编码")
        .hint("三位：居委会 001–099，村委会 101–199，其他 901–999")
        .concerning(HealthRecordsRefusal.wrongVillage, HealthRecordsRefusal.villageExhausted)
    private static let datedField = Field.day("dated", "建档日期").initially(FieldDescription.today)
        .concerning(HealthRecordsRefusal.dateInFuture, HealthRecordsRefusal.dateBeforeAcceptance)
    private static let bloodField = Field.word("bloodType", "血型", of: ["A型", "B型", "O型", "AB型", "不详"]).personal()
        .optional
    private static let allergiesField = Field.text("allergies", "药物过敏史").personal().optional
    private static let diseasesField = Field.lines("chronicDiseases", "慢性病", isRequired: false).personal()
        .hint("每行一种").concerning(HealthRecordsRefusal.textTooLong)

    public static let fields = [
        villageField.description, datedField.description, bloodField.description, allergiesField.description,
        diseasesField.description,
    ]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, villageSegment: filling(Self.villageField), dated: filling(Self.datedField),
            bloodType: filling(Self.bloodField), allergies: filling(Self.allergiesField),
            chronicDiseases: filling(Self.diseasesField))
    }

    public static func word(of reply: OpenedRecord) -> String? { "档案编号：\(reply.recordNumber)" }
}
