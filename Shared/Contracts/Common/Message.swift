import Domain

/// Anything that goes over the bus as JSON. Name and version are written by hand and never derived from Swift names;
/// a retired name is never used again. Adding an optional field keeps the version; any other change makes a new one.
public protocol Message: Codable, Sendable {
    /// `service.subject.verb`, stable for ever.
    static var name: String { get }
    static var version: Int { get }
}

extension Message {
    public static var version: Int { 1 }
}

/// A question or an order to one service.
public protocol Request: Message {
    associatedtype Reply: Codable & Sendable
    /// The roles whose duties (第十九条) include this request. The owning service refuses every other.
    static var roles: Set<Role> { get }
    /// The most characters of any one text in it; a longer one is refused before anything is decided.
    static var longestTextInCharacters: Int { get }
}

extension Request {
    public static var longestTextInCharacters: Int { 4_000 }
}

/// Changes state. Answered by the writer; the same command number always gets the same stored answer.
public protocol Command: Request {}

/// Reads state from a snapshot. Answered by any instance.
public protocol Query: Request {}

/// The answer of a command that has nothing to tell beyond "done".
public struct Done: Codable, Sendable, Equatable {
    public init() {}
}

/// A retiree in the ledger. Given by the registry, never reused.
public struct PersonID: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    public var rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public var key: String { "person:\(rawValue)" }

    public static func < (left: PersonID, right: PersonID) -> Bool { left.rawValue < right.rawValue }
}
