import Domain

/// What the assets (资产划转) service tells the others.
public enum AssetsEvent: MessageSet {
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
}

/// The inventory is in.
public struct InventoryRecorded: Event {
    public static let name = "assets.inventory.recorded"

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

    public var enterprise: String

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String) {
        self.enterprise = enterprise
    }
}

/// The agreement is signed.
public struct AgreementSigned: Event {
    public static let name = "assets.agreement.signed"

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

    public var enterprise: String
    public var on: CalendarDay

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, on: CalendarDay) {
        self.enterprise = enterprise
        self.on = on
    }
}
