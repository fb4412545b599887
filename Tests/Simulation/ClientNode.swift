import Contracts
import Domain
import Host
import Kernel
import Messaging
import Store
import Support

/// The people at their desks: each wish is asked again under the same number until it is answered.
final class ClientNode: SimulatedNode {
    let peer = PeerIdentity(Array("jieli/1".utf8))
    let service = ServiceName.jieli
    let follows: [ServiceName] = []
    let clock: ManualClock
    let disk: SimulatedDisk? = nil
    let hangsUntil: SteadyInstant? = nil
    let writerEpoch: Int64? = nil
    let complaint: Refusal? = nil
    let storePath = ""
    let instance = 1
    let lives = 1
    private var endpoint: Endpoint
    private var open: [Ticket: Wish] = [:]
    private var answers: [Int: (status: ReplyStatus, body: [UInt8])] = [:]
    private var requests: [OutgoingRequest] = []
    /// What was asked again although it was answered, and the first answer.
    private var repeated: [Ticket: Int] = [:]
    private var others: [String] = []

    private struct Wish {
        var identifier: Int
        var request: OutgoingRequest
    }

    init(clock: ManualClock, randomness: SeededRandomness) {
        self.clock = clock
        endpoint = Endpoint(
            registration: Registration(service: ServiceName.jieli.rawValue, instance: "jieli-1", role: .client),
            randomness: randomness, startedAt: clock.now(), now: clock.instant())
        endpoint.start(now: clock.instant())
    }

    let isUp = true
    var waitInMilliseconds: Int64 { endpoint.nextDue.milliseconds(since: clock.instant()) }
    /// Its own wishes are the test's.
    let outstanding = 0

    /// Sends a command; the answer is there later under the number given back.
    func wish<C: Command>(_ command: C, as officer: Officer) throws -> Int {
        try send(C.name, C.version, String(C.name.prefix { $0 != "." }), officer, JSONCoding.bytes(command))
    }

    /// An operator's order about parked events, which every service takes.
    func wish(_ settle: SettleParked, of service: ServiceName) throws -> Int {
        try send(SettleParked.name, SettleParked.version, service.rawValue, .operations, JSONCoding.bytes(settle))
    }

    func wish(_ reconcile: ReconcileLog, of service: ServiceName) throws -> Int {
        try send(
            ReconcileLog.name, ReconcileLog.version, service.rawValue, .operations, JSONCoding.bytes(reconcile))
    }

    private func send(
        _ message: String, _ version: Int, _ service: String, _ officer: Officer, _ body: [UInt8]
    ) throws -> Int {
        let request = OutgoingRequest(
            service: service, message: message, version: UInt16(version), context: try Authority.context(officer),
            body: body, command: CommandNumber(session: 1, counter: UInt64(requests.count + 1)))
        requests.append(request)
        ask(Wish(identifier: requests.count, request: request))
        return requests.count
    }

    /// Asks everything that was carried out once more, under its number.
    /// - Parameter lost: wishes whose effect was taken away with the store that held their answers.
    func repeatAll(except lost: Set<Int> = []) {
        for (index, request) in requests.enumerated()
        where answers[index + 1]?.status == .done && !lost.contains(index + 1) {
            repeated[endpoint.ask(request, now: clock.instant())] = index + 1
        }
    }

    /// Whether all that was asked once more is answered.
    var hasRepeated: Bool { repeated.isEmpty }

    /// The messages that had another answer the second time.
    var changedAnswers: [String] { others }

    private func ask(_ wish: Wish) { open[endpoint.ask(wish.request, now: clock.instant())] = wish }

    /// Nil while it is not answered; then done or the refusal.
    func outcome(_ wish: Int) throws -> Result<[UInt8], Refusal>? {
        guard let answer = answers[wish] else { return nil }
        if answer.status == .done { return .success(answer.body) }
        return .failure(try JSONCoding.value(Refusal.self, from: answer.body))
    }

    var isQuiet: Bool { open.isEmpty }

    func receive(_ frame: Frame) {
        endpoint.receive(frame, now: clock.instant())
        take()
    }

    func tick() {
        endpoint.tick(now: clock.instant())
        take()
    }

    func takeFrames() -> [Frame] { endpoint.takeFrames() }

    private func take() {
        for case .answered(let ticket, let result) in endpoint.takeEvents() {
            if let first = repeated.removeValue(forKey: ticket) {
                compare(first, result)
                continue
            }
            guard let wish = open.removeValue(forKey: ticket) else { continue }
            switch result {
            // Nothing was done and nothing stored: the same again, until there is room.
            case .success(let reply) where Self.isPassing(reply): ask(wish)
            case .success(let reply): answers[wish.identifier] = (reply.status, reply.body)
            // A time-out tells nothing: the same number is asked again and gets the one answer.
            case .failure: ask(wish)
            }
        }
    }

    private static func isPassing(_ reply: BusReply) -> Bool {
        guard reply.status == .refused, let refusal = try? JSONCoding.value(Refusal.self, from: reply.body) else {
            return false
        }
        return [CommonRefusal.storeFull, CommonRefusal.storeBusy, CommonRefusal.memoryFull].contains {
            $0.slug == refusal.slug
        }
    }

    private func compare(_ wish: Int, _ result: Result<BusReply, BusFailure>) {
        guard case .success(let reply) = result, !Self.isPassing(reply) else {
            repeated[endpoint.ask(requests[wish - 1], now: clock.instant())] = wish
            return
        }
        guard let answer = answers[wish], answer.status == reply.status, answer.body == reply.body else {
            return others.append(requests[wish - 1].message)
        }
    }

    func crash() {}
    func restart() {}
    func hang(forMilliseconds: Int64, withBus: Bool) {}
    func loseLock() {}
    func log() throws -> [LogRecord] { [] }
    var head: LogHead? { nil }
    func offsets() throws -> [String: StreamOffset] { [:] }
}
