import Domain
import Kernel
import Testing

@testable import Messaging

@Suite("Time on the bus")
struct TimeTests {
    private let peer = PeerIdentity([1])
    private let worker = PeerIdentity([2])

    private func broker() -> Broker {
        Broker(policy: TestPolicy(), randomness: SeededRandomness(1), startedAt: .start, now: .start)
    }

    private func hello(_ service: String, _ role: InstanceRole, speaks: UInt8?) -> Frame {
        let body = HelloBody(
            role: role, credit: 5, streams: [], writerEpoch: 1, session: 5, startedAt: .start, heads: [],
            speaks: speaks,
            answers: speaks == nil ? nil : AnsweredMessages(["archives.file.do": .command]))
        return Frame(
            kind: .hello, correlation: 1, service: service, instance: "\(service)-1", body: JSON.encode(body))
    }

    private func at(_ milliseconds: Int64) -> SteadyInstant {
        SteadyInstant.start.advanced(byMilliseconds: milliseconds)
    }

    private func command(remaining: Int64) -> Frame {
        Frame(
            kind: .request, correlation: 9, protocolVersion: 2, remainingInMilliseconds: remaining,
            command: CommandNumber(session: 1, counter: 1), service: "archives", message: "archives.file.do")
    }

    @Test("The broker subtracts what a request waited for its worker, each time it sends it")
    func subtracting() {
        var broker = broker()
        _ = broker.receive(
            hello("gateway", .client, speaks: 2), from: peer, caller: "gateway",
            now: at(0))
        _ = broker.receive(command(remaining: 5000), from: peer, caller: "gateway", now: at(0))
        let sent = broker.receive(
            hello("archives", .writer, speaks: 2), from: worker, caller: "archives",
            now: at(1500))
        let request = sent.first { $0.frame.kind == .request }?.frame
        #expect(request?.remainingInMilliseconds == 3500 && request?.protocolVersion == 2)
        // What the asker says of its time when it sends again changes nothing.
        let again = broker.receive(command(remaining: 500), from: peer, caller: "gateway", now: at(2500))
        #expect(again.map(\.frame.remainingInMilliseconds) == [2500] && again[0].peer == worker)
        #expect(broker.tick(now: at(4999)).isEmpty)
        #expect(broker.tick(now: at(5000)).map(\.frame.kind) == [.reply])
    }

    @Test("A broker that was stopped for a while counts that while to the askers' time")
    func stopped() {
        var broker = broker()
        _ = broker.receive(
            hello("gateway", .client, speaks: 2), from: peer, caller: "gateway",
            now: at(0))
        _ = broker.receive(command(remaining: 4000), from: peer, caller: "gateway", now: at(0))
        let late = broker.tick(now: at(60_000))
        #expect(late.map { BusFailure.decoded(from: $0.frame.body) } == [.deadline])
    }

    @Test("Who speaks version 1 gets and gives deadlines, and who speaks version 2 the time that remains")
    func versions() throws {
        let wall = Timestamp.start
        for (asker, answerer) in [(UInt8?.none, UInt8?.some(2)), (2, nil), (nil, nil), (3, 3)] {
            var broker = broker()
            _ = broker.receive(hello("gateway", .client, speaks: asker), from: peer, caller: "gateway", now: at(0))
            _ = broker.receive(
                hello("archives", .writer, speaks: answerer), from: worker, caller: "archives", now: at(0))
            var request = command(remaining: 10_000)
            request.protocolVersion = asker == nil ? 1 : 2
            let arrived = try Frame(parts: request.parts(wall: wall), wall: wall.advanced(byMilliseconds: 1000))
            #expect(arrived.remainingInMilliseconds == (asker == nil ? 9000 : 10_000))
            let sent = broker.receive(arrived, from: peer, caller: "gateway", now: at(0))
            #expect(sent.map(\.frame.protocolVersion) == [answerer == nil ? 1 : 2])
            let bytes = sent[0].frame.bytes(wall: wall)
            let time = bytes[12..<20].reduce(Int64(0)) { $0 << 8 | Int64($1) }
            let expected = asker == nil ? Int64(9000) : 10_000
            #expect(time == (answerer == nil ? wall.millisecondsSinceEpoch + expected : expected))
        }
    }

    @Test("A broker that says no version gets deadlines; one that says 2 the time that remains")
    func olderBroker() {
        for speaks in [nil, 2] as [UInt8?] {
            var endpoint = Endpoint(
                registration: .client(), randomness: SeededRandomness(4), startedAt: .start, now: at(0))
            endpoint.start(now: at(0))
            _ = endpoint.ask(.command(), now: at(0))
            _ = endpoint.takeFrames()
            let body = WelcomeBody(session: 9, heads: [], speaks: speaks)
            endpoint.receive(Frame(kind: .welcome, correlation: 1, body: JSON.encode(body)), now: at(700))
            let request = endpoint.takeFrames().first
            #expect(request?.protocolVersion == speaks ?? 1 && request?.remainingInMilliseconds == 9300)
        }
    }

    @Test("A time beyond all measure overflows nothing")
    func beyondMeasure() throws {
        for version in [1, 2] as [UInt8] {
            var bytes = FrameTests.full.bytes(wall: .start)
            bytes[1] = version
            bytes.replaceSubrange(12..<20, with: [0x7F] + [UInt8](repeating: 0xFF, count: 7))
            #expect(try Frame(parts: [bytes], wall: .start).remainingInMilliseconds == 86_400_000)
        }
        var endpoint = Endpoint(registration: .client(), randomness: SeededRandomness(4), startedAt: .start, now: at(0))
        var request = OutgoingRequest.query()
        request.timeoutInMilliseconds = .max
        _ = endpoint.ask(request, now: at(0))
        #expect(endpoint.openAsks == 1)
    }
}
