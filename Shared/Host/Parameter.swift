import Contracts
import Domain

/// A number, day or table by which a service decides, as data that hold from a day on: declared beside the rule, with
/// the rows that the program brings. The county adds later rows; none is ever changed or taken away.
public struct Parameter<Value: Codable & Equatable & Sendable>: Sendable {
    /// Stable, e.g. `deadline.archives`; unique over all services.
    public let name: String
    public let title: String
    /// What a value looks like, for people.
    public let form: String
    /// Who may set it, beside the system's operators, who carry out what an office has decided.
    public let roles: Set<Role>
    /// In the order of their days. Never empty.
    public let defaults: [DatedValue<Value>]
    let isValid: @Sendable (Value) -> Bool
    let text: @Sendable (Value) -> String

    /// - Parameters:
    ///   - isValid: whether a value makes sense at all.
    ///   - text: a value for people.
    public init(
        _ name: String, title: String, form: String, roles: Set<Role>, defaults: [DatedValue<Value>],
        isValid: @escaping @Sendable (Value) -> Bool, text: @escaping @Sendable (Value) -> String
    ) {
        self.name = name
        self.title = title
        self.form = form
        self.roles = roles.union([.systemOperator])
        self.defaults = defaults
        self.isValid = isValid
        self.text = text
    }

    /// What a decision made by a value records.
    public func applied(_ dated: DatedValue<Value>) -> AppliedRule {
        AppliedRule(text: text(dated.value), holdsFrom: dated.holdsFrom, source: dated.source)
    }
}

/// A value, the first day on which it holds, and who says so.
public struct DatedValue<Value: Codable & Equatable & Sendable>: Equatable, Sendable {
    public let value: Value
    public let holdsFrom: CalendarDay
    public let source: String

    public init(_ value: Value, from day: CalendarDay, source: String) {
        self.value = value
        holdsFrom = day
        self.source = source
    }
}

/// A parameter whatever the type of its values: for the lists of a service's parameters.
public protocol AnyParameter: Sendable {
    var name: String { get }
    var title: String { get }
    var form: String { get }
    var roles: Set<Role> { get }
    /// The rows that the program brings.
    var shipped: [ParameterRow] { get }
    /// - Throws: `ParameterRefusal.wrongValue`.
    func check(_ json: String) throws -> (canonical: String, text: String)
}

extension Parameter: AnyParameter {
    public var shipped: [ParameterRow] {
        defaults.map {
            ParameterRow(
                holdsFrom: $0.holdsFrom, value: Self.json($0.value), text: text($0.value), source: $0.source)
        }
    }

    public func check(_ json: String) throws -> (canonical: String, text: String) {
        guard let value = try? JSONCoding.value(Value.self, from: Array(json.utf8)), isValid(value) else {
            throw ParameterRefusal.wrongValue.naming([form])
        }
        return (Self.json(value), text(value))
    }

    static func json(_ value: Value) -> String {
        String(decoding: (try? JSONCoding.bytes(value)) ?? [], as: UTF8.self)
    }
}
