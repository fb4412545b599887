import Contracts
import Messaging

/// How far this service has followed the logs it reads, and what to fetch next. Pure: heads and answers in, requests
/// out; times are those of a steady clock, in milliseconds. One request per log is under way at a time; hints may be
/// lost, doubled or reordered without harm, because only the highest head counts and each beat of the bus repeats it.
public struct Subscriptions: Sendable {
    public struct Fetch: Sendable {
        public let stream: ServiceName
        public let request: FetchLog
    }

    private struct Position {
        var epoch: UInt64?
        var applied: Int64
        var head: Int64
        var isUnderWay = false
        /// On the steady clock, in milliseconds.
        var retryAt: Int64?
        var fetchedAt: Int64?
        /// Events that were passed over are to be fetched again after this one, before anything new.
        var again: Int64?
        /// A head was heard that lies before what is applied: asking the producer tells whether it was only late.
        var isDoubtful = false
        /// The epoch of the head that was heard last.
        var heard: UInt64?
        var halted: Halt?
        /// The head's epoch when the log was halted: a later one may be the way out.
        var haltedIn: UInt64?

        /// Whether the producer's log has begun another epoch: where it joins on comes before all else.
        var hasOtherEpoch: Bool { epoch != nil && heard.map { $0 != epoch } ?? false }
        var next: Int64 { hasOtherEpoch ? applied : again ?? applied }
        var isDue: Bool { head > applied || again != nil || isDoubtful }
    }

    /// How long a log rests after a fetch that brought nothing.
    private static let pauseInMilliseconds: Int64 = 500

    /// While a log keeps growing, events gather for so long and share a fetch and a commit: without it seven followers
    /// spent more on commits for a few events each than the producer on its commands. A log at rest is fetched from at
    /// once.
    private static let gatheringInMilliseconds: Int64 = 10
    /// Whoever is further behind does not wait.
    private static let mostGathered: Int64 = 200

    /// Events fetched at a time: large enough to share a commit, small enough to answer commands in between.
    public static let eventsPerFetch = 1000

    private var positions: [ServiceName: Position] = [:]

    public init() {}

    /// Enters where a log stands applied, as the store has it.
    public mutating func start(_ stream: ServiceName, epoch: UInt64?, applied: Int64, again: Int64? = nil) {
        positions[stream] = Position(epoch: epoch, applied: applied, head: applied, again: again)
    }

    public mutating func learn(_ heads: [StreamHead]) {
        for head in heads {
            guard let stream = ServiceName(rawValue: head.stream), var position = positions[stream] else { continue }
            position.heard = head.epoch
            if position.epoch == nil || position.epoch == head.epoch {
                position.head = max(position.head, head.seq)
                if head.seq < position.applied { position.isDoubtful = true }
                // The producer was put right.
                if position.halted == .shorter, head.seq >= position.applied { position.halted = nil }
            } else {
                if position.halted != nil, position.haltedIn != head.epoch { position.halted = nil }
                // Another epoch: ask, and let the answer be compared with what was applied.
                position.head = max(position.head, position.applied + 1)
            }
            positions[stream] = position
        }
    }

    /// The fetches to send now.
    public mutating func due(at now: Int64) -> [Fetch] {
        var fetches: [Fetch] = []
        for stream in positions.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard var position = positions[stream], position.halted == nil, !position.isUnderWay,
                position.isDue, position.retryAt ?? .min <= now
            else { continue }
            if let ready = Self.gathering(position, now) {
                positions[stream]?.retryAt = ready
                continue
            }
            position.isUnderWay = true
            position.retryAt = nil
            position.fetchedAt = now
            position.isDoubtful = false
            positions[stream] = position
            fetches.append(
                Fetch(
                    stream: stream,
                    request: FetchLog(
                        epoch: position.epoch, after: position.next, limit: Self.eventsPerFetch)))
        }
        return fetches
    }

    /// Until when to let events gather; nil when it is time.
    private static func gathering(_ position: Position, _ now: Int64) -> Int64? {
        guard let fetched = position.fetchedAt, position.head - position.applied < mostGathered else { return nil }
        let ready = fetched + gatheringInMilliseconds
        return now < ready ? ready : nil
    }

    /// A fetch brought nothing usable, or its events could not be kept for now: try again after a pause.
    public mutating func failed(_ stream: ServiceName, at now: Int64) {
        positions[stream]?.isUnderWay = false
        positions[stream]?.retryAt = now + Self.pauseInMilliseconds
    }

    /// A fetch was applied up to `seq`; the producer stood at `head`. Where that brought nothing new although a higher
    /// head was announced, the log rests for a while: the producer may never get there.
    public mutating func applied(_ stream: ServiceName, epoch: UInt64, seq: Int64, head: Int64, at now: Int64) {
        guard var position = positions[stream] else { return }
        position.isUnderWay = false
        if position.epoch == epoch || position.epoch == nil {
            if seq <= position.applied { position.retryAt = now + Self.pauseInMilliseconds }
            position.applied = max(position.applied, seq)
            position.head = max(head, position.head)
        } else {
            position.applied = seq
            position.head = head
            position.heard = epoch
        }
        position.epoch = epoch
        positions[stream] = position
    }

    /// Events that had been passed over are taken in up to `next`, where more begin; with nil there are none left.
    public mutating func tookAgain(_ stream: ServiceName, next: Int64?) {
        positions[stream]?.isUnderWay = false
        positions[stream]?.again = next
    }

    /// The log is not the one that was followed so far, or this program cannot take it in: it stands still.
    public mutating func halt(_ stream: ServiceName, reason: Halt) {
        guard var position = positions[stream] else { return }
        position.isUnderWay = false
        position.halted = reason
        position.haltedIn = position.heard
        positions[stream] = position
    }

    /// The earliest moment at which a fetch is to be tried again; nil when nothing waits for the clock.
    public var nextRetry: Int64? { positions.values.compactMap(\.retryAt).min() }

    /// Where each log stands; how many keys of it are parked is the store's to tell.
    public func followed() -> [FollowedStream] {
        positions.sorted { $0.key.rawValue < $1.key.rawValue }.map { stream, position in
            FollowedStream(
                stream: stream.rawValue, applied: position.applied, head: position.head, parkedKeys: 0,
                halted: position.halted?.message, haltedSlug: position.halted?.slug)
        }
    }

    /// What is announced of how far `follower` has applied other logs, for those who write them.
    public func positions(of follower: ServiceName) -> [StreamHead] {
        positions.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { stream, position in
            position.epoch.map {
                StreamHead(stream: OwnLog.position(of: follower, in: stream), epoch: $0, seq: position.applied)
            }
        }
    }

    public func applied(_ stream: ServiceName) -> Int64? { positions[stream]?.applied }
}
