/// What is wrong with a value that somebody typed or sent. Codes are stable; messages are for people and never repeat
/// the value, because most values here are personal data.
public struct DomainError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Stable slug such as `money.too-large`.
    public let code: String
    /// What to do, in Chinese.
    public let message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(code): \(message)" }
}
