import Glibc
import Kernel
import Synchronization

/// An HTTP/1.1 server for one application.
///
/// Each connection has a thread, on which its requests are handled one after the other: a handler may block and holds
/// up only its own client. Requests beyond the limits, with a broken encoding or with an ambiguous framing are refused
/// before they reach the handler.
public final class WebServer: Sendable {
    /// After the requests' time is over, their threads are waited for so long.
    private static let threadLimitInSeconds = 5

    /// The port it listens on, also when any was asked for.
    public let boundPort: UInt16
    private let core: ServerCore
    private let running: Mutex<Running?>

    private struct Running: ~Copyable, Sendable {
        var daemon: WebDaemon
        var socket: ListenSocket
    }

    /// Listens, and answers from now on.
    /// - Parameters:
    ///   - address: numeric: `127.0.0.1` for this machine only, `0.0.0.0` for all, `::` for all with IPv6.
    ///   - port: 0 for any free one, see `boundPort`.
    ///   - certificate: with one, the server speaks TLS 1.2 or newer and nothing else.
    ///   - log: takes the HTTP library's own messages, without what a client sent. Standard error by default.
    /// - Throws: `web.address-invalid`, `web.address-unusable`, `web.port-busy`, `web.port-forbidden`,
    ///   `web.socket-failed`, `web.certificate-unreadable`, `web.certificate-invalid`, `web.start-failed`.
    public init(
        address: String, port: UInt16, limits: WebLimits = WebLimits(), certificate: WebCertificate? = nil,
        log: (@Sendable (String) -> Void)? = nil, handler: any WebHandler
    ) throws(WebError) {
        core = ServerCore(
            handler: handler, limits: limits, isSecure: certificate != nil, log: log ?? ServerLog.standardError)
        let socket = try ListenSocket(address: address, port: port)
        let daemon = try WebDaemon(core: core, socket: socket, certificate: certificate)
        boundPort = socket.port
        running = Mutex(Running(daemon: daemon, socket: socket))
        let watch = core.headWatch
        if !OwnThread.detached(name: "web-watch", { watch.run() }) { core.log("无法启动监视线程，慢速请求只受空闲时限约束。") }
    }

    deinit { stop() }

    /// Takes no more connections, lets running requests finish within the drain limit, ends streams, and closes.
    /// - Returns: whether all went in order. False when a handler still had not come back after all; its thread is then
    ///   left behind.
    @discardableResult
    public func stop() -> Bool {
        guard let running = running.withLock({ $0.take() }) else { return true }
        core.beginStopping()
        let descriptor = running.daemon.quiesce()
        running.socket.refuseClients()
        let isIdle = core.waitUntilIdle(limitInSeconds: core.limits.drainLimitInSeconds)
        core.headWatch.stop()
        let isStopped = Monitor(false)
        let daemon = Handover(running.daemon)
        let isStarted = OwnThread.detached(name: "web-stop") {
            daemon.take()?.stop()
            close(descriptor)
            isStopped.update { $0 = true }
        }
        let deadline = MonotonicClock.milliseconds() + Int64(Self.threadLimitInSeconds) * 1000
        return isStarted && isIdle && isStopped.wait(untilMilliseconds: deadline) { $0 ? true : nil } != nil
    }
}

/// Carries a value that cannot be copied into a closure that could, in principle, be called twice.
private final class Handover: Sendable {
    private let value: Mutex<WebDaemon?>

    init(_ value: consuming WebDaemon) { self.value = Mutex(value) }

    func take() -> WebDaemon? { value.withLock { $0.take() } }
}
