import Domain

/// Which classification a file follows.
public enum FileScheme: String, CaseIterable, Codable, Sendable {
    case cadre
    case worker

    public var chinese: String {
        switch self {
        case .cadre: "干部档案"
        case .worker: "工人档案"
        }
    }
}

/// One class of a personnel file's contents.
public struct FileClass: Equatable, Sendable {
    /// As catalogues write it: `1` … `10`, and `4-1` for a sub-class.
    public let number: String
    public let chinese: String

    init(_ number: String, _ chinese: String) {
        self.number = number
        self.chinese = chinese
    }
}

extension FileScheme {
    /// The classes of this scheme, in the order of the catalogue. A class with sub-classes stands only by these.
    ///
    /// Cadre files: the ten classes of the 2018 rules for cadres' personnel files (干部人事档案工作条例, 第十七条). Worker
    /// files: the ten classes of the 1992 rules for enterprise employees' files (企业职工档案管理工作规定).
    public var classes: [FileClass] {
        switch self {
        case .cadre: Self.cadreClasses
        case .worker: Self.workerClasses
        }
    }

    /// The class that an entry names; nil when this scheme has none of that number. Full-width digits are taken, too.
    public func fileClass(_ number: String) -> FileClass? {
        let wanted = TextForm.removingBlanks(TextForm.narrowing(number))
        return classes.first { $0.number == wanted }
    }

    private static let cadreClasses = [
        FileClass("1", "履历类"),
        FileClass("2", "自传和思想类"),
        FileClass("3", "考核鉴定类"),
        FileClass("4-1", "学历学位"),
        FileClass("4-2", "专业技术职务（职称）"),
        FileClass("4-3", "学术评鉴"),
        FileClass("4-4", "教育培训"),
        FileClass("5", "政审、审计和审核类"),
        FileClass("6", "党、团类"),
        FileClass("7", "表彰奖励类"),
        FileClass("8", "违规违纪违法处理处分类"),
        FileClass("9-1", "工资"),
        FileClass("9-2", "任免"),
        FileClass("9-3", "出国（境）"),
        FileClass("9-4", "会议代表等"),
        FileClass("10", "其他可供组织参考的材料"),
    ]

    private static let workerClasses = [
        FileClass("1", "履历材料"),
        FileClass("2", "自传材料"),
        FileClass("3", "鉴定、考核、考察材料"),
        FileClass("4", "岗位技能和学历材料"),
        FileClass("5", "政审材料"),
        FileClass("6", "党、团材料"),
        FileClass("7", "奖励材料"),
        FileClass("8", "处分材料"),
        FileClass("9", "招用、劳动合同、调动、聘用、复员、工资、保险、出国、退休退职材料"),
        FileClass("10", "其他材料"),
    ]
}
