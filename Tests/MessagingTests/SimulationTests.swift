import Domain
import Synchronization
import Testing

@testable import Messaging

/// The store that all instances of a service share: the first answer to a command number stays its answer.
private final class SharedStore: Sendable {
    private struct Number: Hashable {
        var caller: String
        var command: CommandNumber
    }
    private let answers = Mutex<[Number: [UInt8]]>([:])
    private let count = Mutex(0)

    func carryOut(_ request: IncomingRequest) -> [UInt8] {
        guard let command = request.command else { return "no number".bytes }
        return answers.withLock { answers in
            let number = Number(caller: request.caller, command: command)
            if let stored = answers[number] { return stored }
            let effect = count.withLock { count in
                count += 1
                return count
            }
            answers[number] = "effect \(effect) of ".bytes + request.body
            return answers[number]!
        }
    }

    var effects: Int { count.withLock { $0 } }
}

@Suite("Simulation")
struct SimulationTests {
    /// A county of one service with a writer, a reader and a stand-by, asked by three clients over a bad network, while
    /// instances and the broker are lost and come back. What went wrong with a seed is seen again with that seed.
    private struct Run {
        var world: BusWorld
        let random: SeededRandomness
        let store = SharedStore()
        var open: [Asked] = []
        struct Asked {
            var client: String
            var ticket: Ticket
            var body: String
            var isCommand: Bool
            var request: OutgoingRequest
        }
        var writerEpoch: UInt64 = 1

        init(seed: UInt64) {
            var faults = NetworkFaults()
            faults.lostPerThousand = 30
            faults.doubledPerThousand = 30
            faults.longestDelayInMilliseconds = 40
            faults.keepsOrder = false
            world = BusWorld(seed: seed, faults: faults)
            random = SeededRandomness(seed &* 31 &+ 7)
            addWorker(.writer("archives", 1, epoch: 1, credit: 4))
            addWorker(.reader("archives", 2, credit: 4))
            addWorker(.reader("archives", 3, credit: 4))
            for number in 1...3 { world.add(.client("gateway", number, streams: ["archives"])) }
        }

        mutating func addWorker(_ registration: Registration) {
            let store = store
            world.add(registration, thinkingInMilliseconds: Int64(random.number(below: 30))) { request in
                let isCommand = request.message.hasSuffix(".do")
                let body = isCommand ? store.carryOut(request) : "read ".bytes + request.body
                return OutgoingReply(token: request.token, status: .done, body: body)
            }
        }

        mutating func ask(number: Int) {
            let client = "gateway-\(1 + random.number(below: 3))"
            let isCommand = random.number(below: 2) == 0
            let body = "\(client)#\(number)"
            var request = isCommand ? OutgoingRequest.command(body) : .query(body)
            request.timeoutInMilliseconds = 60_000
            request.command = CommandNumber(session: UInt64(client.utf8.last ?? 0), counter: UInt64(number) + 1)
            let ticket = world.ask(client, request)
            open.append(Asked(client: client, ticket: ticket, body: body, isCommand: isCommand, request: request))
        }

        /// Who was in hand of two instances that were lost asks again under the same number, as a person would who is
        /// told so: here no request is to blame.
        mutating func askAgain() {
            for index in open.indices {
                let client = open[index].client
                let answer = world.members[client]!.answers[open[index].ticket]?.first
                if answer == .failure(.requestFatal) { open[index].ticket = world.ask(client, open[index].request) }
            }
        }

        mutating func disturb() {
            switch random.number(below: 6) {
            case 0: world.restartBroker()
            case 1: world.reconnect("gateway-\(1 + random.number(below: 3))")
            case 2: world.reconnect("archives-\(1 + random.number(below: 3))")
            case 3:
                // The writer is killed and started again with a higher epoch, as the lock on its store gives it.
                writerEpoch += 1
                world.kill("archives-1")
                addWorker(.writer("archives", 1, epoch: writerEpoch, credit: 4))
            case 4:
                let name = "archives-\(2 + random.number(below: 2))"
                world.kill(name)
                addWorker(.reader("archives", name.hasSuffix("2") ? 2 : 3, credit: 4))
            default:
                let cut = world.members["gateway-1"]!.identity
                world.network.cut(cut)
                world.run(milliseconds: 400)
                world.network.mend(cut)
            }
        }
    }

    @Test(
        "Whatever is lost, every ask is answered once, rightly, and every command takes effect once", arguments: 1...20)
    func everything(seed: UInt64) throws {
        var run = Run(seed: seed)
        var seq: Int64 = 0
        for round in 0..<200 {
            run.ask(number: round)
            if round % 10 == 9 { run.disturb() }
            if round % 7 == 0 {
                seq += 1
                let head = StreamHead(stream: "archives", epoch: 1, seq: seq)
                run.world.members["archives-1"]!.endpoint.announce(head, now: run.world.instant(of: "archives-1"))
            }
            run.world.run(milliseconds: 20)
        }
        run.world.network.faults = .none
        run.world.members["archives-1"]!.endpoint.announce(
            StreamHead(stream: "archives", epoch: 1, seq: seq + 1), now: run.world.instant(of: "archives-1"))
        run.world.run(milliseconds: 20_000)
        run.askAgain()
        run.world.run(milliseconds: 5000)

        var commands = 0
        for asked in run.open {
            let (client, ticket, body, isCommand) = (asked.client, asked.ticket, asked.body, asked.isCommand)
            let answers = run.world.members[client]!.answers[ticket] ?? []
            #expect(answers.count == 1, "seed \(seed), \(body)")
            let text = try #require(try answers.first?.get().body.text)
            if isCommand {
                commands += 1
                #expect(text.hasPrefix("effect ") && text.hasSuffix(" of \(body)"), "seed \(seed)")
            } else {
                #expect(text == "read \(body)", "seed \(seed)")
            }
        }
        #expect(run.store.effects == commands)
        for client in 1...3 {
            #expect(run.world.members["gateway-\(client)"]!.heads.last?.seq == seq + 1)
        }
        // A request that was doubled and overtaken by its own answer stays at the broker until its deadline, no longer.
        run.world.run(milliseconds: 80_000, step: 100)
        let snapshot = run.world.broker!.snapshot(now: run.world.now)
        #expect(snapshot.instances.allSatisfy { $0.asking == 0 && $0.inFlight == 0 }, "seed \(seed)")
        #expect(snapshot.services.allSatisfy { $0.queued == 0 && $0.queuedInBytes == 0 })
    }

    @Test("The same seed gives the same run")
    func replay() {
        func trace(_ seed: UInt64) -> [String] {
            var run = Run(seed: seed)
            for round in 0..<60 {
                run.ask(number: round)
                if round % 10 == 9 { run.disturb() }
                run.world.run(milliseconds: 20)
            }
            return run.open.map { run.world.members[$0.client]!.answers[$0.ticket].map { "\($0)" } ?? "none" }
        }
        #expect(trace(5) == trace(5))
        #expect(trace(5) != trace(6))
    }
}
