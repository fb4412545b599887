import Domain

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
