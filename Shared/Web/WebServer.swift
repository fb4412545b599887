import Glibc
import Kernel
import Synchronization

/// An HTTP/1.1 server for one application.
///
/// Each request has a connection, and from the moment that it is complete a thread: a handler may block and holds up
/// only its own client. Requests beyond the limits, with a broken encoding or with an ambiguous framing are refused
/// before they reach the handler. TLS is the business of a proxy in front.
public final class WebServer: Sendable {
    /// After the requests' time is over, their threads are waited for so long.
    private static let threadLimitInSeconds = 5

    /// The port it listens on, also when any was asked for.
    public let boundPort: UInt16
    private let core: ServerCore
    private let door: Door
    private let running: Mutex<WebDaemon?>

    /// Listens, and answers from now on.
    /// - Parameters:
    ///   - address: numeric: `127.0.0.1` for this machine only, `0.0.0.0` for all, `::` for all with IPv6.
    ///   - port: 0 for any free one, see `boundPort`.
    ///   - trust: whose word about a client's address is believed.
    ///   - log: takes what happened at the door and the HTTP library's own messages, without what a client sent.
    ///     Standard error by default.
    /// - Throws: `web.address-invalid`, `web.address-unusable`, `web.port-busy`, `web.port-forbidden`,
    ///   `web.socket-failed`, `web.start-failed`.
    public init(
        address: String, port: UInt16, limits: WebLimits = WebLimits(), trust: ProxyTrust = ProxyTrust(),
        log: (@Sendable (String) -> Void)? = nil, handler: any WebHandler
    ) throws(WebError) {
        core = ServerCore(
            handler: handler, limits: limits, trust: trust, log: ServerLog.throttled(log ?? ServerLog.standardError))
        let socket = try ListenSocket(address: address, port: port)
        boundPort = socket.port
        let door = try Door(core: core)
        let daemon = try WebDaemon(core: core)
        let handOver = daemon.handOver
        do throws(WebError) {
            try door.open(socket, handOver: handOver)
        } catch {
            daemon.stop()
            throw error
        }
        running = Mutex(daemon)
        self.door = door
    }

    /// What happens at the door.
    public var tally: DoorTally {
        var tally = door.tally
        for (lane, count) in core.running.counts() { tally.running[lane.rawValue] = count }
        return tally
    }

    deinit { stop() }

    /// Takes no more connections, lets running requests finish within the drain limit, ends streams, and closes.
    /// - Returns: whether all went in order. False when a handler still had not come back after all; its thread is then
    ///   left behind.
    @discardableResult
    public func stop() -> Bool {
        guard let daemon = running.withLock({ $0.take() }) else { return true }
        core.beginStopping()
        door.close()
        let isIdle = core.running.waitUntilIdle(limitInSeconds: core.limits.drainLimitInSeconds)
        let isStopped = Monitor(false)
        let handed = Handover(daemon)
        let isStarted = OwnThread.detached(name: "web-stop") {
            handed.take()?.stop()
            isStopped.update { $0 = true }
        }
        let deadline = MonotonicClock.milliseconds() + Int64(Self.threadLimitInSeconds) * 1000
        return isStarted && isIdle && isStopped.wait(untilMilliseconds: deadline) { $0 ? true : nil } != nil
    }
}

/// Carries a value that cannot be copied into a closure that could, in principle, be called twice.
final class Handover<Value: ~Copyable & Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: consuming sending Value) { self.value = Mutex(value) }

    func take() -> Value? { value.withLock { $0.take() } }
}
