import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging

/// From the start of the programs to a county that answers.
struct StartUp: Sendable {
    /// An instance that fell so often without a word of its own is told.
    private static let patientRestarts = 3
    /// Then what is not ready is told, and the others go on.
    private static let patienceInMilliseconds: Int64 = 60_000

    let options: UpOptions
    let supervisor: Supervisor
    let account: StartAccount
    /// Whether no store was there before this start. Looked at before the programs make theirs.
    let isNew: Bool

    func run() {
        let start = SystemClock().now()
        account.say("正在启动 \(Supervision.all.count) 个程序……")
        do {
            let bus = try BusClient(options.county)
            defer { bus.stop() }
            let failing = waitUntilReady(bus)
            guard failing.isEmpty else {
                for line in failing { account.say(line) }
                sayWhere()
                return account.enter(.degraded)
            }
            account.say("全部就绪，用时 \(SystemClock().now().milliseconds(since: start)) 毫秒。")
            let adopted = try AccountAdoption.run(bus)
            if adopted > 0 { account.say("原网关中的 \(adopted) 个账号已转入账号服务，密码不变，须重新登录。") }
            let complaints = complaints(bus)
            for line in complaints { account.say(line) }
            if let people = options.sample { try loadSample(people, bus) }
            sayWhere()
            account.enter(complaints.isEmpty ? .ready : .degraded)
        } catch {
            account.say(CommandFailure(describing: error).message)
            sayWhere()
            account.enter(.degraded)
        }
    }

    /// Services that run and take no commands, or do not take in another's log.
    private func complaints(_ bus: BusClient) -> [String] {
        Supervision.storing.flatMap { service -> [String] in
            let body = try? bus.ask(
                service, ServiceStatusQuery.name, JSONCoding.bytes(ServiceStatusQuery()), as: .program,
                patienceInMilliseconds: 1000)
            guard let status = try? JSONCoding.value(ServiceStatus.self, from: body ?? []) else { return [] }
            let closed = status.closed.map { ["\(service.chinese)（\(service.rawValue)）暂停办理：\($0.sentence)"] } ?? []
            return closed
                + status.followed.compactMap { stream in
                    stream.halted.map { "\(service.chinese)（\(service.rawValue)）停止取用 \(stream.stream) 的日志：\($0)" }
                }
        }
    }

    private func sayWhere() {
        account.say("网址：\(options.web.text)")
        let data = options.county.path == (try? CountyFolder.standardPath()) ? "" : " --data \(options.county.path)"
        account.say("状态：jieli status\(data)    停止：jieli down\(data)")
    }

    /// - Returns: what fails, for people; empty when all are ready.
    private func waitUntilReady(_ bus: BusClient) -> [String] {
        var ready: Set<ServiceName> = []
        let began = MonotonicClock.milliseconds()
        while true {
            let failing = supervisor.reports.filter {
                !ready.contains($0.service)
                    && ($0.isMisconfigured && $0.restarts >= 1 || $0.restarts >= Self.patientRestarts)
            }
            if let snapshot = try? BusStatus.ask(bus, patienceInMilliseconds: 500) {
                ready = snapshot.servicesWithWriter.union([.bus])
            }
            let waiting = Supervision.all.filter { !ready.contains($0) }
            if waiting.isEmpty, options.web.isHealthy() { return [] }
            if !failing.isEmpty, waiting.allSatisfy({ name in failing.contains { $0.service == name } }) {
                return failing.map(describe)
            }
            // Without a bus nobody else can be ready, whatever they wait for.
            let hasNoBus = failing.contains { $0.service == .bus && $0.restarts >= Self.patientRestarts }
            let isLate = MonotonicClock.milliseconds() - began > Self.patienceInMilliseconds
            if hasNoBus || isLate {
                let others = waiting.filter { name in !failing.contains { $0.service == name } }
                let names = others.map(\.chinese).joined(separator: "、")
                let hint = "尚未连上总线：\(names)。请核对 \(options.county.keys)/public-keys 中各服务一行是否齐全、各 .curve 文件是否为本服务所有。"
                return failing.map(describe) + (others.isEmpty ? [] : [hint])
            }
            usleep(50_000)
        }
    }

    private func describe(_ report: InstanceKeeper.Report) -> String {
        let log = options.county.log(report.service, report.instance)
        let last = Logs.tail(log, lines: 1) ?? report.lastExit ?? ""
        return "\(report.service.chinese)（\(report.service.rawValue)）没有启动：\(last)（日志 \(log)）"
    }

    /// Into an empty county only: what people have entered is never mixed with what was invented.
    private func loadSample(_ people: Int, _ bus: BusClient) throws {
        let mark = options.county.unfinishedSample
        guard access(mark, F_OK) != 0 else {
            throw CommandFailure.failed(
                "上次装载样例时中断，样例不完整。请执行 jieli down，删除 \(options.county.path) 后重新启动，或换一个数据目录。")
        }
        let known = try bus.ask(ListEnterprises(), of: .registry, as: .program).rows
        // Also one that was begun empty, or whose ledger was lost, is somebody's: the sample's accounts have a password
        // that everybody knows.
        guard isNew, known.isEmpty else {
            return account.say("数据目录已在使用（登记企业 \(known.count) 家），不装载样例。")
        }
        let start = SystemClock().now()
        try SmallFile.replace(mark, with: "")
        let users = try SampleCounty.load(client: bus, people: people) { account.say($0) }
        unlink(mark)
        account.say("样例县已装载：\(people) 人，用时 \(SystemClock().now().milliseconds(since: start)) 毫秒。")
        account.say(Self.table(of: users))
        account.say("以上样例账号的密码都是 \(SampleCounty.password)，仅供试用；真实数据请用 --empty 另起一套并自设账号。")
        if !options.web.isLoopback { account.say("警告：网页对其他机器开放，而样例密码是公开的，请勿录入真实数据。") }
    }

    private static func table(of users: [SampleUser]) -> String {
        Text.table(
            [["账号", "名称", "职责", "范围"]] + users.map { [$0.user, $0.displayName, $0.role.chinese, $0.area.text] })
    }
}
