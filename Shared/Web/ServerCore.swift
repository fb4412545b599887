import Kernel
import Synchronization

/// What all connections of one server share.
final class ServerCore: Sendable {
    let handler: any WebHandler
    let limits: WebLimits
    let trust: ProxyTrust
    let log: @Sendable (String) -> Void
    let running: RunningRequests
    private let stopping = Atomic<Bool>(false)

    init(handler: any WebHandler, limits: WebLimits, trust: ProxyTrust, log: @escaping @Sendable (String) -> Void) {
        self.handler = handler
        self.limits = limits
        self.trust = trust
        self.log = log
        running = RunningRequests(limits: limits)
    }

    /// Once true, streams end.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func beginStopping() { stopping.store(true, ordering: .releasing) }
}
