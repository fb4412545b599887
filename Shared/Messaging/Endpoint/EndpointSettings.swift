/// The times and sizes of an endpoint. The values here are those of the protocol; tests shorten them.
public struct EndpointSettings: Equatable, Sendable {
    public var beatIntervalInMilliseconds: Int64 = 1000
    /// After so long without a frame from the broker it is taken for lost, and the endpoint registers again.
    public var silenceInMilliseconds: Int64 = 3000
    /// The first wait before an unanswered request is sent again; it doubles each time, up to eight times.
    public var resendAfterInMilliseconds: Int64 = 1000
    /// How long an ask without a deadline of its own waits.
    public var patienceInMilliseconds: Int64 = 10_000
    /// Largest frame, header included. What is larger fails with `bus.too-large` before it is sent.
    public var largestFrameInBytes: Int = 8 * 1024 * 1024

    public init() {}
}
