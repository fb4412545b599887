import Contracts
import Domain
import Glibc
import Host
import Store

/// Copies all stores of a county, whether it runs or not, as they were at moments that go together.
enum BackupCommand: Subcommand {
    static let name = "backup"
    static let summary = "备份全部数据"
    static let english = "copy all stores while they are in use"
    static let options = ["recipient"]
    static let flags = ["json"]
    static let wordLimit = 1
    static let help = """
        用法：jieli backup 目录 [参数]
          目录             新建的备份目录，如 /backup/jieli-2026-01-31
          --recipient CERT 整体加密给该证书（PEM）的持有人：每个数据文件成为 .cms（RFC 5652，AES-256-GCM），
                           没有私钥谁也读不出，也看不到有谁、属于哪个企业
          --json           以 JSON 输出各数据文件的末条与校验值
        服务运行与否都可备份。备份逐个核验，全部完好才出现在该目录中。密钥不在备份之内：请另行保管 keys 目录，
        没有密钥，备份中的个人信息无法读出。恢复办法见 docs/operations.md。
        """

    /// A service that has taken in more of another's log than that one's copy has is copied before it; each further
    /// round mends what a change between two copies brought.
    private static let mostRounds = 20

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        let target = try CountyFolder(path: arguments.word(0, "备份目录"))
        let services = Supervision.storing.filter { access(county.storeFile($0), F_OK) == 0 }
        guard !services.isEmpty else {
            throw CommandFailure.failed("\(county.path) 中没有数据。请用 --data 指定数据目录。")
        }
        guard access(target.path, F_OK) != 0 else {
            throw CommandFailure.failed("\(target.path) 已经存在，不会覆盖。请换一个目录名。")
        }
        // Under another name until it is whole, so that nobody takes half a backup for one.
        let partial = try CountyFolder(path: target.path + ".partial")
        guard access(partial.path, F_OK) != 0 else {
            throw CommandFailure.failed("\(partial.path) 是一次中断的备份，或另一次备份正在进行。没有别的备份在进行时，请删除它后再试。")
        }
        let recipient = try arguments["recipient"].map(BackupEnvelope.init)
        // What is to leave only encrypted is copied beside the stores first.
        let clear = recipient == nil ? partial : try CountyFolder(path: county.path + "/backup.partial")
        let checks: [StoreCheck]
        do {
            defer { if recipient != nil { remove(services, from: clear) } }
            checks = try copy(services, of: county, to: clear)
            if let recipient { try recipient.seal(services, from: clear, to: partial) }
            guard rename(partial.path, target.path) == 0 else {
                throw CommandFailure.failed("不能建立 \(target.path)：\(String(cString: strerror(errno)))。请检查目录权限。")
            }
        } catch {
            remove(services, from: partial)
            throw error
        }
        if arguments.has("json") {
            Terminal.print(String(decoding: try JSONCoding.canonical(checks), as: UTF8.self))
        } else {
            Terminal.print(StoreCheck.text(checks))
            Terminal.print("已备份到 \(target.path)\(recipient == nil ? "" : "，已整体加密")。密钥不在其中，请另行保管 \(county.keys)。")
        }
    }

    private static func copy(
        _ services: [ServiceName], of county: CountyFolder, to target: CountyFolder
    ) throws -> [StoreCheck] {
        var reports: [ServiceName: VerificationReport] = [:]
        // The gateway follows all others, so it comes first, and last the registry, which all others follow.
        var due = Array(services.reversed())
        var line = ProgressLine("已备份", unit: "个数据文件")
        defer { line.end() }
        var before: [ServiceName: VerificationReport] = [:]
        for _ in 0..<mostRounds {
            before = reports
            for service in due {
                reports[service] = try copy(service, of: county, to: target)
                line.show(reports.count, of: services.count)
            }
            due = services.filter { service in isBehind(service, reports) }
            if due.isEmpty {
                return services.compactMap { service in
                    reports[service].map { StoreCheck(service, $0, at: county.storeFile(service)) }
                }
            }
        }
        if let stuck = due.first(where: { before[$0]?.head == reports[$0]?.head }) {
            throw CommandFailure.failed(
                """
                \(stuck.chinese)的日志比其他服务已取用的短（可能恢复了较早的备份），凑不成一套，本次没有备份。\
                请先执行 jieli reconcile \(stuck.rawValue) --dry-run 查看。
                """)
        }
        throw CommandFailure.failed("业务太忙，各服务的备份对不上同一时刻，本次没有备份。请在业务较少时再试，或先执行 jieli down。")
    }

    private static func copy(
        _ service: ServiceName, of county: CountyFolder, to target: CountyFolder
    ) throws -> VerificationReport {
        try Folders.make(target.store(service))
        let file = target.storeFile(service)
        unlink(file)
        try StoreBackup.copy(from: county.storeFile(service), to: file)
        let report = try StoreInspection.verify(path: file)
        // What reading made beside it is no part of a backup, and is empty.
        for suffix in ["-wal", "-shm"] { unlink(file + suffix) }
        guard report.isSound, report.head.stream == service.rawValue else {
            throw CommandFailure.failed(
                "\(service.chinese)的数据有问题，没有备份。请执行 jieli verify 查看，不要覆盖以前的备份。")
        }
        return report
    }

    /// Whether another copy has taken in more of this service's log than the copy of the log has. Put back together,
    /// that other would stop.
    private static func isBehind(_ service: ServiceName, _ reports: [ServiceName: VerificationReport]) -> Bool {
        guard let head = reports[service]?.head else { return false }
        return reports.values.contains { report in
            guard let offset = report.offsets[service.rawValue] else { return false }
            return (offset.epoch, offset.seq) > (head.epoch, head.seq)
        }
    }

    /// Takes away what an unfinished backup has made, and nothing else.
    private static func remove(_ services: [ServiceName], from partial: CountyFolder) {
        for service in services {
            for suffix in ["", ".partial", "-wal", "-shm", "-journal", BackupEnvelope.suffix] {
                unlink(partial.storeFile(service) + suffix)
            }
            rmdir(partial.store(service))
        }
        rmdir("\(partial.path)/stores")
        rmdir(partial.path)
    }
}
