import Domain
import Kernel
import Testing

@testable import Messaging

@Suite("Frames")
struct FrameTests {
    static let full = Frame(
        kind: .request, status: .done, correlation: 0x0102_0304_0506_0708,
        protocolVersion: 2, remainingInMilliseconds: 9000,
        command: CommandNumber(session: 77, counter: 9), service: "archives", message: "archives.file.receive",
        version: 3, instance: "gateway-1", caller: "gateway", context: "{\"user\":\"张三\"}".bytes,
        body: "{\"file\":5}".bytes)

    @Test("A frame comes back from its parts as it was")
    func roundTrip() throws {
        #expect(try Frame(parts: Self.full.parts(wall: .start), wall: .start) == Self.full)
        for kind in FrameKind.allCases {
            let bare = Frame(kind: kind)
            #expect(try Frame(parts: bare.parts(wall: .start), wall: .start) == bare)
        }
    }

    @Test("The size is known before the bytes are made")
    func size() {
        #expect(Self.full.bytes(wall: .start).count == Self.full.sizeInBytes)
        #expect(Frame(kind: .beat).bytes(wall: .start).count == 46)
    }

    @Test("A large body and a long name come back")
    func large() throws {
        var frame = Self.full
        frame.body = [UInt8](repeating: 0xAB, count: 3_000_000)
        frame.message = String(repeating: "m", count: 255)
        #expect(try Frame(parts: frame.parts(wall: .start), wall: .start) == frame)
    }

    @Test(
        "Each fault has its own code",
        arguments: [
            (0, UInt8(0x4B), "frame.magic"), (1, 3, "frame.version"), (1, 0, "frame.version"), (2, 99, "frame.kind"),
            (3, 9, "frame.status"),
            (12, 0x80, "frame.time"), (43, 0xFF, "frame.text"), (38, 0x7F, "frame.short"),
        ])
    func faults(position: Int, byte: UInt8, code: String) throws {
        var bytes = Self.full.bytes(wall: .start)
        bytes[position] = byte
        let error = #expect(throws: FrameError.self) { try Frame(parts: [bytes], wall: .start) }
        #expect(error?.code == code)
        #expect(error?.message.isEmpty == false)
    }

    @Test("Cut bytes are short, wherever they are cut in the header")
    func cut() {
        let bytes = Self.full.bytes(wall: .start)
        let header = bytes.count - Self.full.context.count - Self.full.body.count
        for length in 0..<(header + Self.full.context.count) {
            let error = #expect(throws: FrameError.self) { try Frame(parts: [[UInt8](bytes[..<length])], wall: .start) }
            #expect(error?.code == "frame.short")
        }
    }

    @Test("A frame has exactly one part")
    func parts() {
        for parts in [[], [Self.full.bytes(wall: .start), []]] as [[[UInt8]]] {
            let error = #expect(throws: FrameError.self) { try Frame(parts: parts, wall: .start) }
            #expect(error?.code == "frame.parts")
        }
    }

    @Test("A failure comes back from its JSON, and what is none is malformed")
    func failures() {
        let busy = BusFailure.busy(retryAfterInMilliseconds: 250)
        #expect(BusFailure.decoded(from: busy.encoded()) == busy)
        #expect(BusFailure.decoded(from: "?".bytes) == .malformed)
        let all: [BusFailure] = [
            .notAllowed, .noWorker, .deadline, .workerLost, .malformed, .tooLarge, .stopped, .instanceTaken,
            .unknownMessage, .requestFatal, .writerEpoch,
        ]
        #expect(Set(all.map(\.slug)).count == all.count)
    }

    @Test("A higher epoch is newer whatever the number, a higher number within the epoch")
    func heads() {
        let head = StreamHead(stream: "registry", epoch: 2, seq: 10)
        #expect(StreamHead(stream: "registry", epoch: 3, seq: 1).isNewer(than: head))
        #expect(StreamHead(stream: "registry", epoch: 2, seq: 11).isNewer(than: head))
        #expect(!head.isNewer(than: head))
        #expect(!StreamHead(stream: "registry", epoch: 1, seq: 99).isNewer(than: head))
    }
}

@Suite("Fuzzing")
struct FuzzTests {
    /// Changes a few bytes, cuts or lengthens.
    static func mutate(_ bytes: [UInt8], _ random: SeededRandomness) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.number(below: 4) {
            switch random.number(below: 4) {
            case 0 where !bytes.isEmpty: bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
            case 1 where !bytes.isEmpty: bytes.removeLast(random.number(below: bytes.count))
            case 2: bytes.append(UInt8(random.number(below: 256)))
            case 3 where bytes.count > 46: bytes[random.number(below: 46)] = UInt8(random.number(below: 256))
            default: break
            }
        }
        return bytes
    }

    @Test("A hundred thousand broken frames crash neither the decoder nor the broker nor an endpoint")
    func fuzz() throws {
        let random = SeededRandomness(20260)
        var broker = Broker(policy: TestPolicy(), randomness: random, startedAt: .start, now: .start)
        var endpoint = Endpoint(
            registration: Registration(service: "archives", instance: "archives-1", role: .writer),
            randomness: random, startedAt: .start, now: .start)
        endpoint.start(now: .start)
        let worker = PeerIdentity([1])
        for frame in endpoint.takeFrames() {
            for delivery in broker.receive(frame, from: worker, caller: "archives", now: .start) {
                endpoint.receive(delivery.frame, now: .start)
            }
        }
        var hello = Frame(kind: .hello, correlation: 1, service: "gateway", instance: "gateway-1")
        hello.body = JSON.encode(
            HelloBody(
                role: .client, credit: 5, streams: ["archives"], writerEpoch: 0, session: 5, startedAt: .start,
                heads: [], speaks: 2, answers: AnsweredMessages([:])))
        let head = JSON.heads([StreamHead(stream: "archives", epoch: 1, seq: 5)])
        let seeds = [
            FrameTests.full, hello, Frame(kind: .beat, body: head), Frame(kind: .hint, body: head),
            Frame(kind: .bye), Frame(kind: .who), Frame(kind: .reply, correlation: 1, body: "{}".bytes),
            Frame(kind: .welcome, correlation: 1, body: JSON.encode(WelcomeBody(session: 1, heads: [], speaks: 2))),
            Frame(kind: .refusedHello, correlation: 1, body: BusFailure.notAllowed.encoded()),
        ].map { $0.bytes(wall: .start) }
        var decoded = 0
        var now = SteadyInstant.start
        for round in 0..<100_000 {
            let bytes = Self.mutate(seeds[random.number(below: seeds.count)], random)
            if round % 50 == 0 { now = now.advanced(byMilliseconds: 7) }
            let peer = PeerIdentity([UInt8(1 + round % 3)])
            guard let frame = try? Frame(parts: [bytes], wall: .start) else {
                _ = broker.receive(broken: bytes, from: peer, now: now)
                continue
            }
            decoded += 1
            #expect(try Frame(parts: frame.parts(wall: .start), wall: .start) == frame || frame.command == nil)
            let caller = ["archives", "gateway", "stranger"][round % 3]
            for delivery in broker.receive(frame, from: peer, caller: caller, now: now) where delivery.peer == worker {
                endpoint.receive(delivery.frame, now: now)
            }
            endpoint.receive(frame, now: now)
            _ = broker.tick(now: now)
            endpoint.tick(now: now)
            _ = endpoint.takeFrames()
            _ = endpoint.takeEvents()
        }
        #expect(decoded > 10_000)
        #expect(broker.snapshot(now: now).counters.malformed > 1000)
    }
}
