import Glibc
import Host
import Kernel

/// Starts a county's programs, and watches over them.
enum UpCommand: Subcommand {
    static let name = "up"
    static let summary = "启动全部服务"
    static let english = "start all services"
    static let options = ["port", "address", "sample"] + UpOptions.ofGateway
    static let flags = ["detach", "empty", "supervise"]
    static let help = """
        用法：jieli up [参数]
          --port N         网页端口（默认 8080）
          --address IP     网页监听地址（默认 127.0.0.1，仅本机）；其他地址须同时说明如何加密：
          --trusted-proxy R 提供 https 的反向代理的地址；只采信它的 X-Forwarded-For
          --secure-cookies Y yes 表示用户只经 https 访问
          --plain-http Y   yes 表示网络封闭，明知没有加密
          --metrics-token F、--most-requests N、--most-sign-ins N、--most-streams N  见 gateway --help
          --sample N       首次启动时装载 N 人的样例县（\(UpOptions.samplePeople.lowerBound) 至 \
        \(UpOptions.samplePeople.upperBound)，默认 \(UpOptions.standardSample)）
          --empty          不装载样例
          --detach         在后台运行，就绪后返回
        """

    static func run(_ arguments: Arguments) throws {
        let options = try UpOptions(arguments)
        if arguments.has("supervise") { try supervise(options, isPrinting: false) }
        try check(options)
        if arguments.has("detach") { return try DetachedStart.run(options) }
        try supervise(options, isPrinting: true)
    }

    /// What can be known to fail before anything is started.
    private static func check(_ options: UpOptions) throws {
        try options.county.make()
        // Held for a moment only: a running county is told before its own gateway's port is taken for a stranger's.
        _ = try CountyLock.alone(options.county)
        try options.web.requireFree()
        try options.requireEncryption()
    }

    /// The life of the supervisor: this process.
    private static func supervise(_ options: UpOptions, isPrinting: Bool) throws -> Never {
        // Before the first thread: every thread inherits the mask.
        Signals.blockTermination()
        let county = options.county
        try county.make()
        let lock = try CountyLock.alone(county)
        try options.web.requireFree()
        let account = StartAccount(isPrinting: isPrinting)
        let isNew = Supervision.storing.allSatisfy { access(county.storeFile($0), F_OK) != 0 }
        let made = try KeyMaking.makeMissing(county)
        if !made.isEmpty { account.say("已生成 \(made.count) 个密钥文件，位于 \(county.keys)，请妥善备份。") }
        let supervisor = try Supervisor(county, options)
        try ControlSocket.serve(county) { request in
            Control(supervisor: supervisor, account: account, web: options.web).answer(request)
        }
        supervisor.start()
        HangWatch(county, supervisor).start()
        OwnThread.essential(name: "start") {
            StartUp(options: options, supervisor: supervisor, account: account, isNew: isNew).run()
        }
        Signals.waitForTermination()
        account.enter(.stopping)
        if isPrinting { Terminal.complain("\n正在按顺序停止……") }
        supervisor.stop()
        unlink(county.controlSocket)
        withExtendedLifetime(lock) {}
        // Not `exit`: its clearing up would run beside threads that still work.
        _exit(0)
    }
}

/// Answers the control socket.
struct Control: Sendable {
    let supervisor: Supervisor
    let account: StartAccount
    let web: WebAddress

    func answer(_ request: ControlRequest) -> ControlAnswer {
        var failure: String?
        switch request.action {
        case .status: break
        case .stop: kill(getpid(), SIGTERM)
        case .restart:
            if let service = request.service { supervisor.restart(service) }
        case .scale:
            if let service = request.service, let count = request.count {
                failure = ScaleCommand.objection(service, to: count)
                if failure == nil { failure = supervisor.scale(service, to: count) }
            }
        }
        return ControlAnswer(
            failure: failure, phase: account.phase, address: web.text, processIdentifier: getpid(),
            instances: supervisor.reports, lines: account.lines(after: request.knownLines ?? .max))
    }
}
