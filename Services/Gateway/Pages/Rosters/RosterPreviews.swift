import Contracts
import Domain
import Rosters
import Sealing
import Synchronization
import Web

/// Files that were uploaded and are looked at before they go in. A file lies on disk without a name, and only as long
/// as it is here; when the gateway stops, it is uploaded again.
final class RosterPreviews: Sendable {
    struct Kept: Sendable {
        var file: UploadedFile
        var enterprise: String
        var user: String
        var until: Timestamp
        /// What was said of the columns by hand so far.
        var told: [HeadingMeaning] = []
        var takesHiddenRows = false
    }

    private static let keptForInMilliseconds: Int64 = 30 * 60 * 1000
    private static let mostOfOneAccount = 3
    private static let mostInAll = 32
    private let kept = Mutex<[String: Kept]>([:])

    /// - Returns: the name by which the file is asked for.
    /// - Throws: `gateway.roster.busy` when too many are being looked at.
    func keep(_ file: UploadedFile, enterprise: String, user: String, now: Timestamp) throws -> String {
        let name = Hex.encode(Secret.random(16))
        let isKept = kept.withLock { kept in
            kept = kept.filter { $0.value.until > now }
            let own = kept.filter { $0.value.user == user }.sorted { $0.value.until < $1.value.until }
            for (name, _) in own.dropLast(Self.mostOfOneAccount - 1) { kept[name] = nil }
            guard kept.count < Self.mostInAll else { return false }
            kept[name] = Kept(
                file: file, enterprise: enterprise, user: user, until: Self.end(now))
            return true
        }
        guard isKept else { throw RosterUploads.busy }
        return name
    }

    /// - Throws: `gateway.roster.preview-gone` when the file is not here any more, or is somebody else's.
    func find(_ name: String, user: String, now: Timestamp) throws -> Kept {
        let found = kept.withLock { kept in
            kept[name].flatMap { $0.user == user && $0.until > now ? $0 : nil }
        }
        guard let found else { throw Self.gone }
        return found
    }

    func change(_ name: String, now: Timestamp, _ change: (inout Kept) -> Void) {
        kept.withLock { kept in
            guard var found = kept[name] else { return }
            change(&found)
            found.until = Self.end(now)
            kept[name] = found
        }
    }

    private static func end(_ now: Timestamp) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + keptForInMilliseconds)
    }

    static let gone = Refusal(
        "gateway.roster.preview-gone", .notFound, "这份待导入的文件已不在（保留 30 分钟），请返回名册页重新上传。")
}
