import Contracts
import Domain
import FoundationEssentials
import Glibc
import Host

/// After a store was put back older, or was lost: shows what the others know that it no longer has, and lets the county
/// go on from what there is.
enum ReconcileCommand: Subcommand {
    static let name = "reconcile"
    static let summary = "核对恢复过的数据"
    static let english = "go on after a store was put back or lost"
    static let options = ["reason"]
    static let flags = ["dry-run", "yes", "json", "from-nothing"]
    static let wordLimit = 1
    static let help = """
        用法：jieli reconcile 服务名 --reason 原因 [参数]
          --reason TEXT    为何以现有数据为准，记入该服务的日志
          --dry-run        只列出其他服务已见到、而该服务已没有的事项，不作改动；有须核对的，退出码为 1
          --from-nothing   数据文件确已丢失、无备份可用：从空库重新开始，再行核对
          --yes            不再询问
          --json           以 JSON 输出
        该服务没有了的事项不会自动补回：各服务已据此办理的保持不变，并记为“多出”，请按清单人工核对、补办。
        能找到更新的备份或 -wal 文件时，请先停止服务、放回原处，不要核对。
        """

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        let service = try Supervision.service(arguments.word(0, "服务名"))
        guard Supervision.storing.contains(service) else { throw CommandFailure.usage("\(service.rawValue) 没有数据文件。") }
        let isTrial = arguments.has("dry-run")
        let reason = arguments["reason"]
        guard isTrial || reason != nil else { throw CommandFailure.usage("缺少 --reason 原因；只查看请用 --dry-run。") }
        let bus = try RunningBus.connect(county)
        defer { bus.stop() }
        var view: ReconcileView
        if arguments.has("from-nothing"), try beginFromNothing(service, county, arguments) {
            view = try ReconcileView(service, county, bus)
            // The others tell within a second or two how far they had followed the lost log.
            for _ in 0..<50 where !view.isDue && !view.followers.isEmpty {
                usleep(200_000)
                view = try ReconcileView(service, county, bus)
            }
        } else {
            view = try ReconcileView(service, county, bus)
        }
        // As JSON it is printed once: what is to be decided about, or how it stands afterwards.
        if !arguments.has("json") || isTrial || !view.isDue { show(view, asJSON: arguments.has("json")) }
        guard view.isDue else { return show("无须核对：其他服务见到的，\(service.chinese)都有。", arguments) }
        guard let reason, !isTrial else {
            throw CommandFailure.failed("须核对。确认后执行 jieli reconcile \(service.rawValue) --reason 原因。")
        }
        try confirm("\(service.chinese)将以现有数据为准继续，以上 \(view.lostEvents) 条不再取回。", arguments)
        let reply = try bus.ask(
            service, ReconcileLog.name,
            JSONCoding.bytes(
                ReconcileLog(
                    seq: view.seq, positions: view.followers.map { .init(epoch: $0.epoch, seq: $0.seq) },
                    reason: reason)), as: .program)
        let reconciled = try JSONCoding.value(LogReconciled.self, from: reply)
        let late = try waitForFollowers(view, reconciled, bus)
        if arguments.has("json") { show(try ReconcileView(service, county, bus), asJSON: true) }
        guard late.isEmpty else {
            let names = late.map(\.rawValue).joined(separator: "、")
            throw CommandFailure.failed("\(service.chinese)已换代，但 \(names) 尚未接上，请用 jieli status 查看原因。")
        }
        show("\(service.chinese)已从第 \(reconciled.seq) 条起继续，\(view.followers.count) 个服务都已接上。", arguments)
    }

    // MARK: Steps

    /// Sets the mark of the lost store aside, so that its service makes a new one.
    /// - Returns: false when there is no mark: it has begun already.
    private static func beginFromNothing(
        _ service: ServiceName, _ county: CountyFolder, _ arguments: Arguments
    ) throws -> Bool {
        let store = county.storeFile(service)
        let mark = StoreMarkFile(besideStoreAt: store)
        guard access(store, F_OK) != 0 else {
            throw CommandFailure.failed("\(store) 还在，不会从空库开始。请先停止服务，把该文件移到别处保管，再执行本命令。")
        }
        guard access(mark.path, F_OK) == 0 else { return false }
        let known = mark.lastSeq.map { "，其日志曾到第 \($0) 条" } ?? ""
        if arguments.has("dry-run") {
            throw CommandFailure.failed("\(service.chinese)的数据文件不见了\(known)。有备份时请放回原处，不要从空库开始。")
        }
        try confirm("\(service.chinese)的数据文件不见了\(known)。从空库开始后，该服务办过的事项都要重新录入。", arguments)
        let aside = "\(mark.path).lost-\(CalendarDay(SystemClock().now()))"
        guard rename(mark.path, aside) == 0 else {
            throw CommandFailure.failed("不能改名 \(mark.path)：\(String(cString: strerror(errno)))。请检查目录权限。")
        }
        _ = try ControlSocket.ask(county, ControlRequest(action: .restart, service: service))
        // Until it is started, its report is that of the life before.
        for _ in 0..<100 {
            let instances = try ControlSocket.ask(county, ControlRequest(action: .status)).instances
            if instances.contains(where: { $0.service == service && $0.processIdentifier != nil }) { break }
            usleep(50_000)
        }
        try InstanceWait.run(county, service) { _, writes in writes }
        return true
    }

    private static func confirm(_ what: String, _ arguments: Arguments) throws {
        if arguments.has("yes") { return }
        guard isatty(STDIN_FILENO) == 1 else { throw CommandFailure.usage("\(what)标准输入不是终端，确认请加 --yes。") }
        Terminal.complain("\(what)输入 yes 继续：")
        guard readLine() == "yes" else { throw CommandFailure.failed("没有改动。") }
    }

    /// - Returns: who has not joined on within the time.
    private static func waitForFollowers(
        _ view: ReconcileView, _ reconciled: LogReconciled, _ bus: BusClient
    ) throws -> [ServiceName] {
        var late = view.followers.map(\.service)
        for _ in 0..<100 {
            late = try late.filter { follower in
                let known = try ReconcileView.known(view.service, by: follower, after: .max, bus)
                return known.epoch != reconciled.epoch || known.seq < reconciled.seq
            }
            if late.isEmpty { return [] }
            usleep(200_000)
        }
        return late
    }

    // MARK: Words

    private static func show(_ text: String, _ arguments: Arguments) {
        if !arguments.has("json") { Terminal.print(text) }
    }

    private static func show(_ view: ReconcileView, asJSON: Bool) {
        if asJSON {
            let json = (try? JSONCoding.canonical(view)) ?? Data()
            return Terminal.print(String(decoding: json, as: UTF8.self))
        }
        Terminal.print("\(view.service.chinese)的日志到第 \(view.seq) 条。\(view.closed.map { "该服务暂停办理：\($0)" } ?? "")")
        let rows = view.followers.map { follower in
            [
                follower.service.chinese, String(follower.seq), String(follower.lost),
                follower.surplus.map { "\($0.after + 1)—\($0.last)" }.joined(separator: "、"),
                follower.halted ?? "",
            ]
        }
        Terminal.print(Text.table([["服务", "已取到", "多出", "以前核对的多出", "停止取用"]] + rows, right: [1, 2]))
        guard !view.events.isEmpty else { return }
        Terminal.print("\n该服务已没有、网关尚记得的事项（\(view.events.count) 条，内容须向经办部门核对）：")
        Terminal.print(
            Text.table(
                [["序号", "日期", "事项", "对象"]]
                    + view.events.map { [String($0.seq), CalendarDay($0.at).description, $0.name, $0.key] }, right: [0])
        )
    }
}

/// What others know of a service's log, against the log itself. Names are stable.
struct ReconcileView: Codable {
    struct Follower: Codable {
        var service: ServiceName
        var epoch: UInt64
        var seq: Int64
        /// How many events it has applied that the log no longer has.
        var lost: Int64
        /// What was left over at earlier reconciliations.
        var surplus: [LogSurplus]
        var halted: String?
    }

    var service: ServiceName
    var epoch: UInt64
    var seq: Int64
    /// Why the service takes no commands.
    var closed: String?
    var followers: [Follower]
    /// What the log has lost and somebody remembers, without content.
    var events: [KnownEvent]
    var isDue: Bool

    var lostEvents: Int64 { followers.map(\.lost).max() ?? 0 }

    init(_ service: ServiceName, _ county: CountyFolder, _ bus: BusClient) throws {
        let seen = try SeenOnBus(county, ControlSocket.ask(county, ControlRequest(action: .status)))
        let writers = seen.statuses.values.filter { $0.role == "writer" }
        let own = try Self.known(service, by: service, after: .max, bus)
        self.service = service
        epoch = own.epoch
        seq = own.seq
        let refusal = writers.first { $0.service == service }?.closed
        closed = refusal?.sentence
        followers = []
        events = []
        let others = Supervision.storing.filter { $0 != service && AccessTable.mayRead($0, log: service) }
        for other in others {
            let known = try Self.known(service, by: other, after: own.seq, bus)
            guard known.seq > 0 else { continue }
            let stream = writers.first { $0.service == other }?.followed.first { $0.stream == service.rawValue }
            followers.append(
                Follower(
                    service: other, epoch: known.epoch, seq: known.seq, lost: max(0, known.seq - own.seq),
                    surplus: known.surplus, halted: stream?.halted))
            if known.events.count > events.count { events = known.events }
        }
        let isStopped = followers.contains { $0.halted != nil }
        isDue = isStopped || [LogRefusal.behindOthers, LogRefusal.behindMark].contains { $0.slug == refusal?.slug }
    }

    static func known(
        _ stream: ServiceName, by service: ServiceName, after seq: Int64, _ bus: BusClient
    ) throws -> LogKnowledge {
        let body = try bus.ask(
            service, KnownLog.name, JSONCoding.bytes(KnownLog(stream: stream.rawValue, after: seq)),
            as: .program)
        return try JSONCoding.value(LogKnowledge.self, from: body)
    }
}
