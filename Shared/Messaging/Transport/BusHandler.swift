/// Takes what comes over the bus. Called on the bus's own thread, one call at a time: return quickly, never wait here
/// (above all not in `askAndWait`), hand longer work to another thread.
public protocol BusHandler: Sendable {
    func received(_ request: IncomingRequest)
    /// All requests of one wake-up. Without an own version each goes to ``received(_:)-(IncomingRequest)``.
    func received(_ requests: [IncomingRequest])
    /// Streams that have grown. May repeat and may be older than what was heard before.
    func heads(_ heads: [StreamHead])
    func connected()
    func disconnected()
    /// The broker refuses the registration; the connection goes on trying.
    func refused(_ failure: BusFailure)
}

extension BusHandler {
    public func received(_ requests: [IncomingRequest]) { for request in requests { received(request) } }
    public func heads(_ heads: [StreamHead]) {}
    public func connected() {}
    public func disconnected() {}
    public func refused(_ failure: BusFailure) {}
}
