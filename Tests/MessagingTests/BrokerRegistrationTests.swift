import Domain
import Testing

@testable import Messaging

@Suite("Broker: registration")
struct BrokerRegistrationTests {
    private func instance(_ name: String, in world: BusWorld) -> BrokerSnapshot.Instance? {
        world.broker!.snapshot(now: world.now).instances.first { $0.instance == name }
    }

    @Test("An instance registers only under the service that its key proves")
    func ownName() {
        var world = BusWorld()
        world.add(.writer("archives"), caller: "gateway")
        world.run(milliseconds: 10)
        #expect(world.members["archives-1"]!.refusals == [.notAllowed])
        #expect(world.members["archives-1"]!.connections == 0)
        #expect(instance("archives-1", in: world) == nil)
    }

    @Test("A hello that is no hello is refused")
    func malformed() {
        var world = BusWorld()
        let good = HelloBody(
            role: .client, credit: 1, streams: [], writerEpoch: 0, session: 4, startedAt: .start, heads: [], speaks: 2,
            answers: AnsweredMessages([:]))
        var many = good
        many.streams = (0...1000).map { "s\($0)" }
        var unnumbered = good
        unnumbered.session = 0
        let frames = [
            Frame(kind: .hello, service: "gateway", instance: "gateway-1", body: "{".bytes),
            Frame(kind: .hello, service: "gateway", instance: "", body: JSON.encode(good)),
            Frame(kind: .hello, service: "gateway", instance: "g", body: JSON.encode(many)),
            Frame(kind: .hello, service: "gateway", instance: "g", body: JSON.encode(unnumbered)),
        ]
        for frame in frames {
            let answers = world.broker!.receive(frame, from: PeerIdentity([5]), caller: "gateway", now: world.now)
            #expect(answers.map(\.frame.kind) == [.refusedHello])
            #expect(BusFailure.decoded(from: answers[0].frame.body) == .malformed)
        }
    }

    @Test("Of two processes under one instance name the one that came later stays, and the other is kept out")
    func instanceTaken() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.run(milliseconds: 10)
        let first = world.members["archives-1"]!
        // Whatever the two machines' clocks say of when the processes began.
        world.add(.writer("archives"), wallSkewInMilliseconds: -60_000)
        world.run(milliseconds: 10)
        #expect(world.members["archives-1"]!.endpoint.isConnected)
        world.members["first"] = first
        world.run(milliseconds: 3000)
        #expect(world.members["first"]!.refusals.last == .instanceTaken)
        #expect(world.members["archives-1"]!.connections == 1 && world.members["archives-1"]!.disconnections == 0)
        // The later one dies, and the other gets in by trying again.
        world.kill("archives-1")
        world.run(milliseconds: 5000)
        #expect(world.members["first"]!.endpoint.isConnected)
    }

    @Test("Instances of two services may bear one name")
    func sameNames() {
        var world = BusWorld()
        world.add(Registration(service: "archives", instance: "1", role: .writer))
        world.members["archives"] = world.members["1"]
        world.add(Registration(service: "registry", instance: "1", role: .writer))
        world.run(milliseconds: 10)
        #expect(world.broker!.snapshot(now: world.now).instances.map(\.service) == ["archives", "registry"])
    }

    @Test("A restarted process takes its own place at once, and its predecessor's work goes on")
    func restart() throws {
        var world = BusWorld()
        world.add(.writer("archives")) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 10)
        let ticket = world.ask("gateway-1", .command("again"))
        world.run(milliseconds: 10)
        world.kill("archives-1")
        world.add(.writer("archives"))
        world.run(milliseconds: 10)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-1:again")
        #expect(world.broker!.snapshot(now: world.now).counters.requeued == 1)
    }

    @Test("Of two writers the one with the higher epoch gets the commands, and what the other had in hand")
    func writers() throws {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 5)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 10)
        let waiting = world.ask("gateway-1", .command("first"))
        world.run(milliseconds: 10)
        world.add(.writer("archives", 2, epoch: 6))
        world.run(milliseconds: 10)
        #expect(try world.members["gateway-1"]!.answers[waiting]?.first?.get().body.text == "archives-2:first")
        world.add(.writer("archives", 3, epoch: 4))
        world.run(milliseconds: 10)
        #expect(try world.answer(to: .command("next"), from: "gateway-1").get().body.text == "archives-2:next")
        #expect(instance("archives-2", in: world)?.isActiveWriter == true)
        #expect(instance("archives-1", in: world)?.isActiveWriter == false)
    }

    @Test("A reader that becomes the writer gets the commands")
    func promotion() throws {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 1))
        world.add(.reader("archives", 2))
        world.add(.client())
        world.run(milliseconds: 10)
        world.kill("archives-1")
        let ticket = world.ask("gateway-1", .command("waits"))
        world.members["archives-2"]!.endpoint.become(.writer, writerEpoch: 2, now: world.instant(of: "archives-2"))
        world.run(milliseconds: 10)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-2:waits")
    }

    @Test("A hello that a later one has overtaken does not undo it")
    func overtakenHello() {
        var world = BusWorld()
        world.add(.reader("archives", 2))
        world.run(milliseconds: 1)
        let body = HelloBody(
            role: .reader, credit: 1, streams: [], writerEpoch: 0,
            session: world.members["archives-2"]!.endpoint.session, startedAt: .start, heads: [], speaks: 2,
            answers: AnsweredMessages([:]))
        let old = Frame(
            kind: .hello, correlation: 0, service: "archives", instance: "archives-2", body: JSON.encode(body))
        world.members["archives-2"]!.endpoint.become(.writer, writerEpoch: 3, now: world.instant(of: "archives-2"))
        world.run(milliseconds: 1)
        let identity = world.members["archives-2"]!.identity
        #expect(world.broker!.receive(old, from: identity, caller: "archives", now: world.now).isEmpty)
        #expect(instance("archives-2", in: world)?.role == .writer)
    }

    @Test("A silent worker is given up after three seconds, and its work goes to another")
    func silence() throws {
        var world = BusWorld()
        world.add(.reader("archives", 2)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 10)
        let ticket = world.ask("gateway-1", .query("q"))
        world.run(milliseconds: 10)
        world.add(.reader("archives", 3))
        world.kill("archives-2")
        world.run(milliseconds: 2900)
        #expect(instance("archives-2", in: world) != nil)
        world.run(milliseconds: 1200)
        #expect(instance("archives-2", in: world) == nil)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-3:q")
    }

    @Test("When nobody takes over a lost worker's request, the asker learns that the outcome is unknown")
    func workerLost() {
        var world = BusWorld()
        world.add(.writer("archives")) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 10)
        let ticket = world.ask("gateway-1", .command())
        world.run(milliseconds: 10)
        world.kill("archives-1")
        world.run(milliseconds: 9000)
        #expect(world.members["gateway-1"]!.answers[ticket] == [.failure(.workerLost)])
    }

    @Test("A peer that the transport cannot reach is given up at once")
    func unreachable() throws {
        var world = BusWorld()
        world.add(.reader("archives", 2)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 10)
        let ticket = world.ask("gateway-1", .query("q"))
        world.run(milliseconds: 10)
        world.add(.reader("archives", 3))
        world.run(milliseconds: 10)
        let identity = world.members["archives-2"]!.identity
        let moved = world.broker!.unreachable(identity, now: world.now)
        #expect(moved.map(\.peer) == [world.members["archives-3"]!.identity])
        #expect(moved[0].frame.body.text == "q")
        #expect(world.members["gateway-1"]!.answers[ticket] == nil)
        #expect(Set(world.broker!.probe(now: world.now).map(\.frame.kind)) == [.beatBack])
    }

    @Test("After goodbye no new work comes, but what is in hand may finish")
    func withdrawing() throws {
        var world = BusWorld()
        world.add(.reader("archives", 2), thinkingInMilliseconds: 500)
        world.add(.reader("archives", 3))
        world.add(.client())
        world.run(milliseconds: 1)
        let slow = world.ask("gateway-1", .query("slow"))
        world.run(milliseconds: 10)
        #expect(world.members["archives-2"]!.requests.count == 1)
        world.members["archives-2"]!.endpoint.withdraw(now: world.instant(of: "archives-2"))
        world.run(milliseconds: 1)
        for _ in 0..<5 {
            #expect(try world.answer(to: .query("q"), from: "gateway-1").get().body.text == "archives-3:q")
        }
        #expect(instance("archives-2", in: world)?.isWithdrawn == true)
        world.run(milliseconds: 600)
        #expect(try world.members["gateway-1"]!.answers[slow]?.first?.get().body.text == "archives-2:slow")
        #expect(instance("archives-2", in: world) == nil)
    }

    @Test("Who leaves at once gives back what it has in hand at once")
    func leaving() throws {
        var world = BusWorld()
        world.add(.reader("archives", 2)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 1)
        let ticket = world.ask("gateway-1", .query("q"))
        world.run(milliseconds: 10)
        world.add(.reader("archives", 3))
        world.run(milliseconds: 10)
        world.members["archives-2"]!.endpoint.leave(now: world.instant(of: "archives-2"))
        world.run(milliseconds: 2)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-3:q")
    }

    @Test("A restarted broker asks who is there; all register again and outstanding asks are answered")
    func brokerRestart() throws {
        var world = BusWorld()
        world.add(.writer("archives"), thinkingInMilliseconds: 200)
        world.add(.client())
        world.run(milliseconds: 10)
        let ticket = world.ask("gateway-1", .command("c"))
        world.run(milliseconds: 50)
        world.restartBroker()
        world.run(milliseconds: 3000)
        #expect(world.members["gateway-1"]!.answers[ticket]?.count == 1)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-1:c")
        // Once before and once after: the stored answer is the service's matter.
        let numbers = world.members["archives-1"]!.requests.map(\.command)
        #expect(numbers.count == 2 && numbers[0] == numbers[1])
    }

    @Test("A reconnected peer keeps its questions, and gets again what it had in hand")
    func reconnection() throws {
        var world = BusWorld()
        world.add(.writer("archives"), thinkingInMilliseconds: 300)
        world.add(.client())
        world.run(milliseconds: 10)
        let ticket = world.ask("gateway-1", .command("c"))
        world.run(milliseconds: 10)
        world.reconnect("archives-1")
        world.reconnect("gateway-1")
        world.run(milliseconds: 400)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-1:c")
        #expect(world.members["archives-1"]!.requests.count == 1)
        #expect(world.broker!.snapshot(now: world.now).instances.count == 2)
    }

    @Test("What a silent asker wanted is dropped from the queue")
    func silentAsker() {
        var world = BusWorld()
        world.add(.writer("archives", credit: 1)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 1)
        var request = OutgoingRequest.command()
        request.timeoutInMilliseconds = 50_000
        for _ in 0..<5 { _ = world.ask("gateway-1", request) }
        world.run(milliseconds: 10)
        world.kill("gateway-1")
        world.run(milliseconds: 4100)
        let service = world.broker!.snapshot(now: world.now).services.first { $0.service == "archives" }
        #expect(service?.queued == 0 && service?.queuedInBytes == 0)
    }

    @Test("An identity that comes back with another key is a stranger")
    func otherKey() {
        var world = BusWorld()
        world.add(.client())
        world.run(milliseconds: 1)
        let identity = world.members["gateway-1"]!.identity
        let request = Frame(kind: .request, correlation: 4, service: "archives", message: "a.get")
        let answer = world.broker!.receive(request, from: identity, caller: "registry", now: world.now)
        #expect(answer.map(\.frame.kind) == [.who])
    }

    @Test("A broker that was stopped for a while does not take its peers for dead")
    func stoppedBroker() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.run(milliseconds: 100)
        let later = world.now.advanced(byMilliseconds: 60_000)
        _ = world.broker!.tick(now: later)
        #expect(world.broker!.snapshot(now: later).instances.count == 1)
        world.run(milliseconds: 10_000)
        #expect(world.members["archives-1"]!.connections == 1)
    }

    @Test("No more peers register than the broker is meant for")
    func crowd() {
        var limits = BrokerLimits()
        limits.peers = 2
        var world = BusWorld(limits: limits)
        for number in 1...3 { world.add(.client("gateway", number)) }
        world.run(milliseconds: 10)
        #expect(world.members["gateway-3"]!.refusals.map(\.slug) == ["bus.busy"])
    }

    @Test("A quiet broker has nothing due before the next look at its peers")
    func due() {
        var world = BusWorld()
        #expect(world.broker!.nextDue == nil)
        world.add(.client())
        world.run(milliseconds: 10)
        let wait = world.broker!.nextDue!.milliseconds(since: world.now)
        #expect((500...1000).contains(wait))
    }
}
