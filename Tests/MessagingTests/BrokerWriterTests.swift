import Kernel
import Testing

@testable import Messaging

@Suite("Broker: writers that hang, requests that kill")
struct BrokerWriterTests {
    private func instance(_ name: String, in world: BusWorld) -> BrokerSnapshot.Instance? {
        world.broker!.snapshot(now: world.now).instances.first { $0.instance == name }
    }

    private func alarms(in world: BusWorld) -> [BrokerAlarm] {
        world.broker!.snapshot(now: world.now).services.first { $0.service == "archives" }?.alarms ?? []
    }

    private func note(_ turn: UInt64, hasWork: Bool, _ world: inout BusWorld) {
        world.members["archives-1"]!.endpoint.note(WriterTurn(turn: turn, hasWork: hasWork))
    }

    @Test("A writer that beats but does none of its work for ten seconds is replaced, and told in the status")
    func hung() throws {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 1)) { _ in nil }
        world.add(.writer("archives", 2, epoch: 0))
        world.add(.client())
        world.run(milliseconds: 5)
        var request = OutgoingRequest.command("waits")
        request.timeoutInMilliseconds = 30_000
        let ticket = world.ask("gateway-1", request)
        note(7, hasWork: true, &world)
        world.run(milliseconds: 10_000)
        #expect(
            world.members["gateway-1"]!.answers[ticket] == nil
                && instance("archives-1", in: world)?.isWriterHung == false)
        world.run(milliseconds: 2500)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-2:waits")
        #expect(instance("archives-1", in: world)?.isWriterHung == true && alarms(in: world) == [.writerHung])
        #expect((instance("archives-1", in: world)?.writerStuckForInMilliseconds ?? 0) >= 10_000)
        // It wakes, and is the writer again.
        note(8, hasWork: true, &world)
        world.run(milliseconds: 1500)
        #expect(instance("archives-1", in: world)?.isActiveWriter == true)
        #expect(instance("archives-1", in: world)?.isWriterHung == false)
    }

    @Test("A writer that has nothing to do, or goes on slowly, does not hang")
    func busy() {
        var world = BusWorld()
        world.add(.writer("archives"))
        world.run(milliseconds: 5)
        note(1, hasWork: false, &world)
        world.run(milliseconds: 30_000)
        for turn in 2..<6 {
            note(UInt64(turn), hasWork: true, &world)
            world.run(milliseconds: 9000)
        }
        #expect(instance("archives-1", in: world)?.isWriterHung == false)
        #expect(instance("archives-1", in: world)?.isActiveWriter == true)
    }

    @Test("A hung writer without another: commands say after five seconds that the outcome is unknown")
    func hungAlone() {
        var world = BusWorld()
        world.add(.writer("archives")) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 5)
        var request = OutgoingRequest.command()
        request.timeoutInMilliseconds = 60_000
        let ticket = world.ask("gateway-1", request)
        note(7, hasWork: true, &world)
        world.run(milliseconds: 18_000)
        #expect(world.members["gateway-1"]!.answers[ticket] == [.failure(.workerLost)])
    }

    /// Kills each worker that is given the body "fatal", as a request does that ends its process.
    private func killing(_ world: inout BusWorld, epoch: UInt64) -> Bool {
        guard world.members["archives-1"]!.requests.contains(where: { $0.body.text == "fatal" }) else { return false }
        world.kill("archives-1")
        world.add(.writer("archives", 1, epoch: epoch), thinkingInMilliseconds: 5)
        return true
    }

    @Test("A request that has cost two instances is refused, and what was in hand beside it is done")
    func fatal() throws {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 1), thinkingInMilliseconds: 5)
        world.add(.client())
        world.run(milliseconds: 5)
        let others = (0..<3).map { world.ask("gateway-1", .command("before \($0)")) }
        let fatal = world.ask("gateway-1", .command("fatal"))
        let later = (0..<3).map { world.ask("gateway-1", .command("after \($0)")) }
        var deaths: UInt64 = 0
        for _ in 0..<3000 {
            if killing(&world, epoch: deaths + 2) { deaths += 1 }
            world.run(milliseconds: 1)
        }
        #expect(world.members["gateway-1"]!.answers[fatal] == [.failure(.requestFatal)])
        #expect(deaths == 2)
        for ticket in others + later {
            #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().status == .done)
        }
    }

    @Test("An orderly goodbye is no loss: a request may see many instances go")
    func goodbyes() throws {
        var world = BusWorld()
        world.add(.client())
        world.add(.writer("archives", 1, epoch: 1)) { _ in nil }
        world.run(milliseconds: 5)
        var request = OutgoingRequest.command("patient")
        request.timeoutInMilliseconds = 30_000
        let ticket = world.ask("gateway-1", request)
        for number in 1...4 {
            world.run(milliseconds: 20)
            world.members["archives-\(number)"]!.endpoint.leave(now: world.instant(of: "archives-\(number)"))
            world.run(milliseconds: 20)
            world.kill("archives-\(number)")
            let next = Registration.writer("archives", number + 1, epoch: UInt64(number + 1))
            if number < 4 { world.add(next) { _ in nil } } else { world.add(next) }
        }
        world.run(milliseconds: 50)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-5:patient")
    }

    @Test("What an instance hands back goes to another, and without one waits as if nobody had been there")
    func handBack() throws {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 5)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 5)
        let ticket = world.ask("gateway-1", .command("given back"))
        world.run(milliseconds: 5)
        let token = world.members["archives-1"]!.requests[0].token
        world.members["archives-1"]!.endpoint.handBack(token, now: world.instant(of: "archives-1"))
        world.run(milliseconds: 1000)
        #expect(
            world.members["archives-1"]!.requests.count == 1
                && instance("archives-1", in: world)?.isActiveWriter == false)
        world.add(.writer("archives", 2, epoch: 4))
        world.run(milliseconds: 10)
        #expect(try world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text == "archives-2:given back")
        #expect(world.broker!.snapshot(now: world.now).counters.handedBack == 1)
        // When it registers as the writer anew, it is one.
        world.members["archives-1"]!.endpoint.become(.writer, writerEpoch: 5, now: world.instant(of: "archives-1"))
        world.run(milliseconds: 10)
        #expect(instance("archives-1", in: world)?.isActiveWriter == true)
    }

    @Test("A query that every instance hands back ends")
    func handedRound() {
        var world = BusWorld()
        world.add(.reader("archives", 2)) { _ in nil }
        world.add(.client())
        world.run(milliseconds: 5)
        let ticket = world.ask("gateway-1", .query())
        for _ in 0..<20 {
            world.run(milliseconds: 5)
            guard let token = world.members["archives-2"]!.requests.last?.token else { continue }
            world.members["archives-2"]!.endpoint.handBack(token, now: world.instant(of: "archives-2"))
        }
        #expect(world.members["gateway-1"]!.answers[ticket] == [.failure(.noWorker)])
        #expect(world.members["archives-2"]!.requests.count == 4)
    }

    @Test("To a broker of version 1 what is handed back is a failure that may be asked again")
    func handBackToOlder() {
        var endpoint = Endpoint(
            registration: .reader("archives", 2), randomness: SeededRandomness(4), startedAt: .start, now: .start)
        endpoint.start(now: .start)
        let body = JSON.encode(WelcomeBody(session: 9, heads: []))
        endpoint.receive(Frame(kind: .welcome, correlation: 1, body: body), now: .start)
        endpoint.receive(Frame(kind: .request, correlation: 4, message: "archives.file.do"), now: .start)
        _ = endpoint.takeFrames()
        endpoint.handBack(ReplyToken(correlation: 4, brokerSession: 9), now: .start)
        let reply = endpoint.takeFrames().first
        #expect(reply?.kind == .reply && BusFailure.decoded(from: reply?.body ?? []) == .workerLost)
    }

    @Test("A writer whose epoch is beyond the next is kept out while the other is at work, and told in the status")
    func epochJump() {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 5))
        world.run(milliseconds: 5)
        world.add(.writer("archives", 2, epoch: 1 << 62))
        world.run(milliseconds: 2000)
        #expect(world.members["archives-2"]!.refusals.first == .writerEpoch)
        #expect(instance("archives-1", in: world)?.isActiveWriter == true && alarms(in: world) == [.writerEpoch])
        // Its predecessor is gone: it may be right, since others may have come and gone unseen.
        world.kill("archives-1")
        world.run(milliseconds: 6000)
        #expect(instance("archives-2", in: world)?.isActiveWriter == true && alarms(in: world) == [.writerEpoch])
    }

    @Test("The next writer takes over at once, and two that write are told")
    func nextEpoch() {
        var world = BusWorld()
        world.add(.writer("archives", 1, epoch: 5))
        world.run(milliseconds: 5)
        world.add(.writer("archives", 2, epoch: 6))
        world.run(milliseconds: 5)
        #expect(instance("archives-2", in: world)?.isActiveWriter == true && alarms(in: world) == [.twoWriters])
        world.kill("archives-1")
        world.run(milliseconds: 5000)
        #expect(alarms(in: world) == [])
    }

    @Test("The keys of one service cannot take all places")
    func registrationsOfOneKey() {
        var limits = BrokerLimits()
        limits.peersOfOneService = 3
        var world = BusWorld(limits: limits)
        for number in 1...5 { world.add(.client("gateway", number)) }
        world.add(.writer("archives"))
        world.run(milliseconds: 10)
        #expect(world.members["gateway-4"]!.refusals.map(\.slug) == ["bus.busy"])
        #expect(world.members["archives-1"]!.endpoint.isConnected)
        world.kill("gateway-1")
        world.run(milliseconds: 6000)
        #expect(world.members["gateway-4"]!.endpoint.isConnected)
    }
}
