import Domain
import Synchronization
import Testing

@testable import Messaging

/// What every bus has to do, whatever carries it. A member that is `silent` never answers.
protocol BusUnderTest: AnyObject {
    /// - Parameter skew: how many milliseconds the member's wall clock is ahead.
    func join(_ registration: Registration, isSilent: Bool, skew: Int64) throws
    func ask(_ member: String, _ request: OutgoingRequest) throws -> Result<BusReply, BusFailure>
    /// Sends all before it waits for any.
    func ask(_ member: String, all requests: [OutgoingRequest]) throws -> [Result<BusReply, BusFailure>]
    func announce(_ member: String, _ head: StreamHead)
    func heads(of member: String) -> [StreamHead]
    func requests(of member: String) -> [IncomingRequest]
    func leave(_ member: String)
    func restartBroker() throws
    /// Lets so much time pass, less when `condition` holds before.
    func wait(milliseconds: Int64, until condition: () -> Bool)
}

extension BusUnderTest {
    func join(_ registration: Registration, isSilent: Bool) throws {
        try join(registration, isSilent: isSilent, skew: 0)
    }
}

final class MemoryBus: BusUnderTest {
    var world = BusWorld()

    func join(_ registration: Registration, isSilent: Bool, skew: Int64) {
        if isSilent {
            world.add(registration, wallSkewInMilliseconds: skew) { _ in nil }
        } else {
            world.add(registration, wallSkewInMilliseconds: skew)
        }
        world.run(milliseconds: 5)
    }
    func ask(_ member: String, _ request: OutgoingRequest) -> Result<BusReply, BusFailure> {
        world.answer(to: request, from: member)
    }
    func ask(_ member: String, all requests: [OutgoingRequest]) -> [Result<BusReply, BusFailure>] {
        let tickets = requests.map { world.ask(member, $0) }
        wait(milliseconds: 20_000) { tickets.allSatisfy { world.members[member]!.answers[$0] != nil } }
        return tickets.compactMap { world.members[member]!.answers[$0]?.first }
    }
    func announce(_ member: String, _ head: StreamHead) {
        world.members[member]!.endpoint.announce(head, now: world.instant(of: member))
        world.run(milliseconds: 1)
    }
    func heads(of member: String) -> [StreamHead] { world.members[member]!.heads }
    func requests(of member: String) -> [IncomingRequest] { world.members[member]!.requests }
    func leave(_ member: String) {
        world.members[member]!.endpoint.leave(now: world.instant(of: member))
        world.run(milliseconds: 1)
        world.kill(member)
    }
    func restartBroker() { world.restartBroker() }
    func wait(milliseconds: Int64, until condition: () -> Bool) {
        for _ in 0..<milliseconds where !condition() { world.run(milliseconds: 1) }
    }
}

final class ZeroMQBus: BusUnderTest {
    let world: ZeroMQWorld

    init(tcpPort: Int?) throws { world = try ZeroMQWorld(tcpPort: tcpPort) }

    func join(_ registration: Registration, isSilent: Bool, skew: Int64) throws {
        let clock = SkewedClock(milliseconds: skew)
        if isSilent {
            try world.add(registration, clock: clock) { _ in nil }
        } else {
            try world.add(registration, clock: clock)
        }
    }
    func ask(_ member: String, _ request: OutgoingRequest) -> Result<BusReply, BusFailure> {
        do throws(BusFailure) {
            return .success(try world.members[member]!.connection.askAndWait(request))
        } catch { return .failure(error) }
    }
    func ask(_ member: String, all requests: [OutgoingRequest]) -> [Result<BusReply, BusFailure>] {
        let answers = AnswerList()
        for (index, request) in requests.enumerated() {
            world.members[member]!.connection.ask(request) { answers.add($0, at: index) }
        }
        #expect(ZeroMQWorld.eventually(seconds: 20) { answers.count == requests.count })
        return answers.inOrder
    }
    func announce(_ member: String, _ head: StreamHead) { world.members[member]!.connection.announce(head) }
    func heads(of member: String) -> [StreamHead] { world.members[member]!.recorder.seen.withLock { $0.heads } }
    func requests(of member: String) -> [IncomingRequest] {
        world.members[member]!.recorder.seen.withLock { $0.requests }
    }
    func leave(_ member: String) { world.remove(member, drainInMilliseconds: 0) }
    func restartBroker() throws {
        world.broker.stop()
        // A program that another test starts shares the listening socket between its fork and its exec.
        #expect(ZeroMQWorld.eventually { (try? world.broker.start()) != nil })
    }
    func wait(milliseconds: Int64, until condition: () -> Bool) {
        let end = SystemClock().now().advanced(byMilliseconds: milliseconds)
        while SystemClock().now() < end, !ZeroMQWorld.eventually(seconds: 0, condition) {}
    }
}

/// Answers gathered from the bus's thread; a second answer to one ask is a fault.
final class AnswerList: Sendable {
    private let answers = Mutex<[Int: Result<BusReply, BusFailure>]>([:])

    func add(_ answer: Result<BusReply, BusFailure>, at index: Int) {
        answers.withLock { answers in
            #expect(answers[index] == nil)
            answers[index] = answer
        }
    }
    var count: Int { answers.withLock { $0.count } }
    var inOrder: [Result<BusReply, BusFailure>] {
        answers.withLock { answers in answers.sorted { $0.key < $1.key }.map(\.value) }
    }
}

enum Carrier: String, CaseIterable, CustomTestStringConvertible {
    case memory, ipc, tcp

    var testDescription: String { rawValue }

    func bus() throws -> any BusUnderTest {
        switch self {
        case .memory: MemoryBus()
        case .ipc: try ZeroMQBus(tcpPort: nil)
        case .tcp: try tcp()
        }
    }

    /// Others on the machine use ports too.
    private func tcp() throws -> ZeroMQBus {
        for _ in 0..<9 {
            if let bus = try? ZeroMQBus(tcpPort: 20_000 + Int(SystemRandomness().number() % 12_000)) { return bus }
        }
        return try ZeroMQBus(tcpPort: 20_000 + Int(SystemRandomness().number() % 12_000))
    }
}

@Suite("Every bus", .serialized)
struct ConformanceTests {
    @Test("answers commands and queries, and carries refusals and failures", arguments: Carrier.allCases)
    func asking(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives"), isSilent: false)
        try bus.join(.client(), isSilent: false)
        var command = OutgoingRequest.command("你好")
        command.context = "{\"role\":\"clerk\"}".bytes
        command.command = CommandNumber(session: 8, counter: 9)
        let reply = try bus.ask("gateway-1", command).get()
        #expect(reply == BusReply(status: .done, body: "archives-1:你好".bytes, command: command.command!))
        #expect(try bus.ask("gateway-1", .query("q")).get().body.text == "archives-1:q")
        let seen = try #require(bus.requests(of: "archives-1").first)
        #expect(seen.caller == "gateway" && seen.context == command.context && seen.command == command.command)
        let forbidden = OutgoingRequest(service: "archives", message: "secret.get")
        #expect(try bus.ask("gateway-1", forbidden) == .failure(.notAllowed))
        let unknown = OutgoingRequest(service: "archives", message: "nonsense")
        #expect(try bus.ask("gateway-1", unknown) == .failure(.unknownMessage))
        let large = OutgoingRequest(
            service: "archives", message: "a.get", body: [UInt8](repeating: 1, count: 8 * 1024 * 1024))
        #expect(try bus.ask("gateway-1", large) == .failure(.tooLarge))
    }

    @Test("carries bodies of several megabytes unharmed", arguments: Carrier.allCases)
    func largeBodies(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives"), isSilent: false)
        try bus.join(.client(), isSilent: false)
        let body = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let request = OutgoingRequest(service: "archives", message: "archives.file.do", body: body)
        #expect(try bus.ask("gateway-1", request).get().body == "archives-1:".bytes + body)
    }

    @Test("answers a thousand asks at once, each with its own answer", arguments: Carrier.allCases)
    func many(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives"), isSilent: false)
        try bus.join(.reader("archives", 2), isSilent: false)
        try bus.join(.client(), isSilent: false)
        let requests = (0..<1000).map { $0 % 3 == 0 ? OutgoingRequest.command("\($0)") : .query("\($0)") }
        let answers = try bus.ask("gateway-1", all: requests)
        #expect(answers.count == 1000)
        for (index, answer) in answers.enumerated() {
            #expect(try answer.get().body.text.split(separator: ":").last == "\(index)")
        }
        #expect(bus.requests(of: "archives-2").count > 200)
        #expect(bus.requests(of: "archives-2").allSatisfy { $0.message == "archives.file.get" })
    }

    @Test("ends an ask at its deadline", arguments: Carrier.allCases)
    func deadline(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives"), isSilent: true)
        try bus.join(.client(), isSilent: false)
        var request = OutgoingRequest.command()
        request.timeoutInMilliseconds = 300
        #expect(try bus.ask("gateway-1", request) == .failure(.deadline))
    }

    @Test("does not mind whose wall clock is a minute ahead or behind", arguments: Carrier.allCases)
    func skew(carrier: Carrier) throws {
        for skew in [60_000, -60_000] as [Int64] {
            let bus = try carrier.bus()
            try bus.join(.writer("archives"), isSilent: false, skew: skew)
            try bus.join(.client(), isSilent: false, skew: -skew)
            var request = OutgoingRequest.command("in time")
            request.timeoutInMilliseconds = 2000
            #expect(try bus.ask("gateway-1", request).get().body.text == "archives-1:in time")
            try bus.join(.client("gateway", 2), isSilent: false, skew: 0)
            #expect(try bus.ask("gateway-2", request).get().body.text == "archives-1:in time")
        }
    }

    @Test("hands on heads, and tells a newcomer what is known", arguments: Carrier.allCases)
    func heads(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives"), isSilent: false)
        try bus.join(.client("gateway", 1, streams: ["archives"]), isSilent: false)
        let head = StreamHead(stream: "archives", epoch: 1, seq: 7)
        bus.announce("archives-1", head)
        bus.wait(milliseconds: 500) { bus.heads(of: "gateway-1").contains(head) }
        #expect(bus.heads(of: "gateway-1").first == head)
        try bus.join(.client("gateway", 2, streams: ["archives"]), isSilent: false)
        bus.wait(milliseconds: 500) { bus.heads(of: "gateway-2").contains(head) }
        #expect(bus.heads(of: "gateway-2").first == head)
    }

    @Test("gives the work of an instance that leaves to another", arguments: Carrier.allCases)
    func leaving(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives", 1, epoch: 1), isSilent: true)
        try bus.join(.client(), isSilent: false)
        if carrier == .memory {
            let memory = bus as! MemoryBus
            let ticket = memory.world.ask("gateway-1", .command("handed over"))
            memory.world.run(milliseconds: 5)
            bus.leave("archives-1")
            try bus.join(.writer("archives", 2, epoch: 2), isSilent: false)
            memory.world.run(milliseconds: 5)
            #expect(
                try memory.world.members["gateway-1"]!.answers[ticket]?.first?.get().body.text
                    == "archives-2:handed over")
        } else {
            let world = (bus as! ZeroMQBus).world
            let answers = AnswerList()
            world.members["gateway-1"]!.connection.ask(.command("handed over")) { answers.add($0, at: 0) }
            bus.wait(milliseconds: 1000) { !bus.requests(of: "archives-1").isEmpty }
            bus.leave("archives-1")
            try bus.join(.writer("archives", 2, epoch: 2), isSilent: false)
            #expect(ZeroMQWorld.eventually { answers.count == 1 })
            #expect(try answers.inOrder[0].get().body.text == "archives-2:handed over")
        }
    }

    @Test("goes on after its broker was lost and came back", arguments: Carrier.allCases)
    func brokerRestart(carrier: Carrier) throws {
        let bus = try carrier.bus()
        try bus.join(.writer("archives"), isSilent: false)
        try bus.join(.client(), isSilent: false)
        #expect(try bus.ask("gateway-1", .command("before")).get().body.text == "archives-1:before")
        try bus.restartBroker()
        #expect(try bus.ask("gateway-1", .command("after")).get().body.text == "archives-1:after")
    }
}
