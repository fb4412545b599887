import Contracts
import Domain
import Glibc
import Host

/// Waits until what was done in one service is known to the others.
///
/// A command that needs another service's event would be refused a moment too early. The services' own account of how
/// far they have followed each log tells when the moment has come, for all people at once.
struct SampleFollowing {
    /// How long a service may stand still before it counts as stuck.
    private static let patienceInMilliseconds: Int64 = 15_000
    private static let pauseInMicroseconds: useconds_t = 10_000

    let client: BusClient

    /// - Throws: `CommandFailure` that names who stands still.
    func waitUntilHeard(by readers: [ServiceName] = ServiceName.storing) throws {
        var before: [ServiceName: Int64] = [:]
        var behind: [ServiceName: Int64] = [:]
        var movedAt = SystemClock().now()
        while true {
            let statuses = try Dictionary(
                uniqueKeysWithValues: ServiceName.storing.map { ($0, try status(of: $0)) })
            let heads = statuses.mapValues(\.logSeq)
            let gaps = Self.gaps(of: readers, statuses, heads)
            // A service tells of its log a moment after its answers: only a second look at an equal head counts.
            if gaps.isEmpty, heads == before { return }
            if gaps != behind || heads != before { movedAt = SystemClock().now() }
            if SystemClock().now().milliseconds(since: movedAt) > Self.patienceInMilliseconds {
                let names = gaps.keys.map(\.chinese).sorted().joined(separator: "、")
                throw CommandFailure.failed("\(names)没有跟上其他服务的进展，请用 jieli status 查看。")
            }
            (before, behind) = (heads, gaps)
            usleep(Self.pauseInMicroseconds)
        }
    }

    private static func gaps(
        of readers: [ServiceName], _ statuses: [ServiceName: ServiceStatus], _ heads: [ServiceName: Int64]
    ) -> [ServiceName: Int64] {
        var gaps: [ServiceName: Int64] = [:]
        for reader in readers {
            let gap = (statuses[reader]?.followed ?? []).reduce(Int64(0)) { sum, followed in
                let head = ServiceName(rawValue: followed.stream).flatMap { heads[$0] } ?? 0
                return sum + max(0, head - followed.applied)
            }
            if gap > 0 { gaps[reader] = gap }
        }
        return gaps
    }

    private func status(of service: ServiceName) throws -> ServiceStatus {
        let body = try client.ask(
            service, ServiceStatusQuery.name, try JSONCoding.bytes(ServiceStatusQuery()), as: .program)
        return try JSONCoding.value(ServiceStatus.self, from: body)
    }
}
