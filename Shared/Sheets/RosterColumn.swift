import Domain

/// The columns of a roster that are understood. Raw values are stable slugs.
public enum RosterColumn: String, CaseIterable, Codable, Sendable {
    case name
    case identityNumber = "identity-number"
    case sex
    case ethnicity
    case birth
    case workStart = "work-start"
    case retirement
    case politicalStatus = "political-status"
    case registeredAddress = "registered-address"
    case residence
    case township
    case community
    case telephone
    case pensionPlace = "pension-place"
    case medicalPlace = "medical-place"
    case basicPension = "basic-pension"
    case outOfPool = "out-of-pool"
    case retirementKind = "retirement-kind"
    case leaderManagement = "leader-management"
    case remark

    /// The headings under which a column comes, the usual one first.
    public var headings: [String] {
        switch self {
        case .name: ["姓名", "职工姓名", "人员姓名", "退休人员姓名"]
        case .identityNumber:
            [
                "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "居民身份证号码", "身份证件号码", "身份证件号",
                "身份证", "证件号码", "证件号",
            ]
        case .sex: ["性别"]
        case .ethnicity: ["民族"]
        case .birth: ["出生年月", "出生日期", "出生年月日", "出生时间"]
        case .workStart: ["参加工作时间", "参加工作年月", "参加工作日期", "参工时间"]
        case .retirement: ["退休时间", "退休日期", "退休年月", "离退休时间", "退休年月日"]
        case .politicalStatus: ["政治面貌"]
        case .registeredAddress: ["户籍地址", "户口所在地", "户籍所在地", "户籍地", "户口地址", "户籍所在地址"]
        case .residence: ["现居住地址", "现住址", "居住地址", "家庭住址", "现居住地", "现居住详细地址", "常住地址", "家庭地址"]
        case .township: ["移交乡镇", "接收乡镇", "所属乡镇", "乡镇", "乡(镇)", "移交乡(镇)", "接收乡(镇)", "乡镇名称"]
        case .community:
            ["移交社区", "接收社区", "所属社区", "社区", "村委会", "社区(村)", "村(社区)", "移交社区(村)", "接收社区(村)", "社区名称"]
        case .telephone: ["联系电话", "手机号码", "电话", "手机", "联系方式", "手机号", "电话号码", "本人联系电话"]
        case .pensionPlace: ["养老保险参保地", "养老参保地", "基本养老保险参保地"]
        case .medicalPlace: ["医疗保险参保地", "医保参保地", "医疗参保地", "基本医疗保险参保地"]
        case .basicPension: ["基本养老金", "养老金", "月基本养老金", "月养老金"]
        case .outOfPool: ["统筹外项目", "统筹外费用", "统筹外待遇", "统筹外金额"]
        case .retirementKind: ["退休类别", "离退休类别", "退休类型", "离退休类型"]
        case .leaderManagement: ["干部管理权限", "是否县管干部", "县管干部"]
        case .remark: ["备注"]
        }
    }

    /// The heading that exports and messages use.
    public var heading: String { headings[0] }

    /// Without these a row names nobody.
    public static let required: [RosterColumn] = [.name, .identityNumber]

    /// The columns that hold a day or a month.
    static let dates: [RosterColumn] = [.birth, .workStart, .retirement]

    /// The column that a heading means, whatever blanks, line breaks, stars, numbering and notes in brackets it
    /// carries; nil when it is none of these.
    public init?(heading: String) {
        var rest = Heading.normalized(heading)
        if let column = Self.byHeading[Heading.withoutBrackets(rest)] {
            self = column
            return
        }
        // Brackets may belong to the heading, 社区(村), and a note may follow in others.
        while true {
            if let column = Self.byHeading[rest] {
                self = column
                return
            }
            guard rest.hasSuffix(")"), let opening = rest.lastIndex(of: "(") else { return nil }
            rest = String(rest[..<opening])
        }
    }

    private static let byHeading: [String: RosterColumn] = {
        var result: [String: RosterColumn] = [:]
        for column in allCases {
            for heading in column.headings { result[heading] = column }
        }
        return result
    }()
}

/// The text of headings.
enum Heading {
    /// ASCII width, no blanks or stars, square brackets as round ones, no numbering in front, no colon behind.
    static func normalized(_ heading: String) -> String {
        // No heading is long; long cells are not worth the work, and every cell of the first rows comes by here.
        guard heading.utf8.count <= 300 else { return heading }
        var scalars = TextForm.removingBlanks(TextForm.narrowing(heading)).unicodeScalars.compactMap {
            scalar -> Unicode.Scalar? in
            switch scalar {
            case "*", "★", "▲", "●", "\"": nil
            case "[", "【", "〔", "〈": "("
            case "]", "】", "〕", "〉": ")"
            default: scalar
            }
        }
        let numbering = scalars.prefix { ("0"..."9").contains($0) }.count
        if numbering > 0, numbering < scalars.count, [".", "、", ")"].contains(scalars[numbering]) {
            scalars.removeFirst(numbering + 1)
        }
        while scalars.last == ":" { scalars.removeLast() }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Without notes such as `(必填)`, `(元)` or `(格式1955.12)`.
    static func withoutBrackets(_ normalized: String) -> String {
        var depth = 0
        return normalized.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth = max(0, depth - 1) } }
            return depth == 0
        }
    }

    /// True for the column that only counts the rows.
    static func isSerial(_ heading: String) -> Bool {
        ["序号", "编号", "顺序号", "行号", "号", "No", "NO", "No.", "NO."].contains(normalized(heading))
    }

    /// True for a heading over several columns that are about somebody else.
    static func isAboutOthers(_ heading: String) -> Bool {
        let text = normalized(heading)
        return text.count <= 12
            && ["配偶", "子女", "家属", "亲属", "联系人", "遗属", "供养", "监护人"].contains { text.contains($0) }
    }
}
