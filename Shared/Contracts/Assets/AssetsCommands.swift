import Domain

/// What the assets (资产划转) service can be told to do.
public enum AssetsCommand: MessageSet {
    case recordInventory(RecordInventory)
    case declareNoAssets(DeclareNoAssets)
    case signAgreement(SignAgreement)
    case handOverAssets(HandOverAssets)

    public static let table: [MessageEntry<AssetsCommand>] = [
        MessageEntry(AssetsCommand.recordInventory),
        MessageEntry(AssetsCommand.declareNoAssets),
        MessageEntry(AssetsCommand.signAgreement),
        MessageEntry(AssetsCommand.handOverAssets),
    ]
}

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

/// Enterprise and township have agreed (第十六条（五）).
public struct SignAgreement: Command {
    public static let name = "assets.agreement.sign"
    public static let roles: Set<Role> = [.finance]
    public typealias Reply = WriteDown

    public var enterprise: String
    public var township: String
    public var agreementNumber: String
    public var dated: CalendarDay
    public var decisionDocument: String?
    /// How inseparable premises are settled, e.g. by exchange (第十一条（二）).
    public var settlement: String?

    public init(
        enterprise: String, township: String, agreementNumber: String, dated: CalendarDay,
        decisionDocument: String? = nil, settlement: String? = nil
    ) {
        self.enterprise = enterprise
        self.township = township
        self.agreementNumber = agreementNumber
        self.dated = dated
        self.decisionDocument = decisionDocument
        self.settlement = settlement
    }
}

/// The assets are handed over, free of charge, as they are (第十一条（一）).
public struct HandOverAssets: Command {
    public static let name = "assets.hand-over.record"
    public static let roles: Set<Role> = [.finance, .naturalResources]
    public typealias Reply = Done

    public var enterprise: String
    public var dated: CalendarDay

    public init(enterprise: String, dated: CalendarDay) {
        self.enterprise = enterprise
        self.dated = dated
    }
}
