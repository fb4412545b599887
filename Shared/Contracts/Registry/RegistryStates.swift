/// Whose state-owned enterprise it is (第四条).
public enum Ownership: String, CaseIterable, Codable, Sendable {
    case county
    case prefecture
    case province
    case central

    public var chinese: String {
        switch self {
        case .county: "县属国有企业"
        case .prefecture: "州属驻县企业"
        case .province: "省属驻县企业"
        case .central: "中央驻县企业"
        }
    }
}

/// How far the registry's own way of a retiree has gone (第十五条、第十六条).
public enum PersonStatus: String, CaseIterable, Codable, Sendable {
    case registered
    case verified
    case applied
    case accepted
    case handedOver = "handed-over"

    /// The one name of the state, in filters, figures, rows and files: the step that comes next.
    public var chinese: String {
        switch self {
        case .registered: "待核准"
        case .verified: "待申请"
        case .applied: "待接收"
        case .accepted: "办理中"
        case .handedOver: "已全部移交"
        }
    }
}

/// The materials that an application needs (第十五条（三）).
public enum Material: String, CaseIterable, Codable, Sendable {
    case application
    case nameList = "name-list"
    case archiveList = "archive-list"
    case householdRegister = "household-register"
    case identityCard = "identity-card"
    case basicInformation = "basic-information"

    public var chinese: String {
        switch self {
        case .application: "社会化管理移交申请"
        case .nameList: "移交人员名单"
        case .archiveList: "档案移交名册"
        case .householdRegister: "户口本"
        case .identityCard: "身份证"
        case .basicInformation: "乡镇和社区所需基本信息"
        }
    }
}

/// Why a township will not accept. The last two are themselves forbidden by 第十一条（三）.
public enum RefusalCause: String, CaseIterable, Codable, Sendable {
    case materialsUntrue = "materials-untrue"
    case notResident = "not-resident"
    case alreadyManaged = "already-managed"
    case premisesMissing = "premises-missing"
    case fundsDemanded = "funds-demanded"

    public var chinese: String {
        switch self {
        case .materialsUntrue: "材料与事实不符"
        case .notResident: "户籍、居住地均不在本乡镇"
        case .alreadyManaged: "已纳入其他地方管理"
        case .premisesMissing: "企业未移交活动场所或设施"
        case .fundsDemanded: "企业未提供新建场所资金"
        }
    }
}

/// How a person's data were verified (第十六条（三）).
public enum ConfirmationMethod: String, CaseIterable, Codable, Sendable {
    case visit
    case summons
    case delegate

    public var chinese: String {
        switch self {
        case .visit: "上门核对"
        case .summons: "通知本人前来"
        case .delegate: "授权委托人前来"
        }
    }
}

/// What the community may correct at the door (第十六条（三）).
public enum CorrectableField: String, CaseIterable, Codable, Sendable {
    case name
    case politicalStatus = "political-status"
    case telephone
    case residence
    case registeredAddress = "registered-address"
    case ethnicity
    case community

    public var chinese: String {
        switch self {
        case .name: "姓名"
        case .politicalStatus: "政治面貌"
        case .telephone: "联系电话"
        case .residence: "现居住地址"
        case .registeredAddress: "户籍地址"
        case .ethnicity: "民族"
        case .community: "社区（村）"
        }
    }
}

/// Why the HR bureau does not verify somebody (第十五条（二）). A closed list, so that no free text carries personal data
/// into a list that is kept unsealed.
public enum DeclineCause: String, CaseIterable, Codable, Sendable {
    case notRetired = "not-retired"
    case otherUnit = "other-unit"
    case dataDiffers = "data-differs"
    case deceased
    case repeated

    public var chinese: String {
        switch self {
        case .notRetired: "未办理退休手续"
        case .otherUnit: "不属于该企业的退休人员"
        case .dataDiffers: "信息与人事档案或养老待遇审批表不符"
        case .deceased: "已死亡"
        case .repeated: "重复登记"
        }
    }
}

/// Why a roster row was not registered.
public enum SetAsideKind: String, CaseIterable, Codable, Sendable {
    case fault
    case duplicate
    case outOfScope = "out-of-scope"

    public var chinese: String {
        switch self {
        case .fault: "需改正"
        case .duplicate: "重复"
        case .outOfScope: "不属移交范围"
        }
    }
}

/// The life of a roster.
public enum RosterState: String, CaseIterable, Codable, Sendable {
    case open
    case closed
    /// Taken back: its people are in no list any more, and leave the ledger one after the other.
    case undoing
    case undone

    public var chinese: String {
        switch self {
        case .open: "导入中"
        case .closed: "已导入"
        case .undoing: "正在撤销"
        case .undone: "已撤销"
        }
    }
}

/// The steps whose work lists the registry keeps.
public enum RegistryStep: String, CaseIterable, Codable, Sendable {
    case verify
    case apply
    case confirm
    case issueCard = "issue-card"

    public var chinese: String {
        switch self {
        case .verify: "人社局核准登记"
        case .apply: "提出移交申请"
        case .confirm: "核对信息"
        case .issueCard: "发放联系卡"
        }
    }
}
