import Kernel
import Testing

@testable import Messaging

@Suite("Broker: who answers what")
struct BrokerRoutingTests {
    private func failure(_ result: Result<BusReply, BusFailure>?) -> String? {
        if case .failure(let failure)? = result { return failure.slug }
        return nil
    }

    private func registration(
        _ number: Int, _ role: InstanceRole, epoch: UInt64 = 0, _ answers: [String: MessageKind]
    ) -> Registration {
        Registration(
            service: "archives", instance: "archives-\(number)", role: role, writerEpoch: epoch, answers: answers)
    }

    private func ask(_ message: String, _ world: inout BusWorld) -> Result<BusReply, BusFailure> {
        world.answer(to: OutgoingRequest(service: "archives", message: message), from: "gateway-1")
    }

    @Test("A message that no broker ever heard of is routed as its instance says")
    func newMessage() throws {
        var world = BusWorld()
        world.add(registration(1, .writer, epoch: 1, ["archives.new.order": .command, "archives.new.look": .query]))
        world.add(registration(2, .reader, ["archives.new.order": .command, "archives.new.look": .query]))
        world.add(.client())
        world.run(milliseconds: 5)
        for _ in 0..<6 {
            #expect(try ask("archives.new.order", &world).get().body.text == "archives-1:")
            _ = try ask("archives.new.look", &world).get()
        }
        #expect(world.members["archives-2"]!.requests.count == 3)
        #expect(failure(ask("archives.old.look", &world)) == "bus.unknown-message")
    }

    @Test("While instances of two versions run, each gets only what it knows")
    func twoVersions() throws {
        var world = BusWorld()
        let old: [String: MessageKind] = ["archives.file.do": .command, "archives.file.get": .query]
        let new = old.merging(["archives.new.look": .query, "archives.new.order": .command]) { $1 }
        world.add(registration(1, .writer, epoch: 1, old))
        world.add(registration(2, .reader, new))
        world.add(.client())
        world.run(milliseconds: 5)
        for _ in 0..<4 { #expect(try ask("archives.new.look", &world).get().body.text == "archives-2:") }
        // The reader knows it, but only the writer could do it, and that is the old one.
        #expect(failure(ask("archives.new.order", &world)) == "bus.unknown-message")
        world.kill("archives-1")
        world.members["archives-2"]!.endpoint.become(.writer, writerEpoch: 2, now: world.instant(of: "archives-2"))
        world.run(milliseconds: 5)
        #expect(try ask("archives.new.order", &world).get().body.text == "archives-2:")
    }

    @Test("What waits for an instance goes where the first that comes says, or is told to be unknown")
    func waiting() throws {
        var world = BusWorld()
        world.add(.client())
        world.run(milliseconds: 5)
        let tickets = ["archives.file.get", "archives.file.do", "archives.file.unheard"].map {
            world.ask("gateway-1", OutgoingRequest(service: "archives", message: $0))
        }
        world.run(milliseconds: 500)
        world.add(.reader("archives", 2))
        world.run(milliseconds: 50)
        let answers = tickets.map { world.members["gateway-1"]!.answers[$0]?.first }
        #expect(try answers[0]?.get().body.text == "archives-2:" && answers[1] == nil)
        #expect(failure(answers[2]) == "bus.unknown-message")
        world.add(.writer("archives"))
        world.run(milliseconds: 50)
        #expect(try world.members["gateway-1"]!.answers[tickets[1]]?.first?.get().body.text == "archives-1:")
        #expect(world.broker!.snapshot(now: world.now).services.allSatisfy { $0.queued == 0 && $0.queuedInBytes == 0 })
    }

    @Test("A query in the hands of an instance that is lost, and that no other knows, does not block the others")
    func lostKnowledge() throws {
        var world = BusWorld()
        world.add(registration(2, .reader, ["archives.new.look": .query])) { _ in nil }
        world.add(registration(3, .reader, ["archives.file.get": .query]))
        world.add(.client())
        world.run(milliseconds: 5)
        let lost = world.ask("gateway-1", OutgoingRequest(service: "archives", message: "archives.new.look"))
        world.run(milliseconds: 5)
        world.kill("archives-2")
        world.run(milliseconds: 5000)
        #expect(failure(world.members["gateway-1"]!.answers[lost]?.first) == "bus.worker-lost")
        #expect(try ask("archives.file.get", &world).get().body.text == "archives-3:")
    }

    @Test("An instance that says nothing of what it answers, as of version 1, gets everything if it writes")
    func olderInstance() {
        var broker = Broker(policy: TestPolicy(), randomness: SeededRandomness(1), startedAt: .start, now: .start)
        func hello(_ service: String, _ number: Int, _ role: InstanceRole) {
            let body = HelloBody(
                role: role, credit: 5, streams: [], writerEpoch: role == .writer ? 1 : 0, session: UInt64(number),
                startedAt: .start, heads: [])
            let frame = Frame(
                kind: .hello, correlation: 1, service: service, instance: "\(service)-\(number)",
                body: JSON.encode(body))
            _ = broker.receive(frame, from: PeerIdentity([UInt8(number)]), caller: service, now: .start)
        }
        hello("archives", 1, .writer)
        hello("archives", 2, .reader)
        hello("gateway", 3, .client)
        for (correlation, message) in ["archives.any.get", "archives.any.do", "what"].enumerated() {
            let request = Frame(
                kind: .request, correlation: UInt64(correlation), command: CommandNumber(session: 1, counter: 1),
                service: "archives", message: message)
            let sent = broker.receive(request, from: PeerIdentity([3]), caller: "gateway", now: .start)
            #expect(sent.map(\.peer) == [PeerIdentity([1])])
        }
    }

    @Test("A kind that a later program may have is taken for a command")
    func laterKind() throws {
        let json =
            #"{"role":"writer","credit":1,"streams":[],"writerEpoch":1,"session":1,"startedAt":0,"heads":[],"#
            + #""answers":{"a.new":"subscription","a.get":"query"}}"#
        let hello = try #require(JSON.decode(HelloBody.self, from: json.bytes))
        #expect(hello.answers?.kinds == ["a.new": .command, "a.get": .query])
    }
}
