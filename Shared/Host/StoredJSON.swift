import Contracts

/// What a service keeps as JSON in a column, sealed or not. Rows outlive the program: for each type and each version of
/// it a sample lies beside the service's tests (`Samples/<Type>.v1.json`), which each run of the tests reads. So a
/// field that comes later is optional or `Later`; anything else is another type in another column.
public protocol StoredJSON: Codable, Sendable {}

extension StoredJSON {
    public init(stored bytes: [UInt8]) throws { self = try JSONCoding.value(Self.self, from: bytes) }

    public func stored() throws -> [UInt8] { try JSONCoding.bytes(self) }
}

extension [String]: StoredJSON {}

/// A field that rows written before it do not have: there it is empty. It is written like any other.
@propertyWrapper
public struct Later<Value: Codable & Sendable & Emptiable>: Codable, Sendable {
    public var wrappedValue: Value

    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        wrappedValue = try decoder.singleValueContainer().decode(Value.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension Later: Equatable where Value: Equatable {}

/// A type with a value that says nothing.
public protocol Emptiable {
    static var empty: Self { get }
}

extension String: Emptiable {
    public static var empty: String { "" }
}

extension Array: Emptiable {
    public static var empty: [Element] { [] }
}

extension Bool: Emptiable {
    public static var empty: Bool { false }
}

extension KeyedDecodingContainer {
    /// What the compiler's own decoding of a `Later` field calls.
    public func decode<Value>(_ type: Later<Value>.Type, forKey key: Key) throws -> Later<Value> {
        Later(wrappedValue: try decodeIfPresent(Value.self, forKey: key) ?? .empty)
    }
}
