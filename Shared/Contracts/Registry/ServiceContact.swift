import Domain

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
