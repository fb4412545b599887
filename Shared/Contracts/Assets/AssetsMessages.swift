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

/// What the assets (资产划转) service can be asked.
public enum AssetsQuery: MessageSet {
    case getAssets(GetAssets)
    case assetsWork(AssetsWork)

    public static let table: [MessageEntry<AssetsQuery>] = [
        MessageEntry(AssetsQuery.getAssets),
        MessageEntry(AssetsQuery.assetsWork),
    ]
}

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

/// The refusals of the assets service.
public enum AssetsRefusal {}
