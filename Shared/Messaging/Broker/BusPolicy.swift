/// The one table of who may do what on the bus. The broker asks it for each frame, so its answers must be quick. Which
/// messages a service answers is not in it: each instance says so when it registers.
public protocol BusPolicy: Sendable {
    /// Whether the service `caller`, proven by its key, may send `message` to `service`.
    /// The broker's own status is asked as service `bus`, message `bus.status`.
    func mayAsk(caller: String, service: String, message: String) -> Bool
    /// Whether `caller` may read `stream`; decides who gets its hints.
    func mayRead(caller: String, stream: String) -> Bool
    /// Whether the holder of the key of `caller` may register as `service`. Normally only under its own name.
    func mayRegister(caller: String, service: String) -> Bool
}

extension BusPolicy {
    public func mayRegister(caller: String, service: String) -> Bool { caller == service }
}
