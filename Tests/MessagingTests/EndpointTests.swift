import Domain
import Kernel
import Testing

@testable import Messaging

@Suite("Endpoint")
struct EndpointTests {
    private static let brokerSession: UInt64 = 900

    /// An endpoint that a broker of the test's own making has welcomed.
    private func joined(
        role: InstanceRole = .writer, settings: EndpointSettings = EndpointSettings()
    ) -> Endpoint {
        var endpoint = Endpoint(
            registration: Registration(service: "archives", instance: "archives-1", role: role, streams: ["registry"]),
            settings: settings, randomness: SeededRandomness(4), startedAt: .start, now: .start)
        endpoint.start(now: .start)
        let hello = endpoint.takeFrames()
        #expect(hello.map(\.kind) == [.hello])
        endpoint.receive(welcome(hello[0].correlation), now: .start)
        #expect(endpoint.takeEvents() == [.connected])
        return endpoint
    }

    private func welcome(_ correlation: UInt64, session: UInt64 = Self.brokerSession) -> Frame {
        Frame(
            kind: .welcome, correlation: correlation,
            body: JSON.encode(WelcomeBody(session: session, heads: [], speaks: 2)))
    }

    private func at(_ milliseconds: Int64) -> SteadyInstant {
        SteadyInstant.start.advanced(byMilliseconds: milliseconds)
    }

    /// The times, in milliseconds, at which a frame of `kind` goes out while nothing comes back.
    private func sendings(_ endpoint: inout Endpoint, of kind: FrameKind, until end: Int64) -> [Int64] {
        var times: [Int64] = []
        for time in 0...end {
            if time > 0, time % 1000 == 0 { endpoint.receive(Frame(kind: .beatBack), now: at(time)) }
            endpoint.tick(now: at(time))
            times += endpoint.takeFrames().filter { $0.kind == kind }.map { _ in time }
        }
        return times
    }

    @Test("The hello says who it is")
    func hello() throws {
        var endpoint = Endpoint(
            registration: Registration(
                service: "archives", instance: "archives-1", role: .writer, credit: 9, streams: ["registry"],
                writerEpoch: 3), randomness: SeededRandomness(4), startedAt: .start, now: .start)
        endpoint.announce(StreamHead(stream: "archives", epoch: 1, seq: 5), now: .start)
        endpoint.start(now: .start)
        let frame = try #require(endpoint.takeFrames().first)
        let body = try #require(JSON.decode(HelloBody.self, from: frame.body))
        #expect(frame.service == "archives" && frame.instance == "archives-1")
        #expect(
            body
                == HelloBody(
                    role: .writer, credit: 9, streams: ["registry"], writerEpoch: 3, session: endpoint.session,
                    startedAt: .start, heads: [StreamHead(stream: "archives", epoch: 1, seq: 5)], speaks: 2,
                    answers: AnsweredMessages([:])))
    }

    @Test("A hello that is not answered is sent again every second")
    func helloAgain() {
        var endpoint = Endpoint(
            registration: .writer("archives"), randomness: SeededRandomness(4), startedAt: .start, now: .start)
        endpoint.start(now: .start)
        var times: [Int64] = []
        for time in 0...3500 {
            endpoint.tick(now: at(Int64(time)))
            times += endpoint.takeFrames().map { _ in Int64(time) }
        }
        #expect(times == [0, 1000, 2000, 3000])
    }

    @Test("It beats every second")
    func beats() {
        var endpoint = joined()
        #expect(sendings(&endpoint, of: .beat, until: 3500) == [1000, 2000, 3000])
        #expect(endpoint.takeEvents().isEmpty)
    }

    @Test("A broker that is silent for three seconds is lost, and is greeted anew")
    func silence() {
        var endpoint = joined()
        for time in 0...3000 { endpoint.tick(now: at(Int64(time))) }
        #expect(endpoint.takeEvents().isEmpty)
        _ = endpoint.takeFrames()
        endpoint.tick(now: at(3001))
        #expect(endpoint.takeEvents() == [.disconnected])
        #expect(endpoint.takeFrames().map(\.kind) == [.hello])
        #expect(!endpoint.isConnected)
    }

    @Test("An ask without an answer is sent again after one second, two, four, eight, eight, under the same numbers")
    func resending() {
        var settings = EndpointSettings()
        settings.patienceInMilliseconds = 30_000
        var endpoint = joined(settings: settings)
        let ticket = endpoint.ask(.command(), now: at(0))
        let first = endpoint.takeFrames()
        #expect(first.count == 1 && first[0].command == CommandNumber(session: endpoint.session, counter: 1))
        #expect(sendings(&endpoint, of: .request, until: 24_000) == [1000, 3000, 7000, 15_000, 23_000])
        #expect(endpoint.takeEvents().isEmpty)
        endpoint.receive(Frame(kind: .reply, correlation: ticket.number, body: [1]), now: at(24_001))
        let reply = BusReply(status: .done, body: [1], command: first[0].command!)
        #expect(endpoint.takeEvents() == [.answered(ticket, .success(reply))])
        endpoint.receive(Frame(kind: .reply, correlation: ticket.number, body: [1]), now: at(24_002))
        #expect(endpoint.takeEvents().isEmpty)
    }

    @Test("At its deadline an ask ends, whether or not the broker is there")
    func deadline() {
        for isJoined in [true, false] {
            var endpoint = joined()
            if !isJoined { endpoint.reconnected(now: at(0)) }
            var request = OutgoingRequest.query()
            request.timeoutInMilliseconds = 500
            let ticket = endpoint.ask(request, now: at(0))
            #expect(endpoint.nextDue <= at(500))
            endpoint.tick(now: at(499))
            #expect(endpoint.takeEvents().isEmpty)
            endpoint.tick(now: at(500))
            #expect(endpoint.takeEvents() == [.answered(ticket, .failure(.deadline))])
        }
    }

    @Test("Asks made before the welcome go out with it, and again after a new registration")
    func resendOnWelcome() {
        var endpoint = Endpoint(
            registration: .client("archives"), randomness: SeededRandomness(4), startedAt: .start, now: .start)
        endpoint.start(now: .start)
        _ = endpoint.takeFrames()
        _ = endpoint.ask(.query("early"), now: .start)
        #expect(endpoint.takeFrames().isEmpty)
        endpoint.receive(welcome(1), now: at(5))
        #expect(endpoint.takeFrames().map(\.body.text) == ["early"])
        endpoint.receive(Frame(kind: .who), now: at(300))
        #expect(endpoint.takeFrames().map(\.kind) == [.hello])
        endpoint.receive(Frame(kind: .who), now: at(301))
        #expect(endpoint.takeFrames().isEmpty)
        endpoint.receive(welcome(2, session: 901), now: at(302))
        #expect(endpoint.takeFrames().map(\.kind) == [.request])
    }

    @Test("A busy service is asked again after the time it gave, and the failure stands when that is too late")
    func busy() {
        var endpoint = joined()
        var request = OutgoingRequest.command()
        request.timeoutInMilliseconds = 1000
        let ticket = endpoint.ask(request, now: at(0))
        _ = endpoint.takeFrames()
        let busy = BusFailure.busy(retryAfterInMilliseconds: 400)
        let frame = Frame(kind: .reply, status: .failed, correlation: ticket.number, body: busy.encoded())
        endpoint.receive(frame, now: at(10))
        #expect(endpoint.takeEvents().isEmpty && endpoint.nextDue == at(410))
        endpoint.tick(now: at(409))
        #expect(endpoint.takeFrames().isEmpty)
        endpoint.tick(now: at(410))
        #expect(endpoint.takeFrames().map(\.kind) == [.request])
        endpoint.receive(frame, now: at(700))
        #expect(endpoint.takeEvents() == [.answered(ticket, .failure(busy))])
    }

    @Test("Any other failure ends the ask")
    func failure() {
        var endpoint = joined()
        let ticket = endpoint.ask(.command(), now: at(0))
        let body = BusFailure.notAllowed.encoded()
        endpoint.receive(Frame(kind: .reply, status: .failed, correlation: ticket.number, body: body), now: at(1))
        #expect(endpoint.takeEvents() == [.answered(ticket, .failure(.notAllowed))])
    }

    @Test("What cannot be sent fails at once")
    func unsendable() {
        var settings = EndpointSettings()
        settings.largestFrameInBytes = 2000
        var endpoint = joined(settings: settings)
        var zero = OutgoingRequest.command()
        zero.command = CommandNumber(session: 0, counter: 1)
        var late = OutgoingRequest.command()
        late.timeoutInMilliseconds = 0
        let cases: [(OutgoingRequest, BusFailure)] = [
            (OutgoingRequest(service: "", message: "m"), .malformed),
            (OutgoingRequest(service: "s", message: String(repeating: "长", count: 90)), .malformed),
            (OutgoingRequest(service: "s", message: "m", body: [UInt8](repeating: 0, count: 1500)), .tooLarge),
            (zero, .malformed), (late, .deadline),
        ]
        for (request, failure) in cases {
            let ticket = endpoint.ask(request, now: at(0))
            #expect(endpoint.takeEvents() == [.answered(ticket, .failure(failure))])
        }
        #expect(endpoint.takeFrames().isEmpty && endpoint.openAsks == 0)
    }

    private func request(_ correlation: UInt64, time: Int64 = 8999) -> Frame {
        Frame(
            kind: .request, correlation: correlation, protocolVersion: 2, remainingInMilliseconds: time,
            service: "archives",
            message: "archives.file.do", version: 2, caller: "gateway", body: [5])
    }

    @Test("A request is handed up once while it is in hand, and again after it was answered")
    func inHand() {
        var endpoint = joined()
        endpoint.receive(request(7), now: at(1))
        endpoint.receive(request(7), now: at(2))
        let token = ReplyToken(correlation: 7, brokerSession: Self.brokerSession)
        let incoming = IncomingRequest(
            caller: "gateway", message: "archives.file.do", version: 2, expiresAt: at(9000), body: [5], token: token)
        #expect(endpoint.takeEvents() == [.request(incoming)])
        endpoint.reply(OutgoingReply(token: token, status: .refused, body: [6]), now: at(3))
        endpoint.reply(OutgoingReply(token: token, status: .done, body: [7]), now: at(3))
        let replies = endpoint.takeFrames()
        #expect(replies == [Frame(kind: .reply, status: .refused, correlation: 7, body: [6])])
        #expect(endpoint.droppedReplies == 1)
        endpoint.receive(request(7), now: at(4))
        #expect(endpoint.takeEvents().count == 1)
    }

    @Test("A request that nobody waits for any more is answered without troubling the service")
    func lateRequest() {
        var endpoint = joined()
        endpoint.receive(request(7, time: 0), now: at(9000))
        #expect(endpoint.takeEvents().isEmpty)
        #expect(BusFailure.decoded(from: endpoint.takeFrames()[0].body) == .deadline)
    }

    @Test("A client takes no requests")
    func client() {
        var endpoint = joined(role: .client)
        endpoint.receive(request(7), now: at(1))
        #expect(endpoint.takeEvents().isEmpty)
    }

    @Test("An answer that is too large becomes a failure")
    func largeReply() {
        var settings = EndpointSettings()
        settings.largestFrameInBytes = 2000
        var endpoint = joined(settings: settings)
        endpoint.receive(request(7), now: at(1))
        let token = ReplyToken(correlation: 7, brokerSession: Self.brokerSession)
        endpoint.reply(OutgoingReply(token: token, status: .done, body: [UInt8](repeating: 0, count: 3000)), now: at(1))
        let reply = endpoint.takeFrames()[0]
        #expect(reply.status == .failed && BusFailure.decoded(from: reply.body) == .tooLarge)
    }

    @Test("An answer given while the broker is away is kept for the same broker and dropped for another")
    func heldReplies() {
        for isSame in [true, false] {
            var endpoint = joined()
            endpoint.receive(request(7), now: at(1))
            endpoint.reconnected(now: at(2))
            let token = ReplyToken(correlation: 7, brokerSession: Self.brokerSession)
            endpoint.reply(OutgoingReply(token: token, status: .done, body: [1]), now: at(3))
            _ = endpoint.takeFrames()
            endpoint.receive(welcome(2, session: isSame ? Self.brokerSession : 901), now: at(4))
            #expect(endpoint.takeFrames().map(\.kind) == (isSame ? [.reply] : []))
            #expect(endpoint.droppedReplies == (isSame ? 0 : 1))
        }
    }

    @Test("Announcements are sent together and only when they are news")
    func announcing() {
        var endpoint = joined()
        for seq in [3, 5, 4] as [Int64] {
            endpoint.announce(StreamHead(stream: "archives", epoch: 1, seq: seq), now: at(1))
        }
        let hints = endpoint.takeFrames()
        #expect(hints.count == 1)
        #expect(JSON.heads(from: hints[0].body) == [StreamHead(stream: "archives", epoch: 1, seq: 5)])
        endpoint.announce(StreamHead(stream: "archives", epoch: 1, seq: 5), now: at(2))
        #expect(endpoint.takeFrames().isEmpty)
    }

    @Test("Leaving fails what is asked, says goodbye, and nothing more is sent or taken")
    func leaving() {
        var endpoint = joined()
        let ticket = endpoint.ask(.command(), now: at(0))
        _ = endpoint.takeFrames()
        endpoint.leave(now: at(1))
        #expect(endpoint.takeEvents() == [.answered(ticket, .failure(.stopped))])
        #expect(endpoint.takeFrames().map(\.kind) == [.bye])
        let after = endpoint.ask(.command(), now: at(2))
        #expect(endpoint.takeEvents() == [.answered(after, .failure(.stopped))])
        endpoint.receive(request(7), now: at(3))
        endpoint.tick(now: at(5000))
        #expect(endpoint.takeFrames().isEmpty && endpoint.takeEvents().isEmpty)
    }

    @Test("A refused registration is told and tried again")
    func refused() {
        var endpoint = Endpoint(
            registration: .writer("archives"), randomness: SeededRandomness(4), startedAt: .start, now: .start)
        endpoint.start(now: .start)
        _ = endpoint.takeFrames()
        endpoint.receive(Frame(kind: .refusedHello, correlation: 1, body: BusFailure.notAllowed.encoded()), now: at(1))
        #expect(endpoint.takeEvents() == [.refused(.notAllowed)])
        endpoint.tick(now: at(1000))
        #expect(endpoint.takeFrames().map(\.kind) == [.hello])
    }

    @Test("Numbers given to callers are the endpoint's own and never twice")
    func numbers() {
        var endpoint = joined()
        let number = endpoint.nextCommandNumber()
        _ = endpoint.ask(.command(), now: at(0))
        #expect(number.session == endpoint.session && endpoint.takeFrames()[0].command?.counter == number.counter + 1)
    }
}
