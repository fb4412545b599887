import Domain
import FoundationEssentials

/// One line of a service's table of messages: how its bytes become a case of the closed enum.
public struct MessageEntry<Case: Sendable>: Sendable {
    public let name: String
    public let version: Int
    public let roles: Set<Role>
    /// See `Request.longestTextInCharacters`; of events none, as they are made by services.
    public let longestTextInCharacters: Int
    public let decode: @Sendable (Data) throws -> Case
    /// Decodes many in one message, see `Each`; nil for what is no command.
    public let decodeEach: (@Sendable (Data) throws -> [EachItem<Case>])?
    /// Decodes and encodes again: for the samples that each run of the tests reads.
    public let roundTrip: @Sendable (Data) throws -> Data
    public let replyRoundTrip: (@Sendable (Data) throws -> Data)?
    /// The Swift type: of an event it tells title and sensitivity.
    public let requestType: any Message.Type
    public let replyType: (any (Codable & Sendable).Type)?

    public init<M: Command>(_ wrap: @escaping @Sendable (M) -> Case) {
        self.init(message: wrap, roles: M.roles, longestText: M.longestTextInCharacters, reply: M.Reply.self) { data in
            try JSONDecoder().decode(Each<M>.self, from: data).items.map {
                EachItem(command: wrap($0), bytes: try JSONCoding.bytes($0))
            }
        }
    }

    public init<M: Query>(_ wrap: @escaping @Sendable (M) -> Case) {
        self.init(message: wrap, roles: M.roles, longestText: M.longestTextInCharacters, reply: M.Reply.self)
    }

    public init<M: Event>(event wrap: @escaping @Sendable (M) -> Case) {
        name = M.name
        version = M.version
        roles = []
        longestTextInCharacters = .max
        decode = { wrap(try JSONDecoder().decode(M.self, from: $0)) }
        decodeEach = nil
        roundTrip = { try JSONCoding.canonical(JSONDecoder().decode(M.self, from: $0)) }
        replyRoundTrip = nil
        requestType = M.self
        replyType = nil
    }

    private init<M: Message, R: Codable & Sendable>(
        message wrap: @escaping @Sendable (M) -> Case, roles: Set<Role>, longestText: Int, reply: R.Type,
        each: (@Sendable (Data) throws -> [EachItem<Case>])? = nil
    ) {
        name = M.name
        version = M.version
        self.roles = roles
        longestTextInCharacters = longestText
        decode = { wrap(try JSONDecoder().decode(M.self, from: $0)) }
        decodeEach = each
        roundTrip = { try JSONCoding.canonical(JSONDecoder().decode(M.self, from: $0)) }
        replyRoundTrip = { try JSONCoding.canonical(JSONDecoder().decode(R.self, from: $0)) }
        requestType = M.self
        replyType = R.self
    }
}

/// The closed enum of a service's commands, of its queries, or of its events.
public protocol MessageSet: Sendable {
    static var table: [MessageEntry<Self>] { get }
}

extension MessageSet {
    /// The entry for a name and version; nil for an unknown one.
    public static func entry(_ name: String, version: Int) -> MessageEntry<Self>? {
        // By place: handing whole entries to a closure took a quarter of the time that an event takes.
        let table = table
        for place in table.indices where table[place].name == name && table[place].version == version {
            return table[place]
        }
        return nil
    }
}

/// JSON with sorted keys, so that equal values have equal bytes.
public enum JSONCoding {
    public static func canonical(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Canonical as well: a command sent again under its number must have the same bytes.
    public static func bytes(_ value: some Encodable) throws -> [UInt8] { Array(try canonical(value)) }

    public static func value<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// The path of the field that could not be read; never its value.
    public static func fields(of error: DecodingError) -> [String] {
        let path: [any CodingKey]
        switch error {
        case .keyNotFound(let key, let context): path = context.codingPath + [key]
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            path = context.codingPath
        @unknown default: path = []
        }
        return path.isEmpty ? [] : [path.map(\.stringValue).joined(separator: ".")]
    }
}
