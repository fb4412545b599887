import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Store
import Synchronization

/// Follows the registry's log over the bus, as a department does, and checks that each event joins on to the one
/// before. It stands under the key of `notifications`, as a program of its own beside that service.
final class ChaosFollower: Sendable {
    private static let service = ServiceName.notifications
    private static let stream = ServiceName.registry

    private let connection: BusConnection
    private let ledger: ChaosLedger
    private let place = Monitor<StreamOffset?>(nil)
    private let isStopped = Atomic<Bool>(false)

    init(_ county: CountyFolder, _ ledger: ChaosLedger) throws {
        self.ledger = ledger
        let keys = KeyFolder(county.keys)
        let pair = try CurveKeyPair.read(path: keys.curveFile(Self.service)).keys
        connection = BusConnection(
            configuration: BusConfiguration(
                address: county.busAddress, brokerPublicKey: try keys.publicKey(of: .bus), publicKey: pair.publicKey,
                secretKey: pair.secretKey),
            registration: Registration(
                service: Self.service.rawValue, instance: "\(Self.service.rawValue)-follower", role: .client),
            clock: SystemClock(), randomness: SystemRandomness(), handler: SilentFollower())
        try connection.start()
        OwnThread.essential(name: "follower") { [self] in follow() }
    }

    /// How far it has come; nil before the first event.
    var applied: StreamOffset? { place.read { $0 } }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        connection.stop(drainInMilliseconds: 0)
    }

    private func follow() {
        while !isStopped.load(ordering: .acquiring) {
            let last = applied
            let request = FetchLog(epoch: last?.epoch, after: last?.seq ?? 0, limit: 1000)
            guard let body = try? JSONCoding.bytes(request),
                let reply = try? connection.askAndWait(
                    OutgoingRequest(
                        service: Self.stream.rawValue, message: FetchLog.name, body: body,
                        timeoutInMilliseconds: 2000)),
                reply.status == .done, let batch = EventBatch(bytes: reply.body), !batch.items.isEmpty
            else {
                Pause.milliseconds(50)
                continue
            }
            guard take(batch, after: last) else { return }
        }
    }

    /// - Returns: false when the log does not join on: then it stands still.
    private func take(_ batch: EventBatch, after last: StreamOffset?) -> Bool {
        var offset =
            last
            ?? StreamOffset(
                epoch: batch.epoch, seq: 0, hash: LogChain.genesis(stream: Self.stream.rawValue, epoch: batch.origin))
        for item in batch.items where item.seq > offset.seq {
            let hash = LogChain.hash(
                previous: offset.hash, seq: item.seq, at: item.at, name: item.name, version: item.version,
                key: item.key, actor: item.actor, bodyDigest: item.bodyDigest)
            guard item.seq == offset.seq + 1, hash == item.hash, batch.epoch == offset.epoch else {
                ledger.violate(.damaged, "跟随者在移交台账日志第 \(item.seq) 条处接不上")
                return false
            }
            offset = StreamOffset(epoch: offset.epoch, seq: item.seq, hash: hash)
        }
        place.update { $0 = offset }
        return true
    }
}

/// Nobody asks anything of the follower.
private struct SilentFollower: BusHandler {
    func received(_ request: IncomingRequest) {}
}
