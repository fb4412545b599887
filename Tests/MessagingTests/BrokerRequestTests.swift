import Domain
import Testing

@testable import Messaging

@Suite("Broker: requests")
struct BrokerRequestTests {
    private func failure(_ result: Result<BusReply, BusFailure>) -> String? {
        if case .failure(let failure) = result { return failure.slug }
        return nil
    }

    private func text(_ result: Result<BusReply, BusFailure>) -> String? { try? result.get().body.text }

    @Test("A command goes to the writer, with the proven caller, the asker's instance, the context and the number")
    func command() throws {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.reader("archives", 2))
        world.add(.client())
        world.run(milliseconds: 1)
        var request = OutgoingRequest.command("hello")
        request.context = "{\"user\":1}".bytes
        request.version = 4
        request.command = CommandNumber(session: 5, counter: 6)
        let reply = try world.answer(to: request, from: "gateway-1").get()
        #expect(reply.body.text == "archives-1:hello")
        #expect(reply.command == CommandNumber(session: 5, counter: 6))
        let received = try #require(world.members["archives-1"]?.requests.first)
        #expect(received.caller == "gateway" && received.callerInstance == "gateway-1")
        #expect(received.context.text == "{\"user\":1}" && received.version == 4)
        #expect(received.command == CommandNumber(session: 5, counter: 6))
        #expect(received.message == "archives.file.do" && received.expiresAt != nil)
        #expect(world.members["archives-2"]?.requests.isEmpty == true)
    }

    @Test("What a service says beside its answer reaches the asker")
    func replyContext() throws {
        var world = BusWorld()
        world.add(.writer("archives")) {
            OutgoingReply(token: $0.token, status: .done, context: "17".bytes, body: "{}".bytes)
        }
        world.add(.client())
        #expect(try world.answer(to: .command(), from: "gateway-1").get().context.text == "17")
    }

    @Test("Who gave up while waiting leaves nothing in the queue that holds up those who come later")
    func abandoned() throws {
        var world = BusWorld()
        world.add(.client("gateway", 1))
        world.run(milliseconds: 5)
        _ = world.ask("gateway-1", .query("given up"))
        _ = world.ask("gateway-1", .command("given up"))
        world.run(milliseconds: 50)
        world.members["gateway-1"]!.endpoint.leave(now: world.instant(of: "gateway-1"))
        world.run(milliseconds: 50)
        world.kill("gateway-1")
        world.add(.writer("archives"))
        world.add(.client("gateway", 2))
        world.run(milliseconds: 50)
        let tickets = [world.ask("gateway-2", .query("a")), world.ask("gateway-2", .command("b"))]
        world.run(milliseconds: 50)
        let answers = tickets.map { world.members["gateway-2"]!.answers[$0]?.first.flatMap(text) }
        #expect(answers == ["archives-1:a", "archives-1:b"])
    }

    @Test("A refusal of the service comes through as it is")
    func refusal() throws {
        var world = BusWorld()
        world.add(.writer("archives")) { OutgoingReply(token: $0.token, status: .refused, body: "{\"slug\":1}".bytes) }
        world.add(.client())
        let reply = try world.answer(to: .command(), from: "gateway-1").get()
        #expect(reply.status == .refused && reply.body.text == "{\"slug\":1}")
    }

    @Test("Queries are shared evenly between writer and readers")
    func sharing() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.reader("archives", 2))
        world.add(.reader("archives", 3))
        world.add(.client())
        world.run(milliseconds: 1)
        for _ in 0..<30 { _ = world.answer(to: .query(), from: "gateway-1") }
        #expect(["archives-1", "archives-2", "archives-3"].map { world.members[$0]!.requests.count } == [10, 10, 10])
    }

    @Test("The least loaded instance gets the query")
    func leastLoaded() {
        var world = BusWorld()
        world.add(.writer("archives"), thinkingInMilliseconds: 500)
        world.add(.reader("archives", 2))
        world.add(.client())
        world.run(milliseconds: 1)
        for _ in 0..<20 {
            _ = world.ask("gateway-1", .query())
            world.run(milliseconds: 5)
        }
        #expect(world.members["archives-1"]!.requests.count == 1)
        #expect(world.members["archives-2"]!.requests.count == 19)
    }

    @Test("What the table forbids is not allowed, what no instance answers is unknown")
    func policy() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.client())
        world.run(milliseconds: 1)
        let secret = OutgoingRequest(service: "archives", message: "secret.file.get")
        #expect(failure(world.answer(to: secret, from: "gateway-1")) == "bus.not-allowed")
        let unknown = OutgoingRequest(service: "archives", message: "archives.file.unheard")
        #expect(failure(world.answer(to: unknown, from: "gateway-1")) == "bus.unknown-message")
        #expect(world.members["archives-1"]!.requests.isEmpty)
    }

    @Test("A command without a number, which only a foreign program sends, is malformed")
    func unnumbered() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.client())
        world.run(milliseconds: 1)
        let frame = Frame(kind: .request, correlation: 9, service: "archives", message: "archives.file.do")
        let identity = world.members["gateway-1"]!.identity
        let deliveries = world.broker!.receive(frame, from: identity, caller: "gateway", now: world.now)
        #expect(deliveries.count == 1 && deliveries[0].frame.correlation == 9)
        #expect(BusFailure.decoded(from: deliveries[0].frame.body) == .malformed)
    }

    @Test("A request past its deadline is not handed on")
    func passedDeadline() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.client())
        world.run(milliseconds: 1)
        let frame = Frame(
            kind: .request, correlation: 9, remainingInMilliseconds: 0, command: CommandNumber(session: 1, counter: 1),
            service: "archives", message: "archives.file.do")
        let identity = world.members["gateway-1"]!.identity
        let deliveries = world.broker!.receive(frame, from: identity, caller: "gateway", now: world.now)
        #expect(BusFailure.decoded(from: deliveries[0].frame.body) == .deadline)
    }

    @Test("An instance gets no more than its credit; the rest waits, in order, and then follows")
    func credit() {
        var world = BusWorld()
        world.add(.writer("archives", credit: 2), thinkingInMilliseconds: 10)
        world.add(.client())
        world.run(milliseconds: 1)
        for number in 0..<5 { _ = world.ask("gateway-1", .command("\(number)")) }
        world.run(milliseconds: 5)
        #expect(world.members["archives-1"]!.requests.map(\.body.text) == ["0", "1"])
        let service = world.broker!.snapshot(now: world.now).services.first { $0.service == "archives" }
        #expect(service?.queued == 3 && service?.inFlight == 2 && service?.queuedInBytes == 3)
        world.run(milliseconds: 40)
        #expect(world.members["archives-1"]!.requests.map(\.body.text) == ["0", "1", "2", "3", "4"])
        #expect(world.members["gateway-1"]!.answers.count == 5)
    }

    @Test("Commands that wait for the writer do not hold up queries, nor the other way round")
    func fairness() {
        var world = BusWorld()
        world.add(.writer("archives", credit: 1), thinkingInMilliseconds: 10)
        world.add(.client())
        world.run(milliseconds: 1)
        for number in 0..<6 { _ = world.ask("gateway-1", .command("c\(number)")) }
        for number in 0..<2 { _ = world.ask("gateway-1", .query("q\(number)")) }
        world.run(milliseconds: 62)
        let bodies = world.members["archives-1"]!.requests.map(\.body.text)
        #expect(bodies.contains("q1") && bodies.contains("c3"))
    }

    @Test("A full queue is busy with a time to come back, by number and by bytes")
    func busy() {
        for byBytes in [false, true] {
            var limits = BrokerLimits()
            limits.queueLength = byBytes ? 1000 : 3
            limits.queueInBytes = byBytes ? 3000 : 1_000_000
            var world = BusWorld(limits: limits)
            world.add(.writer("archives", credit: 1)) { _ in nil }
            world.add(.client())
            world.run(milliseconds: 1)
            var request = OutgoingRequest.command(String(repeating: "x", count: 1000))
            request.timeoutInMilliseconds = 150
            for _ in 0..<5 { _ = world.ask("gateway-1", request) }
            world.run(milliseconds: 10)
            let answers = world.members["gateway-1"]!.answers.values.flatMap { $0 }
            // One in hand, three in the queue; the deadline is nearer than the time to come back.
            #expect(answers == [.failure(.busy(retryAfterInMilliseconds: 200))])
        }
    }

    @Test("Who is told to come back comes back by itself, and the caller sees nothing of it")
    func busyThenDone() {
        var limits = BrokerLimits()
        limits.queueLength = 1
        var world = BusWorld(limits: limits)
        world.add(.writer("archives", credit: 1), thinkingInMilliseconds: 50)
        world.add(.client())
        world.run(milliseconds: 1)
        let tickets = (0..<6).map { _ in world.ask("gateway-1", .command()) }
        world.run(milliseconds: 3000)
        for ticket in tickets { #expect(text(world.members["gateway-1"]!.answers[ticket]![0]) == "archives-1:x") }
        #expect(world.broker!.snapshot(now: world.now).counters.failures["bus.busy"]! >= 4)
    }

    @Test("Without an instance a request waits five seconds, then there is no worker")
    func noWorker() {
        var world = BusWorld()
        world.add(.client())
        world.run(milliseconds: 1)
        let asked = world.now
        #expect(failure(world.answer(to: .query(), from: "gateway-1")) == "bus.no-worker")
        #expect((4990...5100).contains(world.now.milliseconds(since: asked)))
    }

    @Test("An instance that appears in time answers what has waited")
    func workerAppears() {
        var world = BusWorld()
        world.add(.client())
        world.run(milliseconds: 1)
        let ticket = world.ask("gateway-1", .command())
        world.run(milliseconds: 3000)
        world.add(.writer("archives"))
        world.run(milliseconds: 10)
        #expect(text(world.members["gateway-1"]!.answers[ticket]![0]) == "archives-1:x")
    }

    @Test("A command does not go to a reader")
    func readerOnly() {
        var world = BusWorld()
        world.add(.reader("archives", 2))
        world.add(.client())
        world.run(milliseconds: 1)
        #expect(text(world.answer(to: .query(), from: "gateway-1")) == "archives-2:x")
        #expect(failure(world.answer(to: .command(), from: "gateway-1")) == "bus.no-worker")
    }

    @Test("At its deadline a request is answered by the bus, and the answer that comes later is dropped")
    func deadline() {
        var world = BusWorld()
        world.add(.writer("archives"), thinkingInMilliseconds: 900)
        world.add(.client())
        world.run(milliseconds: 1)
        var request = OutgoingRequest.command()
        request.timeoutInMilliseconds = 300
        #expect(failure(world.answer(to: request, from: "gateway-1")) == "bus.deadline")
        world.run(milliseconds: 1000)
        let snapshot = world.broker!.snapshot(now: world.now)
        #expect(snapshot.counters.lateReplies == 1)
        #expect(snapshot.instances.allSatisfy { $0.inFlight == 0 && $0.asking == 0 })
    }

    @Test("An instance that hangs keeps what it has in hand counted, so that others get the queries")
    func hanging() {
        var world = BusWorld()
        world.add(.reader("archives", 2, credit: 3)) { _ in nil }
        world.add(.reader("archives", 3))
        world.add(.client())
        world.run(milliseconds: 1)
        for _ in 0..<40 {
            var request = OutgoingRequest.query()
            request.timeoutInMilliseconds = 100
            _ = world.ask("gateway-1", request)
            world.run(milliseconds: 110)
        }
        #expect(world.members["archives-2"]!.requests.count <= 3)
        world.run(milliseconds: 11_000)
        #expect(world.broker!.snapshot(now: world.now).instances.allSatisfy { $0.inFlight == 0 })
    }

    @Test("Only the instance that has a request in hand may answer it")
    func wrongAnswerer() {
        var world = BusWorld()
        world.add(.writer("archives")) { _ in nil }
        world.add(.reader("archives", 2))
        world.add(.client())
        world.run(milliseconds: 1)
        _ = world.ask("gateway-1", .command())
        world.run(milliseconds: 1)
        let correlation = world.members["archives-1"]!.requests[0].token.correlation
        let forged = Frame(kind: .reply, correlation: correlation, body: "forged".bytes)
        let reader = world.members["archives-2"]!.identity
        #expect(world.broker!.receive(forged, from: reader, caller: "archives", now: world.now).isEmpty)
        #expect(world.broker!.snapshot(now: world.now).counters.lateReplies == 1)
    }

    @Test("A request that was sent again while in hand is not given to a second instance")
    func repeated() {
        var world = BusWorld()
        world.add(.reader("archives", 2), thinkingInMilliseconds: 3500)
        world.add(.reader("archives", 3), thinkingInMilliseconds: 3500)
        world.add(.client())
        world.run(milliseconds: 1)
        #expect(text(world.answer(to: .query(), from: "gateway-1")) != nil)
        let requests = world.members["archives-2"]!.requests.count + world.members["archives-3"]!.requests.count
        #expect(requests == 1)
        #expect(world.broker!.snapshot(now: world.now).counters.repeatedRequests == 2)
    }

    @Test("The broker tells its own state over the bus")
    func status() throws {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.client())
        world.run(milliseconds: 1)
        let request = OutgoingRequest(service: "bus", message: "bus.status")
        let reply = try world.answer(to: request, from: "gateway-1").get()
        let snapshot = try #require(JSON.decode(BrokerSnapshot.self, from: reply.body))
        #expect(snapshot.instances.map(\.instance) == ["archives-1", "gateway-1"])
        #expect(snapshot.instances.map(\.isActiveWriter) == [true, false])
        let other = OutgoingRequest(service: "bus", message: "bus.secret")
        #expect(failure(world.answer(to: other, from: "gateway-1")) == "bus.unknown-message")
    }

    @Test("Broken bytes that look like a request are answered, others are only counted")
    func broken() {
        var world = BusWorld()
        let peer = PeerIdentity([9])
        var bytes = FrameTests.full.bytes(wall: .start)
        bytes[1] = 7
        let answered = world.broker!.receive(broken: bytes, from: peer, now: world.now)
        #expect(answered.count == 1 && answered[0].frame.correlation == FrameTests.full.correlation)
        #expect(BusFailure.decoded(from: answered[0].frame.body) == .malformed)
        bytes[2] = 200
        #expect(world.broker!.receive(broken: bytes, from: peer, now: world.now).count == 1)
        bytes[2] = FrameKind.reply.rawValue
        #expect(world.broker!.receive(broken: bytes, from: peer, now: world.now).isEmpty)
        #expect(world.broker!.receive(broken: [1, 2], from: peer, now: world.now).isEmpty)
        #expect(world.broker!.snapshot(now: world.now).counters.malformed == 4)
    }
}
