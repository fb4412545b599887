/// How a message of a service is answered.
public enum MessageKind: String, Codable, Sendable {
    /// Changes state: the writer only. Needs a command number.
    case command
    /// Reads: any instance that knows it.
    case query
}

/// What an instance answers, each message's name with its kind; as a JSON object.
struct AnsweredMessages: Codable, Equatable, Sendable {
    var kinds: [String: MessageKind]

    init(_ kinds: [String: MessageKind]) { self.kinds = kinds }

    /// A kind that a later program may have is taken for a command: the writer answers everything.
    init(from decoder: any Decoder) throws {
        let names = try decoder.singleValueContainer().decode([String: String].self)
        kinds = names.mapValues { MessageKind(rawValue: $0) ?? .command }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(kinds.mapValues(\.rawValue))
    }
}
