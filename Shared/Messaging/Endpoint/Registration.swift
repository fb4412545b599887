/// What an instance does for its service.
public enum InstanceRole: String, Codable, Sendable {
    /// Answers commands and queries.
    case writer
    /// Answers queries only.
    case reader
    /// Answers nothing; it only asks and follows streams.
    case client
}

/// How an instance presents itself to the broker.
public struct Registration: Equatable, Sendable {
    /// The service, as the key registry names it: `registry`.
    public var service: String
    /// Unique on the bus: `registry-1`.
    public var instance: String
    public var role: InstanceRole
    /// How many requests the instance takes in hand at a time.
    public var credit: Int
    /// The streams whose heads it wants to hear. Those it may not read are left out by the broker.
    public var streams: [String]
    /// The epoch of the writer's lock on its store. Of two writers, commands go to the one with the higher epoch.
    public var writerEpoch: UInt64
    /// The messages that it answers. The broker gives it no others.
    public var answers: [String: MessageKind]

    public init(
        service: String, instance: String, role: InstanceRole, credit: Int = 256, streams: [String] = [],
        writerEpoch: UInt64 = 0, answers: [String: MessageKind] = [:]
    ) {
        self.service = service
        self.instance = instance
        self.role = role
        self.credit = credit
        self.streams = streams
        self.writerEpoch = writerEpoch
        self.answers = answers
    }
}
