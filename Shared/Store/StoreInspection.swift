import Domain
import Sealing

/// Checks a store from outside its service. Reads only; the service may be running, as one view is read throughout.
public struct StoreInspection {
    /// Recomputes the chain over the whole log and runs SQLite's own checks.
    ///
    /// Throws when there is nothing to inspect: `.missing`, `.foreign`, `.newer`, `.damaged` (not readable as a
    /// database), `.noAccess`, `.busy`. Faults found in a readable store are in the report.
    public static func verify(path: String) throws(StoreError) -> VerificationReport {
        let path = FileStatus.canonical(path)
        let connection = try Connection(path: path, mode: .readOnly)
        try StoreOpening.checkLength(path: path, file: connection.file)
        guard try StoreOpening.isStore(connection) else { throw StoreError.missing(connection.file) }
        try StoreOpening.configure(connection)
        try StoreOpening.checkLastPage(connection, path: path)
        try connection.run("BEGIN DEFERRED")
        defer { connection.rollBack() }
        var inspection = StoreInspection(connection: connection, head: try StoreIdentity.read(connection).head)
        try inspection.countTables()
        inspection.checkLog()
        inspection.checkPages()
        return inspection.report
    }

    /// The hash of one record, with the log's present epoch; nil when the log is shorter.
    public static func hash(ofRecord seq: Int64, path: String) throws(StoreError) -> (epoch: UInt64, hash: [UInt8]?) {
        let connection = try Connection(path: FileStatus.canonical(path), mode: .readOnly)
        guard try StoreOpening.isStore(connection) else { throw StoreError.missing(connection.file) }
        try StoreOpening.configure(connection)
        try connection.run("BEGIN DEFERRED")
        defer { connection.rollBack() }
        let epoch = try StoreIdentity.read(connection).head.epoch
        let statement = try connection.borrow(LogReader.select + " WHERE seq = ?")
        defer { connection.giveBack(statement) }
        try statement.bind(1, seq)
        return (epoch, try statement.step() ? LogReader.record(statement).hash : nil)
    }

    private let connection: Connection
    private var report: VerificationReport

    private init(connection: Connection, head: LogHead) {
        self.connection = connection
        report = VerificationReport(head: head)
    }

    private mutating func countTables() throws(StoreError) {
        report.migrations = try connection.texts("SELECT name FROM store_migrations ORDER BY position")
        report.resultCount = try connection.integer("SELECT count(*) FROM command_results") ?? 0
        do {
            report.offsets = try Snapshot(connection).offsets()
        } catch {
            throw error as? StoreError ?? StoreError.damaged(connection.file, "位点表")
        }
    }

    private mutating func checkLog() {
        var last = StreamOffset(
            epoch: report.head.epoch, seq: 0,
            hash: LogChain.genesis(stream: report.head.stream, epoch: report.head.origin))
        do {
            let statement = try connection.borrow(LogReader.select + " ORDER BY seq")
            defer { connection.giveBack(statement) }
            while try statement.step() {
                let record = LogReader.record(statement)
                report.recordCount += 1
                check(record, after: last)
                // From here the stored hash counts, so that one altered record gives one finding and not thousands.
                last.seq = record.seq
                last.hash = record.hash
            }
        } catch {
            add(.unreadable, last.seq + 1, "日志读到第 \(last.seq) 条后无法继续：\(error.message)")
            return
        }
        if last.seq != report.head.seq || last.hash != report.head.hash {
            add(.head, min(last.seq, report.head.seq) + 1, "日志末条为第 \(last.seq) 条，记载应为第 \(report.head.seq) 条")
        }
    }

    private mutating func check(_ record: LogRecord, after last: StreamOffset) {
        if record.seq != last.seq + 1 {
            add(.gap, last.seq + 1, "日志缺第 \(last.seq + 1) 条，其后是第 \(record.seq) 条")
        } else if SM3.digest(record.body) != record.bodyDigest {
            add(.content, record.seq, "第 \(record.seq) 条的内容与其摘要不符")
        } else if LogChain.hash(previous: last.hash, record: record) != record.hash {
            add(.chain, record.seq, "第 \(record.seq) 条与前一条不相连")
        }
    }

    private mutating func checkPages() {
        do {
            for complaint in try connection.texts("PRAGMA integrity_check(\(VerificationReport.findingLimit))")
            where complaint != "ok" {
                add(.integrity, nil, "数据库自检：\(complaint)")
            }
            for table in try connection.texts("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check") {
                add(.reference, nil, "表 \(table) 引用了不存在的记录")
            }
        } catch {
            add(.integrity, nil, "数据库自检未能完成：\(error.message)")
        }
    }

    private mutating func add(_ kind: VerificationReport.Finding.Kind, _ seq: Int64?, _ message: String) {
        if report.findings.count(where: { $0.kind == kind }) >= VerificationReport.findingLimit { return }
        report.findings.append(VerificationReport.Finding(kind: kind, seq: seq, message: message))
    }
}
