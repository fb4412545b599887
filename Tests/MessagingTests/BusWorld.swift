import Domain
import Kernel

@testable import Messaging

/// A broker and endpoints on a memory network and a clock that the test moves: the pieces that run on ZeroMQ, without
/// threads. Endpoints answer by a closure, at once or after a time.
struct BusWorld {
    struct Member {
        var endpoint: Endpoint
        var identity: PeerIdentity
        var caller: String
        var isAlive = true
        var answer: (IncomingRequest) -> OutgoingReply?
        var requests: [IncomingRequest] = []
        var answers: [Ticket: [Result<BusReply, BusFailure>]] = [:]
        var heads: [StreamHead] = []
        var refusals: [BusFailure] = []
        var connections = 0
        var disconnections = 0
        /// Replies that are given later than at once.
        var later: [(at: SteadyInstant, reply: OutgoingReply)] = []
        var thinkingInMilliseconds: Int64 = 0
        /// How far its steady clock is from the network's; no two machines count from the same beginning.
        var steadyOffsetInMilliseconds: Int64
        /// How far its wall clock is ahead.
        var wallSkewInMilliseconds: Int64 = 0
    }

    static let brokerIdentity = PeerIdentity([0])

    /// The network's clock, by which the broker runs too.
    var now = SteadyInstant.start
    let random: SeededRandomness
    var broker: Broker?
    var network: MemoryNetwork
    var members: [String: Member] = [:]
    let limits: BrokerLimits
    private var lastIdentity: UInt8 = 0

    init(seed: UInt64 = 1, limits: BrokerLimits = BrokerLimits(), faults: NetworkFaults = .none) {
        random = SeededRandomness(seed)
        self.limits = limits
        network = MemoryNetwork(randomness: random, faults: faults)
        broker = Broker(policy: TestPolicy(), limits: limits, randomness: random, startedAt: .start, now: now)
    }

    /// Answers with the name of the instance and the body that came.
    mutating func add(
        _ registration: Registration, caller: String? = nil, thinkingInMilliseconds: Int64 = 0,
        wallSkewInMilliseconds: Int64 = 0, settings: EndpointSettings = EndpointSettings(),
        answer: ((IncomingRequest) -> OutgoingReply?)? = nil
    ) {
        lastIdentity += 1
        let name = registration.instance
        let offset = Int64(random.number(below: 1_000_000_000))
        let instant = now.advanced(byMilliseconds: offset)
        var endpoint = Endpoint(
            registration: registration, settings: settings, randomness: random,
            startedAt: Timestamp.start.advanced(byMilliseconds: wallSkewInMilliseconds), now: instant)
        endpoint.start(now: instant)
        members[name] = Member(
            endpoint: endpoint, identity: PeerIdentity([lastIdentity]), caller: caller ?? registration.service,
            answer: answer ?? { request in
                OutgoingReply(token: request.token, status: .done, body: (name + ":").bytes + request.body)
            }, thinkingInMilliseconds: thinkingInMilliseconds, steadyOffsetInMilliseconds: offset,
            wallSkewInMilliseconds: wallSkewInMilliseconds)
    }

    /// The moment on a member's own steady clock.
    func instant(of member: String) -> SteadyInstant {
        now.advanced(byMilliseconds: members[member]!.steadyOffsetInMilliseconds)
    }

    mutating func ask(_ member: String, _ request: OutgoingRequest) -> Ticket {
        members[member]!.endpoint.ask(request, now: instant(of: member))
    }

    /// Asks and runs until the answer is there.
    mutating func answer(to request: OutgoingRequest, from member: String) -> Result<BusReply, BusFailure> {
        let ticket = ask(member, request)
        for _ in 0..<100_000 {
            if let answer = members[member]!.answers[ticket]?.first { return answer }
            run(milliseconds: 1)
        }
        return .failure(BusFailure(slug: "test.no-answer", message: "no answer in 100 seconds"))
    }

    mutating func kill(_ member: String) { members[member]!.isAlive = false }

    mutating func restartBroker() {
        broker = Broker(policy: TestPolicy(), limits: limits, randomness: random, startedAt: .start, now: now)
    }

    /// As a new connection over ZeroMQ does: another routing identity, and the endpoint is told.
    mutating func reconnect(_ member: String) {
        lastIdentity += 1
        members[member]!.identity = PeerIdentity([lastIdentity])
        members[member]!.endpoint.reconnected(now: instant(of: member))
    }

    mutating func run(milliseconds: Int64, step: Int64 = 1) {
        for _ in 0..<(milliseconds / step) {
            settle()
            now = now.advanced(byMilliseconds: step)
        }
        settle()
    }

    /// Moves what can move at this moment until nothing more happens.
    mutating func settle() {
        var isMoving = true
        var isFirst = true
        while isMoving {
            isMoving = false
            for name in members.keys.sorted() where members[name]!.isAlive {
                if isFirst || members[name]!.endpoint.nextDue <= instant(of: name) {
                    members[name]!.endpoint.tick(now: instant(of: name))
                }
                giveLateReplies(name)
                take(eventsOf: name)
                let identity = members[name]!.identity
                for frame in members[name]!.endpoint.takeFrames() {
                    network.send(from: identity, to: Self.brokerIdentity, frame: frame, now: now)
                    isMoving = true
                }
            }
            deliver(broker?.tick(now: now) ?? [])
            for arrival in network.due(now: now) {
                isMoving = true
                arrive(arrival)
            }
            isFirst = false
        }
    }

    private mutating func deliver(_ deliveries: [Delivery]) {
        for delivery in deliveries {
            network.send(from: Self.brokerIdentity, to: delivery.peer, frame: delivery.frame, now: now)
        }
    }

    private mutating func arrive(_ arrival: MemoryNetwork.Arrival) {
        // Through its bytes, so that a simulation tries the wire format as well.
        guard
            let frame = try? Frame(
                parts: arrival.frame.parts(wall: wall(of: arrival.from)), wall: wall(of: arrival.to))
        else { return }
        if arrival.to == Self.brokerIdentity {
            guard let sender = members.values.first(where: { $0.identity == arrival.from }) else { return }
            deliver(broker?.receive(frame, from: arrival.from, caller: sender.caller, now: now) ?? [])
        } else if let name = members.first(where: { $0.value.identity == arrival.to })?.key {
            if members[name]!.isAlive { members[name]!.endpoint.receive(frame, now: instant(of: name)) }
        }
    }

    private func wall(of peer: PeerIdentity) -> Timestamp {
        let skew = members.values.first { $0.identity == peer }?.wallSkewInMilliseconds ?? 0
        return Timestamp.start.advanced(byMilliseconds: now.milliseconds(since: .start) + skew)
    }

    private mutating func giveLateReplies(_ name: String) {
        let due = members[name]!.later.filter { $0.at <= now }
        guard !due.isEmpty else { return }
        members[name]!.later.removeAll { $0.at <= now }
        for (_, reply) in due { members[name]!.endpoint.reply(reply, now: instant(of: name)) }
    }

    private mutating func take(eventsOf name: String) {
        for event in members[name]!.endpoint.takeEvents() {
            switch event {
            case .connected: members[name]!.connections += 1
            case .disconnected: members[name]!.disconnections += 1
            case .refused(let failure): members[name]!.refusals.append(failure)
            case .heads(let heads): members[name]!.heads += heads
            case .answered(let ticket, let result): members[name]!.answers[ticket, default: []].append(result)
            case .request(let request):
                members[name]!.requests.append(request)
                guard let reply = members[name]!.answer(request) else { continue }
                if members[name]!.thinkingInMilliseconds == 0 {
                    members[name]!.endpoint.reply(reply, now: instant(of: name))
                } else {
                    let at = now.advanced(byMilliseconds: members[name]!.thinkingInMilliseconds)
                    members[name]!.later.append((at, reply))
                }
            }
        }
    }
}

extension Registration {
    /// Messages that end in `.do` are commands, in `.get` queries.
    static func answers(_ service: String) -> [String: MessageKind] {
        ["\(service).file.do": .command, "\(service).file.get": .query, "a.file.do": .command, "a.get": .query]
    }
    static func writer(_ service: String, _ number: Int = 1, epoch: UInt64 = 1, credit: Int = 256) -> Registration {
        Registration(
            service: service, instance: "\(service)-\(number)", role: .writer, credit: credit, writerEpoch: epoch,
            answers: answers(service))
    }
    static func reader(_ service: String, _ number: Int, credit: Int = 256) -> Registration {
        Registration(
            service: service, instance: "\(service)-\(number)", role: .reader, credit: credit, answers: answers(service)
        )
    }
    static func client(_ service: String = "gateway", _ number: Int = 1, streams: [String] = []) -> Registration {
        Registration(service: service, instance: "\(service)-\(number)", role: .client, streams: streams)
    }
}

extension OutgoingRequest {
    static func command(_ body: String = "x", to service: String = "archives") -> OutgoingRequest {
        OutgoingRequest(service: service, message: "\(service).file.do", body: body.bytes)
    }
    static func query(_ body: String = "x", to service: String = "archives") -> OutgoingRequest {
        OutgoingRequest(service: service, message: "\(service).file.get", body: body.bytes)
    }
}
