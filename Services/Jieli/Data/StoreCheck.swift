import Contracts
import Domain
import Glibc
import Host
import Sealing
import Store

/// What a check of one store's log found. Names are stable.
struct StoreCheck: Codable {
    var service: ServiceName
    var isSound: Bool
    var seq: Int64?
    var hash: String?
    var findings: [String]
    /// Whether there is a file at all.
    var isThere = true
    /// How far this store has followed other logs.
    var offsets: [String: StreamOffset] = [:]

    private enum CodingKeys: CodingKey { case service, isSound, seq, hash, findings, isThere }

    /// Recomputes the whole log of the store at `path`, which may be in use.
    init(_ service: ServiceName, at path: String) {
        // Before the store, which may grow meanwhile.
        let marked = StoreMarkFile(besideStoreAt: path).lastSeq
        do throws(StoreError) {
            self.init(service, try StoreInspection.verify(path: path), at: path)
            if let marked, let seq, marked > seq {
                isSound = false
                findings.append(
                    """
                    日志只到第 \(seq) 条，先前曾到第 \(marked) 条：可能恢复了较早的备份，或复制时缺了 -wal 文件。\
                    请执行 jieli reconcile \(service.rawValue) --dry-run 查看
                    """
                )
            }
        } catch {
            self.init(service, findings: ["\(error.message)（\(error.code.rawValue)）"])
        }
    }

    init(_ service: ServiceName, _ report: VerificationReport, at path: String) {
        let isElsewhere = report.head.stream != service.rawValue
        self.init(
            service,
            findings: isElsewhere
                ? ["\(path) 是 \(report.head.stream) 的数据文件，放错了位置"] : report.findings.map(\.message))
        guard !isElsewhere else { return }
        isSound = report.isSound
        seq = report.head.seq
        hash = Hex.encode(report.head.hash)
        offsets = report.offsets
        guard report.migrations.contains(LookedDays.migrationName) else { return }
        let altered = (try? Self.alteredLooks(service, at: path)) ?? ["查阅记录不能读取"]
        isSound = isSound && altered.isEmpty
        findings += altered
    }

    private init(_ service: ServiceName, findings: [String]) {
        self.service = service
        isSound = false
        self.findings = findings
    }

    static func missing(_ service: ServiceName, at path: String) -> StoreCheck {
        let known = StoreMarkFile(besideStoreAt: path).lastSeq.map { "，而日志曾到第 \($0) 条：请从备份恢复" } ?? ""
        var check = StoreCheck(service, findings: ["没有数据文件 \(path)\(known)"])
        check.isThere = false
        return check
    }

    private static func alteredLooks(_ service: ServiceName, at path: String) throws -> [String] {
        let store = try ReadableStore(path: path, stream: service.rawValue)
        return try store.read { try LookedDays.verify($0, today: CalendarDay(SystemClock().now())) }
    }

    /// Holds what others have applied of each log against the log itself: whoever rewrites one with a new chain would
    /// have to rewrite the offsets of all who follow it.
    static func compare(_ checks: inout [StoreCheck], pathOf path: (ServiceName) -> String) {
        for index in checks.indices where checks[index].isThere {
            let log = checks[index].service
            for follower in checks where follower.service != log {
                guard let offset = follower.offsets[log.rawValue], offset.seq > 0,
                    let found = try? StoreInspection.hash(ofRecord: offset.seq, path: path(log)),
                    found.epoch == offset.epoch, found.hash != offset.hash
                else { continue }
                checks[index].isSound = false
                checks[index].findings.append(
                    found.hash == nil
                        ? "“\(follower.service.chinese)”已取用到第 \(offset.seq) 条，而日志没有这一条：日志被截短或换成了旧的"
                        : "第 \(offset.seq) 条的校验值与“\(follower.service.chinese)”取用时的不同：日志被改写过")
            }
        }
    }

    /// A table of stores, and below it what is wrong with them.
    static func text(_ checks: [StoreCheck]) -> String {
        let table = Text.table(
            [["服务", "结果", "末条", "校验值"]]
                + checks.map {
                    [
                        $0.service.chinese, $0.isSound ? "完好" : "有问题", $0.seq.map(String.init) ?? "-",
                        $0.hash ?? "-",
                    ]
                }, right: [2])
        let findings = checks.flatMap { check in check.findings.map { "\(check.service.chinese)：\($0)" } }
        return ([table] + findings).joined(separator: "\n")
    }
}
