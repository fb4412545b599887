import Domain

/// Lists what the enterprise uses only for its retirees (第十一条（一）).
public struct RecordInventory: Command {
    public static let name = "assets.inventory.record"
    public static let roles: Set<Role> = [.finance, .enterprise]
    public typealias Reply = WriteDown

    public var enterprise: String
    public var items: [AssetItem]
    /// How many shareholders the enterprise has; more than one needs a decision.
    public var shareholders: Int
    public var stateShareNumerator: Int64
    public var stateShareDenominator: Int64

    public init(
        enterprise: String, items: [AssetItem], shareholders: Int, stateShareNumerator: Int64,
        stateShareDenominator: Int64
    ) {
        self.enterprise = enterprise
        self.items = items
        self.shareholders = shareholders
        self.stateShareNumerator = stateShareNumerator
        self.stateShareDenominator = stateShareDenominator
    }
}

/// States that there is nothing to hand over (第十一条（三）).
public struct DeclareNoAssets: Command {
    public static let name = "assets.none.declare"
    public static let roles: Set<Role> = [.finance, .enterprise]
    public typealias Reply = Done

    public var enterprise: String

    public init(enterprise: String) {
        self.enterprise = enterprise
    }
}

/// One enterprise's assets.
public struct GetAssets: Query {
    public static let name = "assets.enterprise.get"
    public static let roles: Set<Role> = [.finance, .naturalResources, .enterprise, .township, .workingTeam]
    public typealias Reply = AssetRecord

    public var enterprise: String

    public init(enterprise: String) {
        self.enterprise = enterprise
    }
}

/// Enterprises within the asker's area and where their assets stand.
public struct AssetsWork: Query {
    public static let name = "assets.work.list"
    public static let roles: Set<Role> = [.finance, .naturalResources, .enterprise, .township, .workingTeam]
    public typealias Reply = AssetRecords

    public var state: AssetState?

    public init(state: AssetState? = nil) {
        self.state = state
    }
}

/// What is handed over (第十六条（五）).
public enum AssetKind: String, CaseIterable, Codable, Sendable {
    case premises
    case equipment
    case utensils

    public var chinese: String {
        switch self {
        case .premises: "场所"
        case .equipment: "设备设施"
        case .utensils: "器材用具"
        }
    }
}

/// Where an enterprise's assets stand (第十一条).
public enum AssetState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case inventoried
    case agreed
    case handedOver = "handed-over"
    case none

    public var chinese: String {
        switch self {
        case .awaiting: "待清查"
        case .inventoried: "已清查，待签协议"
        case .agreed: "已签协议，待交接"
        case .handedOver: "已交接"
        case .none: "无专用资产"
        }
    }
}

/// An item of the inventory.
public struct AssetItem: Codable, Equatable, Sendable {
    public var name: String
    public var kind: AssetKind
    public var isSeparable: Bool
    public var bookValueInFen: Int64

    public init(name: String, kind: AssetKind, isSeparable: Bool, bookValueInFen: Int64) {
        self.name = name
        self.kind = kind
        self.isSeparable = isSeparable
        self.bookValueInFen = bookValueInFen
    }
}

/// By how much the state owner's equity falls (第十一条（四）); rounded half up to the fen.
public struct WriteDown: Codable, Equatable, Sendable {
    public var bookValueInFen: Int64
    public var stateShareNumerator: Int64
    public var stateShareDenominator: Int64
    public var writeDownInFen: Int64

    public init(
        bookValueInFen: Int64, stateShareNumerator: Int64, stateShareDenominator: Int64, writeDownInFen: Int64
    ) {
        self.bookValueInFen = bookValueInFen
        self.stateShareNumerator = stateShareNumerator
        self.stateShareDenominator = stateShareDenominator
        self.writeDownInFen = writeDownInFen
    }
}

/// An enterprise's assets for retirees.
public struct AssetRecord: Codable, Equatable, Sendable {
    public var enterprise: String
    public var state: AssetState
    public var items: [AssetItem]
    public var shareholders: Int
    public var township: String?
    public var agreementNumber: String?
    public var agreedOn: CalendarDay?
    public var decisionDocument: String?
    /// How inseparable premises are settled (第十一条（二）).
    public var settlement: String?
    public var writeDown: WriteDown?
    public var handedOverOn: CalendarDay?

    public init(
        enterprise: String, state: AssetState, items: [AssetItem], shareholders: Int, township: String? = nil,
        agreementNumber: String? = nil, agreedOn: CalendarDay? = nil, decisionDocument: String? = nil,
        settlement: String? = nil, writeDown: WriteDown? = nil, handedOverOn: CalendarDay? = nil
    ) {
        self.enterprise = enterprise
        self.state = state
        self.items = items
        self.shareholders = shareholders
        self.township = township
        self.agreementNumber = agreementNumber
        self.agreedOn = agreedOn
        self.decisionDocument = decisionDocument
        self.settlement = settlement
        self.writeDown = writeDown
        self.handedOverOn = handedOverOn
    }
}

/// The assets of enterprises.
public struct AssetRecords: Codable, Equatable, Sendable {
    public var rows: [AssetRecord]

    public init(rows: [AssetRecord]) {
        self.rows = rows
    }
}

/// The inventory is in.
public struct InventoryRecorded: Event {
    public static let name = "assets.inventory.recorded"
    public static let title = "资产清查"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var items: Int

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, items: Int) {
        self.enterprise = enterprise
        self.items = items
    }
}

/// There is nothing to hand over.
public struct NoAssetsDeclared: Event {
    public static let name = "assets.none.declared"
    public static let title = "声明无专用资产"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String) {
        self.enterprise = enterprise
    }
}

extension AssetsRefusal {
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
    public static let unknownTownship = Refusal(
        "assets.township.unknown", .invalid, "没有这个乡镇，请从 13 个乡镇中选择。")
    public static let dateInFuture = Refusal("assets.date.in-future", .invalid, "日期不能晚于今天，请改正。")
    public static let dateTooEarly = Refusal(
        "assets.date.before-rules", .invalid, article: Article(number: 23),
        "日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let dateBeforeAgreement = Refusal(
        "assets.date.before-agreement", .invalid, article: Article(number: 16, paragraph: 5),
        "交接日期不能早于协议签订日期，请改正。")
}
