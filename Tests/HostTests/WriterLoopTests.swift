import Contracts
import Domain
import Host
import Messaging
import Sealing
import Support
import Testing

@testable import Store

@Suite("What a service's writer decides")
struct WriterLoopTests {
    /// A store in a folder of its own, and doors to it that may be shut.
    private final class Place {
        let folder: String
        let clock = ManualClock()
        let randomness = SeededRandomness(seed: 5)
        var fault: StoreError?
        var isLocked = false
        var tries = 0

        init() throws { folder = try TemporaryFolder.make() }

        deinit { TemporaryFolder.remove(folder) }

        func open() throws -> ServiceCore<Follower>? {
            tries += 1
            if let fault { throw fault }
            if isLocked { return nil }
            return ServiceCore(
                store: try WritableStore(
                    path: path, stream: "archives", migrations: ServiceCore<Follower>.migrations, clock: clock,
                    randomness: randomness, durability: .none),
                tools: Authority.tools(Sealer(SealingKey.random()), randomness))
        }

        var path: String { "\(folder)/archives.sqlite" }

        /// How much waits in the write-ahead log.
        func writeAheadBytes() throws -> Int { try FileBytes.read(path + "-wal").count }
    }

    private func request(_ counter: UInt64) throws -> IncomingRequest {
        IncomingRequest(
            caller: "gateway", message: ReturnFile.name, command: CommandNumber(session: 7, counter: counter),
            context: try Authority.context(.archivist),
            body: try JSONCoding.bytes(ReturnFile(person: PersonID(1), reasons: ["缺页"])),
            token: ReplyToken(correlation: counter, brokerSession: 1))
    }

    @Test("A standby hands commands back, looks four times a second for the lock, and takes over")
    func standby() throws {
        let place = try Place()
        place.isLocked = true
        let loop = WriterLoop<Follower> { try place.open() }
        try loop.begin(at: 0)
        #expect(loop.store == nil && loop.waitInMilliseconds(at: 0) == 250)
        let outputs = try loop.turn([.request(request(1))], at: 10)
        guard case .handBack(let back) = try #require(outputs.first) else { return #expect(Bool(false)) }
        #expect(back.token.correlation == 1 && outputs.count == 1 && place.tries == 1)
        place.isLocked = false
        guard case .tookOver(1) = try #require(try loop.turn([], at: 250).first) else { return #expect(Bool(false)) }
        #expect(loop.store != nil)
    }

    @Test("A fault that may pass is told once and tried again with a growing pause; any other ends the process")
    func faults() throws {
        let place = try Place()
        place.fault = StoreError(.full, "磁盘已满")
        let loop = WriterLoop<Follower> { try place.open() }
        try loop.begin(at: 0)
        var told = 0
        for second in 0..<100 {
            for moment in stride(from: second * 1000, to: (second + 1) * 1000, by: 50) {
                for case .tell(_) in try loop.turn([], at: Int64(moment)) { told += 1 }
            }
        }
        // 250 ms, 500, 1, 2, 4, 8 and then every 10 s.
        #expect(told == 1 && (13...16).contains(place.tries), "\(place.tries)")
        place.fault = nil
        _ = try loop.turn([], at: 120_000)
        #expect(loop.store != nil)
        let other = WriterLoop<Follower> { throw StoreError.damaged("archives.sqlite", "") }
        #expect(throws: StoreError.self) { try other.begin(at: 0) }
    }

    @Test("The clock's work is due at once and then once a minute, whatever comes")
    func wake() throws {
        let place = try Place()
        let loop = WriterLoop<Follower> { try place.open() }
        try loop.begin(at: 500)
        #expect(loop.waitInMilliseconds(at: 500) == 1)
        _ = try loop.turn([], at: 500)
        #expect(loop.waitInMilliseconds(at: 500) == 1000)
    }

    @Test("The write-ahead log is carried over after a second without work, and not because a turn brought nothing")
    func checkpoint() throws {
        let place = try Place()
        let loop = WriterLoop<Follower> { try place.open() }
        try loop.begin(at: 0)
        _ = try loop.turn([], at: 0)
        for number in 1...20 {
            // Between two commands a turn without any, as a log that is tried again brings about.
            _ = try loop.turn([.request(request(UInt64(number)))], at: Int64(number) * 10)
            _ = try loop.turn([], at: Int64(number) * 10 + 1)
            #expect(try place.writeAheadBytes() > 0)
        }
        _ = try loop.turn([], at: 1199)
        #expect(try place.writeAheadBytes() > 0)
        _ = try loop.turn([], at: 1200)
        #expect(try place.writeAheadBytes() == 0)
    }

    @Test("A fetch is asked for once, again after a pause when it brought nothing, and what it brought is applied")
    func fetch() throws {
        let place = try Place()
        let loop = WriterLoop<Follower> { try place.open() }
        try loop.begin(at: 0)
        let log = try ProducedLog.verified(1, 2)
        func fetches(_ inputs: [WriterInput], _ now: Int64) throws -> Int {
            try loop.turn(inputs, at: now).count { if case .fetch(.registry, _) = $0 { true } else { false } }
        }
        let heads = WriterInput.heads([StreamHead(stream: "registry", epoch: 5, seq: 2)])
        #expect(try fetches([heads], 0) == 1)
        #expect(try fetches([heads], 10) == 0)
        #expect(try fetches([.fetched(.registry, nil)], 20) == 0)
        #expect(loop.waitInMilliseconds(at: 20) == 500)
        #expect(try fetches([], 520) == 1)
        let outputs = try loop.turn([.fetched(.registry, log.batch(1...2).bytes())], at: 530)
        #expect(outputs.contains { if case .applied(.registry, 2) = $0 { true } else { false } })
        #expect(loop.followed.first { $0.stream == "registry" }?.applied == 2)
    }
}
