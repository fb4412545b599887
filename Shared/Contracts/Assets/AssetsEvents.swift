import Domain

/// What the assets (资产划转) service tells the others.
public enum AssetsEvent: EventSet {
    case inventoryRecorded(InventoryRecorded)
    case noAssetsDeclared(NoAssetsDeclared)
    case agreementSigned(AgreementSigned)
    case assetsHandedOver(AssetsHandedOver)

    public static let table: [MessageEntry<AssetsEvent>] = [
        MessageEntry(event: AssetsEvent.inventoryRecorded),
        MessageEntry(event: AssetsEvent.noAssetsDeclared),
        MessageEntry(event: AssetsEvent.agreementSigned),
        MessageEntry(event: AssetsEvent.assetsHandedOver),
    ]

    public var event: any Event {
        switch self {
        case .inventoryRecorded(let event): event
        case .noAssetsDeclared(let event): event
        case .agreementSigned(let event): event
        case .assetsHandedOver(let event): event
        }
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

/// The agreement is signed.
public struct AgreementSigned: Event {
    public static let name = "assets.agreement.signed"
    public static let title = "签订资产划转协议"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var township: String
    public var on: CalendarDay

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, township: String, on: CalendarDay) {
        self.enterprise = enterprise
        self.township = township
        self.on = on
    }
}

/// The assets are with the township.
public struct AssetsHandedOver: Event {
    public static let name = "assets.hand-over.recorded"
    public static let title = "资产交接"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var on: CalendarDay

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, on: CalendarDay) {
        self.enterprise = enterprise
        self.on = on
    }
}
