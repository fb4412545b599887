/// What a roster may tell of a person. The one list of it: raw values are the stable names by which rows travel, and
/// the headings are those under which a column comes.
public enum RosterField: String, CaseIterable, Codable, Sendable {
    case name
    case identityNumber = "identity-number"
    case sex
    case ethnicity
    case birth
    case workStart = "work-start"
    case retirement
    case politicalStatus = "political-status"
    /// Yes or no, where the political status has no words of its own.
    case partyMember = "party-member"
    case registeredAddress = "registered-address"
    case residence
    case township
    case community
    /// Yes when somebody who is registered and insured elsewhere asks for the township named (第三条).
    case ownApplication = "own-application"
    case telephone
    case pensionPlace = "pension-place"
    case medicalPlace = "medical-place"
    case basicPension = "basic-pension"
    case outOfPool = "out-of-pool"
    case retirementKind = "retirement-kind"
    /// Retired, 离休, still employed, dependant and the like.
    case personCategory = "person-category"
    /// The day on which somebody died, or that somebody has.
    case death
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
        case .politicalStatus: ["政治面貌", "政治面貌(党员/群众)", "党员/群众", "党员或群众", "群众/党员"]
        case .partyMember: ["是否党员", "是否为党员", "是否中共党员", "是否为中共党员", "是否系党员", "党员", "中共党员"]
        case .registeredAddress: ["户籍地址", "户口所在地", "户籍所在地", "户籍地", "户口地址", "户籍所在地址", "户籍"]
        case .residence:
            [
                "现居住地址", "现住址", "居住地址", "家庭住址", "现居住地", "现居住详细地址", "常住地址", "家庭地址", "居住地", "常住地", "实际居住地",
                "实际居住地址", "住址",
            ]
        case .township: ["移交乡镇", "接收乡镇", "所属乡镇", "乡镇", "乡(镇)", "移交乡(镇)", "接收乡(镇)", "乡镇名称"]
        case .community:
            ["移交社区", "接收社区", "所属社区", "社区", "村委会", "社区(村)", "村(社区)", "移交社区(村)", "接收社区(村)", "社区名称"]
        case .ownApplication: ["本人申请", "是否本人申请", "本人申请移交", "是否本人申请移交", "个人申请"]
        case .telephone:
            ["联系电话", "手机号码", "电话", "手机", "联系方式", "手机号", "电话号码", "本人联系电话", "移动电话", "本人电话", "联系手机"]
        case .pensionPlace: ["养老保险参保地", "养老参保地", "基本养老保险参保地"]
        case .medicalPlace: ["医疗保险参保地", "医保参保地", "医疗参保地", "基本医疗保险参保地"]
        case .basicPension: ["基本养老金", "养老金", "月基本养老金", "月养老金"]
        case .outOfPool: ["统筹外项目", "统筹外费用", "统筹外待遇", "统筹外金额"]
        case .retirementKind: ["退休类别", "离退休类别", "退休类型", "离退休类型", "离退类别", "离退休性质", "离休/退休", "退休/离休"]
        case .personCategory: ["人员类别", "人员类型", "人员性质", "人员身份", "身份类别", "人员状态", "类别"]
        case .death: ["死亡日期", "死亡时间", "死亡年月", "去世日期", "去世时间", "身故日期", "病故日期", "病故时间", "是否死亡", "是否去世"]
        case .leaderManagement: ["干部管理权限", "是否县管干部", "县管干部"]
        case .remark: ["备注", "备注说明", "其他说明"]
        }
    }

    /// The heading that exports and messages use.
    public var heading: String { headings[0] }

    /// Without these a row names nobody.
    public static let required: [RosterField] = [.name, .identityNumber]

    /// The columns that hold a day or a month.
    public static let dates: [RosterField] = [.birth, .workStart, .retirement, .death]
}
