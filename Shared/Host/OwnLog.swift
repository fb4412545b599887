import Contracts
import Messaging
import Store

/// What others have seen of this service's own log, held against the log itself. A log that is shorter than what others
/// have applied of it has lost what was acknowledged: it must not grow a second history under the same numbers.
struct OwnLog {
    private let name: ServiceName
    /// Former epochs that are settled: whoever stands in one of them is told where to join on.
    private var settled: Set<UInt64>
    private var seen: [ServiceName: StreamHead] = [:]

    init(_ name: ServiceName, settled: Set<UInt64>) {
        self.name = name
        self.settled = settled
    }

    /// The streams in which others tell how far they have followed this log: the follower's name, and the log's.
    static func positions(of log: ServiceName) -> [String] {
        ServiceName.allCases.filter { $0 != log && AccessTable.mayRead($0, log: log) }
            .map { position(of: $0, in: log) }
    }

    static func position(of follower: ServiceName, in log: ServiceName) -> String {
        "\(follower.rawValue)/\(log.rawValue)"
    }

    /// Former epochs were settled by a person: what others know beyond is no longer held against this log.
    mutating func settle(_ epochs: Set<UInt64>) { settled = epochs }

    mutating func learn(_ heads: [StreamHead]) {
        for head in heads {
            let parts = head.stream.split(separator: "/")
            guard parts.count == 2, parts[1] == name.rawValue, let follower = ServiceName(rawValue: String(parts[0]))
            else { continue }
            seen[follower] = head
        }
    }

    /// Who has seen what the log does not have; nil when nobody has.
    func witness(against head: LogHead) -> (follower: ServiceName, epoch: UInt64, seq: Int64)? {
        seen.filter { isLost($0.value, head) }.map { (follower: $0.key, epoch: $0.value.epoch, seq: $0.value.seq) }
            .max { ($0.seq, $0.follower.rawValue) < ($1.seq, $1.follower.rawValue) }
    }

    private func isLost(_ position: StreamHead, _ head: LogHead) -> Bool {
        guard position.seq > 0, !settled.contains(position.epoch) else { return false }
        return position.epoch != head.epoch || position.seq > head.seq
    }
}

extension ServiceLogic {
    /// The streams whose heads a service wants to hear: the logs that it follows, and how far others follow its own.
    public static var heardStreams: [String] {
        follows.map(\.stream.rawValue) + OwnLog.positions(of: name)
    }
}
