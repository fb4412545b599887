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
    private let clock: ManualClock
    private var endpoint: Endpoint
    private var open: [Ticket: Wish] = [:]
    private var answers: [Int: (status: ReplyStatus, body: [UInt8])] = [:]
    private var wishes = 0

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
    var nextDue: SteadyInstant? { endpoint.nextDue }

    /// Sends a command; the answer is there later under the number given back.
    func wish(_ command: some Command, as officer: Officer) throws -> Int {
        wishes += 1
        let name = type(of: command).name
        let request = OutgoingRequest(
            service: String(name.prefix { $0 != "." }), message: name, version: UInt16(type(of: command).version),
            context: try JSONCoding.bytes(officer), body: try JSONCoding.bytes(command),
            command: CommandNumber(session: 1, counter: UInt64(wishes)))
        ask(Wish(identifier: wishes, request: request))
        return wishes
    }

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
            guard let wish = open.removeValue(forKey: ticket) else { continue }
            switch result {
            case .success(let reply): answers[wish.identifier] = (reply.status, reply.body)
            // A time-out tells nothing: the same number is asked again and gets the one answer.
            case .failure: ask(wish)
            }
        }
    }

    func crash() {}
    func restart() {}
    func log() throws -> [LogRecord] { [] }
    var head: LogHead? { nil }
    func offsets() throws -> [String: StreamOffset] { [:] }
}
