import Domain

extension ReceiveFile: Step {
    public static let title = "接收人事档案"
    public static let article = Article(number: 9, paragraph: 2)

    public static let schemeField = Field<FileScheme>.choice("scheme", "档案类别", \.chinese).personal()
    public static let volumesField = Field.number("volumes", "卷数", 1...99).initially("1").personal()
        .concerning(ArchivesRefusal.wrongVolumes)
    public static let datedField = Field.day("dated", "接收日期").initially(FieldDescription.today)
        .concerning(ArchivesRefusal.dateInFuture, ArchivesRefusal.dateTooEarly)

    private static let classNumber = Field.text("classNumber", "类号", otherwise: "类号须为 1 至 10，干部档案四、九类写到小类，如 4-1") {
        CatalogueLine.classNumber($0)
    }.suggesting(FileScheme.classNumbers)
    private static let material = Field.text("title", "材料名称")
    private static let formedOn = Field.text("formedOn", "形成时间", otherwise: "请填写年、年月或日期，如 1985-06") {
        CatalogueLine.time($0)
    }.optional
    private static let pages = Field.number("pages", "页数", 1...9999, unit: "页")
    private static let remark = Field.text("remark", "备注").optional
    private static let proof = Field.text("proof", "证明文号").optional

    public static let catalogueField = Field.rows(
        "catalogue", "档案目录",
        [classNumber.description, material.description, formedOn.description, pages.description, remark.description],
        isRequired: true
    ) { line in
        CatalogueEntry(
            classNumber: line(classNumber), title: line(material), formedOn: line(formedOn), pages: line(pages),
            remark: line(remark))
    }.personal().pasted(CatalogueLine.material).hint("类号 1 至 10，干部档案的 4、9 类写到小类，如 4-1。")
        .concerning(
            ArchivesRefusal.emptyCatalogue, ArchivesRefusal.catalogueTooLong, ArchivesRefusal.unknownClass,
            ArchivesRefusal.titleMissing, ArchivesRefusal.wrongPages)

    public static let missingField = Field.rows(
        "missing", "缺少的材料", [classNumber.description, material.description, proof.description], isRequired: false
    ) { line in
        MissingMaterial(classNumber: line(classNumber), title: line(material), proof: line(proof))
    }.personal().pasted(CatalogueLine.missing).hint("确实无法补齐的，须有书面说明（第九条（一））。")
        .concerning(ArchivesRefusal.proofMissing)

    public static let fields = [
        schemeField.description, volumesField.description, datedField.description, catalogueField.description,
        missingField.description,
    ]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, scheme: filling(Self.schemeField), volumes: filling(Self.volumesField),
            catalogue: filling(Self.catalogueField), missing: filling(Self.missingField),
            dated: filling(Self.datedField), batch: filling.batch)
    }

    public static func word(of reply: FileReceipt) -> String? { "交接书编号：\(reply.receiptNumber)" }
}

extension ReturnFile: Step {
    public static let title = "退回企业整理"
    public static let article = Article(number: 9, paragraph: 2)

    public static let reasonsField = Field.lines("reasons", "需要整理的问题").hint("每行一条")
        .concerning(ArchivesRefusal.reasonsMissing)

    public static let fields = [reasonsField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, reasons: filling(Self.reasonsField))
    }
}

extension HoldBackFile: Step {
    public static let title = "登记为不移交"
    public static let article = Article(number: 9, paragraph: 4)

    public static let groundField = Field<HoldBackGround>.choice("ground", "依据", \.chinese)

    public static let fields = [groundField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(person: person, ground: filling(Self.groundField))
    }
}

extension ReleaseFile: Step {
    public static let title = "撤销不移交登记"
    public static let article = Article(number: 9, paragraph: 4)
    public static let fields: [FieldDescription] = []

    public init(of person: PersonID, _ filling: Filling) { self.init(person: person) }
}

extension FileScheme {
    /// Of both schemes, in their order.
    static let classNumbers: [String] = {
        var seen: Set<String> = []
        return (cadre.classes + worker.classes).map(\.number).filter { seen.insert($0).inserted }
    }()
}
