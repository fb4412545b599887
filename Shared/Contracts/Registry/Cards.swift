import Domain

/// Issues the contact card (第十六条（三）).
public struct IssueCard: Command {
    public static let name = "registry.card.issue"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = IssuedCard

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Enters or changes how the officer's own township is reached.
public struct RecordContact: Command {
    public static let name = "registry.contact.record"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var contact: ServiceContact

    public init(contact: ServiceContact) {
        self.contact = contact
    }
}

/// The contact cards that were issued within the asker's area, in the order of their people.
public struct ListCards: Query {
    public static let name = "registry.card.list"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = CardRows

    public var after: Int64?
    public var limit: Int

    public init(after: Int64? = nil, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// A contact card's number (联系卡).
public struct IssuedCard: Codable, Equatable, Sendable {
    public var cardNumber: String

    public init(cardNumber: String) {
        self.cardNumber = cardNumber
    }
}

/// Whose contact card it is.
public struct CardRow: Codable, Equatable, Sendable {
    public var person: PersonRow
    public var cardNumber: String

    public init(person: PersonRow, cardNumber: String) {
        self.person = person
        self.cardNumber = cardNumber
    }
}

/// A page of contact cards.
public struct CardRows: Codable, Equatable, Sendable {
    public var rows: [CardRow]
    /// Ask again with this as `after`; nil at the end.
    public var next: Int64?
    /// How the asker's own township is reached, as its cards tell it.
    public var contact: ServiceContact?

    public init(rows: [CardRow], next: Int64? = nil, contact: ServiceContact? = nil) {
        self.rows = rows
        self.next = next
        self.contact = contact
    }
}

/// How retirees reach the township that manages them, as their contact cards tell it (第十六条（三）). Public, and no
/// person's own.
public struct ServiceContact: Codable, Equatable, Sendable {
    /// One or more numbers, as `TelephoneNumber` takes them.
    public var telephone: String
    /// Where to go; empty when it is not told.
    public var address: String

    public init(telephone: String, address: String) {
        self.telephone = telephone
        self.address = address
    }
}

/// The contact card was issued.
public struct CardIssued: PersonEvent {
    public static let name = "registry.card.issued"
    public static let title = "发放联系卡"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.confirmation) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// A township is reached in another way.
public struct ContactRecorded: Event {
    public static let name = "registry.contact.recorded"
    public static let title = "更改乡镇联系方式"
    public static let sensitivity = Sensitivity.open

    /// Nine digits.
    public var township: String

    public var key: String { "township:\(township)" }

    public init(township: String) {
        self.township = township
    }
}

extension RegistryRefusal {
    public static let notConfirmed = Refusal(
        "registry.card.not-confirmed", .conflict, article: Article(number: 16, paragraph: 3),
        "尚未逐一核实本人信息，不能发放联系卡，请先办理“核对信息”。")
    public static let wrongContact = Refusal(
        "registry.contact.wrong", .invalid, article: Article(number: 16, paragraph: 3),
        "请填写能打通的联系电话（7 至 12 位数字，多个用“、”隔开）；地址不超过 100 字。")
}
