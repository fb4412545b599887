import Domain
import Testing

@testable import Messaging

@Suite("Broker: streams")
struct BrokerStreamTests {
    private let head = StreamHead(stream: "archives", epoch: 2, seq: 10)

    private func world() -> BusWorld {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.add(.client("gateway", 1, streams: ["archives", "sealed"]))
        world.add(.client("registry", 1))
        world.run(milliseconds: 1)
        return world
    }

    private func announce(_ head: StreamHead, in world: inout BusWorld) {
        world.members["archives-1"]!.endpoint.announce(head, now: world.instant(of: "archives-1"))
        world.run(milliseconds: 1)
    }

    @Test("A head goes at once to those who asked for the stream, and to nobody else")
    func forwarding() {
        var world = world()
        announce(head, in: &world)
        #expect(world.members["gateway-1"]!.heads == [head])
        #expect(world.members["registry-1"]!.heads.isEmpty && world.members["archives-1"]!.heads.isEmpty)
        #expect(world.broker!.snapshot(now: world.now).heads == [head])
    }

    @Test("An older head does not replace a newer one, and a repeated one is not told again")
    func newest() {
        var world = world()
        announce(head, in: &world)
        let worker = world.members["archives-1"]!.identity
        for old in [
            head, StreamHead(stream: "archives", epoch: 2, seq: 9), StreamHead(stream: "archives", epoch: 1, seq: 99),
        ] {
            let hint = Frame(kind: .hint, body: JSON.heads([old]))
            #expect(world.broker!.receive(hint, from: worker, caller: "archives", now: world.now).isEmpty)
        }
        let restored = StreamHead(stream: "archives", epoch: 3, seq: 1)
        announce(restored, in: &world)
        #expect(world.members["gateway-1"]!.heads == [head, restored])
    }

    @Test("A writer that begins anew with a shorter log is believed, and its readers hear of it at once")
    func shorter() throws {
        var world = world()
        announce(head, in: &world)
        let older = StreamHead(stream: "archives", epoch: 2, seq: 7)
        func hello(_ number: Int, writerEpoch: UInt64, _ role: InstanceRole) -> Frame {
            let body = HelloBody(
                role: role, credit: 8, streams: [], writerEpoch: writerEpoch, session: 5, startedAt: .start,
                heads: [older])
            return Frame(
                kind: .hello, correlation: 1, service: "archives", instance: "archives-\(number)",
                body: JSON.encode(body))
        }
        let reader = PeerIdentity([7])
        _ = world.broker!.receive(
            hello(2, writerEpoch: 0, .reader), from: reader, caller: "archives", now: world.now)
        #expect(world.broker!.snapshot(now: world.now).heads == [head], "whoever does not write is not believed")
        let writer = PeerIdentity([8])
        let told = world.broker!.receive(
            hello(3, writerEpoch: 2, .writer), from: writer, caller: "archives", now: world.now)
        #expect(world.broker!.snapshot(now: world.now).heads == [older])
        let gateway = world.members["gateway-1"]!.identity
        let hints = told.filter { $0.peer == gateway && $0.frame.kind == .hint }
        #expect(hints.map { JSON.heads(from: $0.frame.body) ?? [] } == [[older]])
    }

    @Test("A stream that the reader may not read is not told")
    func mayRead() {
        var world = world()
        world.add(.writer("sealed"))
        world.run(milliseconds: 1)
        world.members["sealed-1"]!.endpoint.announce(
            StreamHead(stream: "sealed", epoch: 1, seq: 1), now: world.instant(of: "archives-1"))
        world.run(milliseconds: 2500)
        #expect(world.members["gateway-1"]!.heads.isEmpty)
    }

    @Test("A service announces only its own streams")
    func ownership() {
        var world = world()
        let worker = world.members["archives-1"]!.identity
        for stream in ["gateway", "archives2", "archives."] {
            let hint = Frame(kind: .hint, body: JSON.heads([StreamHead(stream: stream, epoch: 1, seq: 1)]))
            _ = world.broker!.receive(hint, from: worker, caller: "archives", now: world.now)
        }
        #expect(world.broker!.snapshot(now: world.now).heads.isEmpty)
        let part = Frame(kind: .hint, body: JSON.heads([StreamHead(stream: "archives/2", epoch: 1, seq: 1)]))
        _ = world.broker!.receive(part, from: worker, caller: "archives", now: world.now)
        let snapshot = world.broker!.snapshot(now: world.now)
        #expect(snapshot.heads.map(\.stream) == ["archives/2"] && snapshot.counters.malformed == 3)
    }

    @Test("A lost hint is made up for by the next beat")
    func lostHint() {
        var world = world()
        world.network.faults.lostPerThousand = 1000
        announce(head, in: &world)
        world.network.faults = .none
        #expect(world.members["gateway-1"]!.heads.isEmpty)
        world.run(milliseconds: 2100)
        #expect(world.members["gateway-1"]!.heads.contains(head))
    }

    @Test("After its restart the broker learns the heads again from the hellos")
    func restart() {
        var world = world()
        announce(head, in: &world)
        world.restartBroker()
        world.run(milliseconds: 1500)
        #expect(world.broker!.snapshot(now: world.now).heads == [head])
    }

    @Test("A body that is not heads is counted")
    func malformed() {
        var world = world()
        let worker = world.members["archives-1"]!.identity
        let hint = Frame(kind: .hint, body: "no".bytes)
        _ = world.broker!.receive(hint, from: worker, caller: "archives", now: world.now)
        #expect(world.broker!.snapshot(now: world.now).counters.malformed == 1)
    }
}
