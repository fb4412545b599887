import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Synchronization

/// The operators' connection to the bus, with the key of `jieli`.
final class BusClient: Sendable {
    /// How long a request that found a service busy, or on its way back, is asked again.
    static let patienceInMilliseconds: Int64 = 30_000
    /// Who waits longer than this is told for whom.
    private static let silenceInMilliseconds: Int64 = 3000

    private let connection: BusConnection
    private let proofs = Mutex<(any OfficerProofs)?>(nil)

    init(_ county: CountyFolder) throws {
        let keys = KeyFolder(county.keys)
        let pair = try CurveKeyPair.read(path: keys.curveFile(.jieli)).keys
        connection = BusConnection(
            configuration: BusConfiguration(
                address: county.busAddress, brokerPublicKey: try keys.publicKey(of: .bus), publicKey: pair.publicKey,
                secretKey: pair.secretKey),
            registration: Registration(service: "jieli", instance: Self.nextInstance(), role: .client),
            clock: SystemClock(), randomness: SystemRandomness(), handler: NoRequests())
        try connection.start()
    }

    /// Each connection its own: the supervisor has several, and the bus lets in one of a name.
    private static func nextInstance() -> String {
        "jieli-\(getpid())-\(connections.add(1, ordering: .relaxed).newValue)"
    }

    private static let connections = Atomic(0)

    func stop() {
        proofs.withLock { $0 }?.finish()
        connection.stop(drainInMilliseconds: 0)
    }

    /// By what officers are proved from now on.
    func prove(by proofs: any OfficerProofs) { self.proofs.withLock { $0 = proofs } }

    /// For the context of a request: what proves the officer, or nothing for the command line itself.
    func context(of officer: Officer?) throws -> [UInt8] {
        guard let officer else { return [] }
        guard let proofs = proofs.withLock({ $0 }) else { throw AccessRefusal.notProven }
        return try proofs.assertion(for: officer)
    }

    func nextCommandNumber() -> CommandNumber { connection.nextCommandNumber() }

    /// Asks, and asks again after failures that may pass: the same command number gives the same answer. Says on
    /// standard error for whom it waits.
    /// - Throws: `Refusal`; a `CommandFailure` when the service does not answer in the end.
    func ask<R: Request>(
        _ request: R, of service: ServiceName, as officer: Officer?, command: CommandNumber? = nil
    ) throws -> R.Reply {
        let bytes = try JSONCoding.bytes(request)
        do {
            let body = try ask(
                service, R.name, version: UInt16(R.version), bytes, as: officer, command: command,
                waiting: { Terminal.complain("正在等待“\(service.chinese)”服务答复……") })
            return try JSONCoding.value(R.Reply.self, from: body)
        } catch let failure as BusFailure where Self.mayPass(failure) {
            throw CommandFailure.failed(
                """
                “\(service.chinese)”服务没有答复（\(failure.slug)）。已经完成的部分不会丢失，也不会重复。
                请用 jieli status 查看各服务，日志在数据目录的 log 中；恢复后重新执行同一命令即可。
                """)
        }
    }

    /// As `ask` of a typed request, for messages that every service answers.
    /// - Parameters:
    ///   - patienceInMilliseconds: how long to ask again.
    ///   - waiting: called once when the answer takes long.
    /// - Throws: `Refusal`, `BusFailure`.
    func ask(
        _ service: ServiceName, _ message: String, version: UInt16 = 1, _ body: [UInt8], as officer: Officer?,
        command: CommandNumber? = nil, patienceInMilliseconds: Int64 = BusClient.patienceInMilliseconds,
        waiting: (() -> Void)? = nil
    ) throws -> [UInt8] {
        let start = MonotonicClock.milliseconds()
        var isTold = false
        var outgoing = OutgoingRequest(
            service: service.rawValue, message: message, version: version, context: try context(of: officer),
            body: body, command: command ?? connection.nextCommandNumber())
        while true {
            outgoing.timeoutInMilliseconds = min(10_000, patienceInMilliseconds)
            do {
                return try Self.body(of: connection.askAndWait(outgoing))
            } catch let failure as BusFailure {
                let waited = MonotonicClock.milliseconds() - start
                guard Self.mayPass(failure), waited < patienceInMilliseconds else { throw failure }
                if let waiting, !isTold, waited >= Self.silenceInMilliseconds {
                    waiting()
                    isTold = true
                }
                usleep(useconds_t(min(max(failure.retryAfterInMilliseconds ?? 200, 20), 2000)) * 1000)
            }
        }
    }

    /// Sends once, without waiting. `completion` comes on the bus's thread.
    func send(_ outgoing: OutgoingRequest, _ completion: @escaping @Sendable (Result<[UInt8], any Error>) -> Void) {
        connection.ask(outgoing) { result in
            completion(Result { try Self.body(of: result.get()) })
        }
    }

    /// What may be otherwise a moment later; the others would fail again in the same way.
    static func mayPass(_ failure: BusFailure) -> Bool {
        [BusFailure.noWorker, .workerLost, .deadline].contains { $0.slug == failure.slug }
            || failure.slug == BusFailure.busy(retryAfterInMilliseconds: 0).slug
    }

    private static func body(of reply: BusReply) throws -> [UInt8] {
        guard reply.status == .done else { throw try JSONCoding.value(Refusal.self, from: reply.body) }
        return reply.body
    }
}

/// Nobody asks anything of the command line.
private struct NoRequests: BusHandler {
    func received(_ request: IncomingRequest) {}
}
