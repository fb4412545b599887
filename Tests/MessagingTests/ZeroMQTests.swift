import Domain
import Glibc
import Kernel
import Synchronization
import Testing

@testable import Messaging

@Suite("ZeroMQ", .serialized)
struct ZeroMQTests {
    private func connection(_ configuration: BusConfiguration) -> BusConnection {
        BusConnection(
            configuration: configuration, registration: .client(), clock: SystemClock(),
            randomness: SystemRandomness(), handler: Recorder { _ in nil })
    }

    private func request(_ milliseconds: Int64) -> OutgoingRequest {
        var request = OutgoingRequest.query()
        request.timeoutInMilliseconds = milliseconds
        return request
    }

    private func failure(_ connection: BusConnection, _ request: OutgoingRequest) -> BusFailure? {
        do throws(BusFailure) {
            _ = try connection.askAndWait(request)
            return nil
        } catch { return error }
    }

    @Test("An unknown key is not let in; once it is entered it is, without a restart")
    func unknownKey() throws {
        let world = try ZeroMQWorld()
        try world.add(.writer("archives"))
        let foreign = try CurveKeyPair.generate()
        let member = try world.add(.client(), keys: foreign, waits: false)
        #expect(failure(member.connection, request(700)) == .deadline)
        #expect(member.recorder.seen.withLock { $0.connections } == 0)
        #expect(world.broker.snapshot()?.instances.map(\.instance) == ["archives-1"])
        let entered = ZeroMQWorld.lines(world.keys) + "gateway \(foreign.publicKey)\n"
        try ZeroMQWorld.write(entered, to: world.registryPath)
        #expect(ZeroMQWorld.eventually { member.recorder.seen.withLock { $0.connections } == 1 })
        #expect(try member.connection.askAndWait(.query("in")).body.text == "archives-1:in")
    }

    @Test("The wrong key of the broker leads nowhere")
    func wrongBroker() throws {
        let world = try ZeroMQWorld()
        var configuration = world.configuration(for: "gateway")
        configuration.brokerPublicKey = try CurveKeyPair.generate().publicKey
        let lost = connection(configuration)
        try lost.start()
        #expect(failure(lost, request(500)) == .deadline)
        lost.stop(drainInMilliseconds: 0)
    }

    @Test("A revoked key is refused at once on its open connection, by a call or by a change of the file")
    func revoked() throws {
        for byCall in [true, false] {
            let world = try ZeroMQWorld()
            try world.add(.writer("archives"))
            let gateway = try world.add(.client())
            #expect(try gateway.connection.askAndWait(.query("in")).status == .done)
            let left = world.keys.filter { $0.key != "gateway" }
            try ZeroMQWorld.write(ZeroMQWorld.lines(left), to: world.registryPath)
            if byCall { try world.registry.reload() }
            // Until the broker has looked at the file the request is still answered, which is no failure.
            #expect(ZeroMQWorld.eventually { failure(gateway.connection, request(900)) == .notAllowed })
            #expect(world.broker.snapshot()?.instances.map(\.instance) == ["archives-1"])
        }
    }

    @Test("A key registry that is empty for a moment, as while it is written anew, shuts nobody out")
    func emptyRegistry() throws {
        let world = try ZeroMQWorld()
        try world.add(.writer("archives"))
        let gateway = try world.add(.client())
        #expect(try gateway.connection.askAndWait(.query("in")).status == .done)
        try ZeroMQWorld.write("", to: world.registryPath)
        #expect(throws: BusSetupError.emptyKeyRegistry) { try world.registry.reload() }
        usleep(200_000)
        #expect(try gateway.connection.askAndWait(.query("in")).status == .done)
        #expect(world.broker.snapshot()?.instances.count == 2)
    }

    @Test("A revoked worker gets no more work, though it says nothing")
    func revokedWorker() throws {
        let world = try ZeroMQWorld()
        let worker = try world.add(.writer("archives"))
        let gateway = try world.add(.client())
        #expect(try gateway.connection.askAndWait(.query("in")).status == .done)
        try ZeroMQWorld.write(ZeroMQWorld.lines(world.keys.filter { $0.key != "archives" }), to: world.registryPath)
        try world.registry.reload()
        #expect(ZeroMQWorld.eventually { world.broker.snapshot()?.instances.map(\.instance) == ["gateway-1"] })
        #expect(failure(gateway.connection, request(500)) == .deadline)
        #expect(worker.recorder.seen.withLock { $0.requests.count } == 1)
    }

    @Test("A key registry that was changed into something wrong leaves the former keys in force")
    func wrongRegistry() throws {
        let world = try ZeroMQWorld()
        try world.add(.writer("archives"))
        let gateway = try world.add(.client())
        try ZeroMQWorld.write("gateway not-a-key\n", to: world.registryPath)
        #expect(throws: BusSetupError.self) { try world.registry.reload() }
        usleep(100_000)
        #expect(try gateway.connection.askAndWait(.query("in")).status == .done)
    }

    @Test("A second broker on the same address is refused", arguments: [true, false])
    func addressInUse(tcp: Bool) throws {
        let port = 20_000 + Int(SystemRandomness().number() % 30_000)
        let world = try ZeroMQWorld(tcpPort: tcp ? port : nil)
        let second = BrokerServer(
            configuration: BrokerConfiguration(addresses: [world.address], keys: world.brokerKeys),
            registry: world.registry, policy: TestPolicy(), clock: SystemClock(), randomness: SystemRandomness())
        let error = #expect(throws: BusSetupError.self) { try second.start() }
        #expect(error?.code == "bus.address-in-use")
        #expect(second.snapshot() == nil)
        let running = #expect(throws: BusSetupError.self) { try world.broker.start() }
        #expect(running?.code == "bus.running")
        world.broker.stop()
        // A program that another test starts shares the listening socket between its fork and its exec.
        #expect(ZeroMQWorld.eventually { (try? second.start()) != nil })
        second.stop()
    }

    @Test("What is wrong in the settings is told at the start")
    func settings() throws {
        let world = try ZeroMQWorld()
        func code(_ change: (inout BusConfiguration) -> Void) -> String? {
            var configuration = world.configuration(for: "gateway")
            change(&configuration)
            let connection = connection(configuration)
            return #expect(throws: BusSetupError.self) { try connection.start() }?.code
        }
        #expect(code { $0.address = "http://here" } == "bus.address")
        #expect(code { $0.secretKey = "short" } == "bus.key")
        #expect(code { $0.brokerPublicKey = String(repeating: "~", count: 40) } == "bus.key")
        let nameless = BusConnection(
            configuration: world.configuration(for: "gateway"),
            registration: Registration(service: "", instance: "x", role: .client), clock: SystemClock(),
            randomness: SystemRandomness(), handler: Recorder { _ in nil })
        #expect(#expect(throws: BusSetupError.self) { try nameless.start() }?.code == "bus.names")
        #expect(failure(nameless, request(100)) == .stopped)
        let broken = BrokerServer(
            configuration: BrokerConfiguration(addresses: ["ipc:///nowhere/at/all"], keys: world.brokerKeys),
            registry: world.registry, policy: TestPolicy(), clock: SystemClock(), randomness: SystemRandomness())
        #expect(#expect(throws: BusSetupError.self) { try broken.start() }?.code == "bus.address")
    }

    @Test("A stopped connection fails what it asked and what is asked of it, and is not started again")
    func stopping() throws {
        let world = try ZeroMQWorld()
        try world.add(.writer("archives")) { _ in nil }
        let gateway = connection(world.configuration(for: "gateway"))
        #expect(failure(gateway, request(100)) == .stopped)
        try gateway.start()
        let answers = AnswerList()
        for index in 0..<3 { gateway.ask(.command()) { answers.add($0, at: index) } }
        usleep(50_000)
        gateway.stop(drainInMilliseconds: 50)
        #expect(answers.inOrder == [.failure(.stopped), .failure(.stopped), .failure(.stopped)])
        #expect(failure(gateway, request(100)) == .stopped)
        #expect(#expect(throws: BusSetupError.self) { try gateway.start() }?.code == "bus.running")
        gateway.stop()
    }

    @Test("While it stops, a worker finishes what it has in hand and gets nothing new")
    func draining() throws {
        let world = try ZeroMQWorld()
        let worker = try world.add(.writer("archives", 1, epoch: 1)) { _ in nil }
        let gateway = try world.add(.client())
        let answers = AnswerList()
        gateway.connection.ask(.command("slow")) { answers.add($0, at: 0) }
        #expect(ZeroMQWorld.eventually { worker.recorder.seen.withLock { $0.requests.count } == 1 })
        let token = worker.recorder.seen.withLock { $0.requests[0].token }
        let connection = worker.connection
        let helper = OwnThread(name: "late") {
            usleep(300_000)
            connection.replies([OutgoingReply(token: token, status: .done, body: "late but done".bytes)])
        }
        world.remove("archives-1")
        try #require(helper).join()
        #expect(ZeroMQWorld.eventually { answers.count == 1 })
        #expect(try answers.inOrder[0].get().body.text == "late but done")
        #expect(world.broker.snapshot()?.instances.map(\.instance) == ["gateway-1"])
    }

    @Test("Asks that are outstanding when the broker is lost are answered when it is back")
    func brokerRestart() throws {
        let world = try ZeroMQWorld()
        let worker = try world.add(.writer("archives")) { _ in nil }
        let gateway = try world.add(.client())
        let answers = AnswerList()
        for index in 0..<50 { gateway.connection.ask(.command("\(index)")) { answers.add($0, at: index) } }
        #expect(ZeroMQWorld.eventually { worker.recorder.seen.withLock { $0.requests.count } == 50 })
        world.broker.stop()
        for index in 50..<60 { gateway.connection.ask(.command("\(index)")) { answers.add($0, at: index) } }
        usleep(300_000)
        #expect(answers.count == 0)
        try world.broker.start()
        #expect(ZeroMQWorld.eventually { worker.recorder.seen.withLock { $0.requests.count } == 110 })
        let requests = worker.recorder.seen.withLock { $0.requests }
        worker.connection.replies(
            requests.map { OutgoingReply(token: $0.token, status: .done, body: $0.body) })
        #expect(ZeroMQWorld.eventually { answers.count == 60 })
        #expect(try answers.inOrder.enumerated().allSatisfy { try $1.get().body.text == "\($0)" })
        #expect(Set(requests.compactMap(\.command)).count == 60)
    }

    @Test("A full queue is busy, over real sockets too")
    func busy() throws {
        var limits = BrokerLimits()
        limits.queueLength = 2
        let world = try ZeroMQWorld(limits: limits)
        try world.add(.writer("archives", credit: 1)) { _ in nil }
        let gateway = try world.add(.client())
        let answers = AnswerList()
        for index in 0..<5 { gateway.connection.ask(request(150)) { answers.add($0, at: index) } }
        #expect(ZeroMQWorld.eventually { answers.count == 5 })
        let busy = answers.inOrder.filter { $0 == .failure(.busy(retryAfterInMilliseconds: 200)) }
        #expect(busy.count == 2)
    }

    @Test("A reader becomes the writer over real sockets")
    func promotion() throws {
        let world = try ZeroMQWorld()
        let reader = try world.add(.reader("archives", 2))
        let gateway = try world.add(.client())
        #expect(
            failure(
                gateway.connection,
                OutgoingRequest(
                    service: "archives", message: "a.file.do",
                    timeoutInMilliseconds: 200)) == .deadline)
        reader.connection.become(.writer, writerEpoch: 9)
        #expect(try gateway.connection.askAndWait(.command("now")).body.text == "archives-2:now")
        #expect(world.broker.snapshot()?.instances.first { $0.instance == "archives-2" }?.isActiveWriter == true)
    }

    @Test("Numbers for commands are of one session and never repeat, from many threads")
    func numbers() throws {
        let world = try ZeroMQWorld()
        let gateway = try world.add(.client())
        let numbers = Mutex<Set<CommandNumber>>([])
        let helpers = (0..<4).map { _ in
            OwnThread(name: "numbers") {
                for _ in 0..<500 {
                    let number = gateway.connection.nextCommandNumber()
                    numbers.withLock { _ = $0.insert(number) }
                }
            }
        }
        for helper in helpers { try #require(helper).join() }
        let all = numbers.withLock { $0 }
        #expect(all.count == 2000 && Set(all.map(\.session)).count == 1)
    }
}
