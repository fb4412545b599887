/// The times and sizes of a broker. The values here are those of the protocol; tests shorten them.
public struct BrokerLimits: Equatable, Sendable {
    /// After so long without a frame a peer is taken for dead.
    public var silenceInMilliseconds: Int64 = 3000
    /// How many requests may wait for one service; the next one gets `bus.busy`.
    public var queueLength: Int = 10_000
    /// How many bytes of requests may wait for one service.
    public var queueInBytes: Int = 64 * 1024 * 1024
    /// How long a request waits for an instance of its service to appear, so that a restart shows no error.
    public var waitForWorkerInMilliseconds: Int64 = 5000
    /// The wait that `bus.busy` proposes.
    public var retryAfterInMilliseconds: Int64 = 200
    /// How long a request without a deadline is kept, and the most that any request is kept.
    public var longestWaitInMilliseconds: Int64 = 60_000
    /// How many peers may be registered; the next one is refused.
    public var peers: Int = 4096
    /// How many of them with the keys of one service, so that one stolen key does not shut out everybody else.
    public var peersOfOneService: Int = 128

    public init() {}
}
