import Domain
import Glibc
import Messaging
import Synchronization
import Testing

/// A handler that answers by a closure and remembers what it was told.
final class Recorder: BusHandler {
    struct Seen {
        var requests: [IncomingRequest] = []
        var heads: [StreamHead] = []
        var connections = 0
        var disconnections = 0
        var refusals: [BusFailure] = []
    }

    let seen = Mutex(Seen())
    private let connection = Mutex<BusConnection?>(nil)
    private let answer: @Sendable (IncomingRequest) -> OutgoingReply?

    init(answer: @escaping @Sendable (IncomingRequest) -> OutgoingReply?) { self.answer = answer }

    func attach(_ connection: BusConnection) { self.connection.withLock { $0 = connection } }

    func received(_ request: IncomingRequest) {
        seen.withLock { $0.requests.append(request) }
        guard let reply = answer(request) else { return }
        connection.withLock { $0 }?.reply(to: reply.token, status: reply.status, body: reply.body)
    }
    func heads(_ heads: [StreamHead]) { seen.withLock { $0.heads += heads } }
    func connected() { seen.withLock { $0.connections += 1 } }
    func disconnected() { seen.withLock { $0.disconnections += 1 } }
    func refused(_ failure: BusFailure) { seen.withLock { $0.refusals.append(failure) } }
}

/// A wall clock that goes ahead of the machine's, or behind.
struct SkewedClock: WallClock {
    var milliseconds: Int64

    func now() -> Timestamp { SystemClock().now().advanced(byMilliseconds: milliseconds) }
}

/// What a broker told its operator, by code.
final class ReportList: Sendable {
    let codes = Mutex<[String]>([])
}

/// A broker and connections on real sockets, in a folder of their own.
final class ZeroMQWorld {
    struct Member {
        let connection: BusConnection
        let recorder: Recorder
    }

    static let services = ["archives", "gateway", "registry", "stranger", "python"]

    let folder: String
    let address: String
    let registry: KeyRegistry
    let broker: BrokerServer
    let brokerKeys: CurveKeyPair
    let reports: ReportList
    private(set) var keys: [String: CurveKeyPair] = [:]
    private(set) var members: [String: Member] = [:]

    var registryPath: String { folder + "/keys" }

    init(tcpPort: Int? = nil, limits: BrokerLimits = BrokerLimits()) throws {
        var template = Array("/tmp/jieli-bus-XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        address = tcpPort.map { "tcp://127.0.0.1:\($0)" } ?? "ipc://\(folder)/bus.sock"
        brokerKeys = try CurveKeyPair.generate()
        for service in Self.services { keys[service] = try CurveKeyPair.generate() }
        try Self.write(Self.lines(keys), to: folder + "/keys")
        registry = try KeyRegistry(path: folder + "/keys")
        let reports = ReportList()
        broker = BrokerServer(
            configuration: BrokerConfiguration(addresses: [address], keys: brokerKeys, limits: limits),
            registry: registry, policy: TestPolicy(), clock: SystemClock(), randomness: SystemRandomness(),
            report: { error in reports.codes.withLock { $0.append(error.code) } })
        self.reports = reports
        try broker.start()
    }

    deinit {
        for member in members.values { member.connection.stop(drainInMilliseconds: 0) }
        broker.stop()
        for name in ["/keys", "/bus.sock", "/bus.sock.lock"] { unlink(folder + name) }
        rmdir(folder)
    }

    static func lines(_ keys: [String: CurveKeyPair]) -> String {
        keys.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.publicKey)\n" }.joined()
    }

    static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }

    func configuration(
        for service: String, keys: CurveKeyPair? = nil, settings: EndpointSettings = EndpointSettings()
    ) -> BusConfiguration {
        let pair = keys ?? self.keys[service]!
        return BusConfiguration(
            address: address, brokerPublicKey: brokerKeys.publicKey, publicKey: pair.publicKey,
            secretKey: pair.secretKey, settings: settings)
    }

    @discardableResult
    func add(
        _ registration: Registration, key: String? = nil, keys: CurveKeyPair? = nil, waits: Bool = true,
        clock: any WallClock = SystemClock(),
        answer: (@Sendable (IncomingRequest) -> OutgoingReply?)? = nil
    ) throws -> Member {
        let name = registration.instance
        let recorder = Recorder(
            answer: answer ?? { request in
                OutgoingReply(token: request.token, status: .done, body: (name + ":").bytes + request.body)
            })
        let connection = BusConnection(
            configuration: configuration(for: key ?? registration.service, keys: keys), registration: registration,
            clock: clock, randomness: SystemRandomness(), handler: recorder)
        recorder.attach(connection)
        try connection.start()
        let member = Member(connection: connection, recorder: recorder)
        members[name] = member
        if waits { #expect(Self.eventually { recorder.seen.withLock { $0.connections } > 0 }) }
        return member
    }

    func remove(_ name: String, drainInMilliseconds: Int64 = 5000) {
        members.removeValue(forKey: name)?.connection.stop(drainInMilliseconds: drainInMilliseconds)
    }

    /// Looks every few milliseconds for at most `seconds` whether a condition holds.
    static func eventually(seconds: Int = 10, _ condition: () -> Bool) -> Bool {
        for _ in 0..<(seconds * 200) {
            if condition() { return true }
            usleep(5000)
        }
        return condition()
    }
}
