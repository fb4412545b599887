import FoundationEssentials

/// Many commands of one kind in one message, on behalf of one officer. Each is decided by itself: a refused one leaves
/// nothing behind and the others stay, and all that was done becomes durable with one commit. The command number of
/// the message is that of the first item, the next item has the next one; so an item that was sent before is answered
/// as then, whether it came alone, in the same message or in another cut of the same work.
public struct Each<C: Command>: Message {
    public static var name: String { C.name + EachRule.suffix }
    public static var version: Int { C.version }

    public var items: [C]

    public init(items: [C]) { self.items = items }
}

/// What became of one of many commands.
public enum ItemOutcome<Reply: Codable & Sendable>: Codable, Sendable {
    case done(Reply)
    case refused(Refusal)

    private enum CodingKeys: String, CodingKey {
        case done, refused
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let refusal = try container.decodeIfPresent(Refusal.self, forKey: .refused) {
            self = .refused(refusal)
        } else {
            self = .done(try container.decode(Reply.self, forKey: .done))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .done(let reply): try container.encode(reply, forKey: .done)
        case .refused(let refusal): try container.encode(refusal, forKey: .refused)
        }
    }
}

/// What became of them all, in the order in which they came.
public struct ItemOutcomes<Reply: Codable & Sendable>: Codable, Sendable {
    public var outcomes: [ItemOutcome<Reply>]

    public init(outcomes: [ItemOutcome<Reply>]) { self.outcomes = outcomes }
}

/// What holds of every message for many.
public enum EachRule {
    /// Behind the name of the command.
    public static let suffix = ".each"
    /// More in one turn of the writer would keep all others waiting.
    public static let mostItems = 500

    public static let wrongCount = Refusal(
        "request.each-count", .invalid, "一次须提交 1 至 \(mostItems) 项，请分批提交。")
}

/// One of many commands, with the bytes that it would have if it came alone.
public struct EachItem<Case: Sendable>: Sendable {
    public let command: Case
    public let bytes: [UInt8]
}
