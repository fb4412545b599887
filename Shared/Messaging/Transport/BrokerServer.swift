import Domain
import Kernel
import Synchronization

/// Where a broker listens and with which keys.
public struct BrokerConfiguration: Sendable {
    /// `ipc:///run/jieli/bus.sock`, `tcp://0.0.0.0:7300`; one or several, of which one may be a path.
    public var addresses: [String]
    public var keys: CurveKeyPair
    public var limits: BrokerLimits
    /// Largest message that is taken; ZeroMQ disconnects a peer that sends a larger one.
    public var largestFrameInBytes: Int = 8 * 1024 * 1024

    public init(addresses: [String], keys: CurveKeyPair, limits: BrokerLimits = BrokerLimits()) {
        self.addresses = addresses
        self.keys = keys
        self.limits = limits
    }
}

/// A broker on ZeroMQ, on a thread of its own. Stateless: it may be stopped, killed and started at any moment; its
/// peers register again and send again what is outstanding. May be started again after it was stopped, then as a new
/// broker.
public final class BrokerServer: Sendable {
    private let configuration: BrokerConfiguration
    private let registry: KeyRegistry
    private let policy: any BusPolicy
    private let clock: any WallClock
    private let randomness: any Randomness
    private let report: @Sendable (BusSetupError) -> Void
    private let running = Mutex<Running?>(nil)

    private struct Running: Sendable {
        var thread: OwnThread
        var shared: BrokerShared
    }

    /// - Parameter report: called on the broker's thread with what an operator should hear: when the key registry was
    ///   changed into something wrong (the former keys stay in force), when the path of the bus was lost or made anew,
    ///   and when there is no room for more connections.
    public init(
        configuration: BrokerConfiguration, registry: KeyRegistry, policy: any BusPolicy, clock: any WallClock,
        randomness: any Randomness, report: @escaping @Sendable (BusSetupError) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.registry = registry
        self.policy = policy
        self.clock = clock
        self.randomness = randomness
        self.report = report
    }

    /// Binds all addresses; when it returns, peers can connect.
    /// - Throws: `bus.address`, `bus.address-in-use`, `bus.key`, `bus.resources`; `bus.running` when it runs already.
    public func start() throws(BusSetupError) {
        let result: Result<Void, BusSetupError> = running.withLock { running in
            guard running == nil else { return .failure(.running) }
            do throws(BusSetupError) {
                running = try launch()
                return .success(())
            } catch { return .failure(error) }
        }
        try result.get()
    }

    private func launch() throws(BusSetupError) -> Running {
        let broker = Broker(
            policy: policy, limits: configuration.limits, randomness: randomness, startedAt: clock.now(),
            now: MonotonicClock().instant())
        let shared = BrokerShared(broker: broker)
        let ready = Promised<BusSetupError?>()
        let (configuration, registry, clock, report) = (configuration, registry, clock, report)
        let thread = OwnThread(name: "jieli-broker") {
            do throws(BusSetupError) {
                let loop = try BrokerLoop(
                    configuration: configuration, registry: registry, wall: clock, shared: shared, report: report)
                ready.set(nil)
                loop.run()
            } catch { ready.set(error) }
        }
        guard let thread else { throw .resources }
        if let error = ready.wait() {
            thread.join()
            throw error
        }
        return Running(thread: thread, shared: shared)
    }

    /// Closes the sockets and gives the addresses free. Peers notice and try to come back.
    public func stop() {
        let stopped = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let stopped else { return }
        stopped.shared.stop()
        stopped.thread.join()
    }

    /// The state at this moment; nil when the broker does not run.
    public func snapshot() -> BrokerSnapshot? {
        let now = MonotonicClock().instant()
        return running.withLock { $0?.shared }?.broker.withLock { $0.snapshot(now: now) }
    }
}

/// What the broker's thread shares with others.
final class BrokerShared: Sendable {
    /// Locked by its thread for each batch of frames, by others for a snapshot.
    let broker: Mutex<Broker>
    let waker = Waker()
    private let stopping = Atomic<Bool>(false)

    init(broker: Broker) { self.broker = Mutex(broker) }

    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func stop() {
        stopping.store(true, ordering: .releasing)
        waker.wake()
    }
}
