/// A value that travels as one JSON string. The text that `description` gives is the text that `init` takes back, so a
/// value means the same in a message, in a store and in a test.
public protocol TextCoded: Codable, Hashable, Sendable, CustomStringConvertible {
    init?(_ text: String)
}

extension TextCoded {
    /// Throws `DecodingError.dataCorrupted` when the text is not a value of this type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a valid \(Self.self)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
