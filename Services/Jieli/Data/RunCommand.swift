import Contracts
import Sealing

/// Does a step for many by a filled-in sheet, through the gateway and in the name of an account: what people do on the
/// page "办理多人", from the command line.
enum RunCommand: Subcommand {
    static let name = "run"
    static let summary = "按填好的表格批量办理"
    static let english = "do a step for many people by a sheet"
    static let options = ["user", "gateway", "refused", "template"]
    static let flags = ["password-stdin", "check"]
    static let wordLimit = 2
    private static let pauseInMilliseconds = 500
    private static let patienceInPauses = 60
    private static let mostShown = 20
    static let help = """
        用法：jieli run 事项 文件.xlsx --user U [参数]
          事项             如 archives.file.receive；全部事项见网关的 /api/openapi.json
          --user U         以哪个账号办理；口令在终端询问，或用 --password-stdin 从标准输入读
          --gateway URL    网关地址（默认 http://127.0.0.1:8080）
          --check          只核对，不办理
          --refused FILE   未成的各项连同原因另存为表格，改后可重新提交
          --template FILE  不办理，把待办人员的空表存为文件
        有未成的，退出码为 1。
        """

    static func run(_ arguments: Arguments) throws {
        let step = try arguments.word(0, "事项")
        guard let user = arguments["user"] else { throw CommandFailure.usage("缺少 --user。") }
        let password =
            arguments.has("password-stdin") ? readLine() ?? "" : try Terminal.askPassword("\(user) 的密码：")
        let gateway = try GatewayClient(
            arguments["gateway"] ?? "http://127.0.0.1:8080", user: user, password: password)
        if let path = arguments["template"] {
            try SmallFile.replace(path, with: gateway.get("/api/v1/\(step)/template"))
            return Terminal.print("表格已存为 \(path)。")
        }
        let path = try arguments.word(1, "文件")
        let bytes = try WholeFile.read(path, limitInBytes: 64 * 1_048_576)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let key = Hex.encode(Secret.random(16))
        var run = try summary(gateway.post("/api/v1/\(step)/sheet", file: bytes, named: name, key: key))
        Terminal.print("第 \(run.run) 次批量办理：\(run.title)，读到 \(run.items) 人，其中有误 \(run.refused) 人。")
        for remark in run.remarks ?? [] { Terminal.complain("注意：\(remark)") }
        if arguments.has("check") {
            run = try summary(gateway.post("/api/v1/runs/\(run.run)/stop", key: "\(key)-stop"))
            try finish(run, gateway, arguments)
            return Terminal.print("只作核对，没有办理。")
        }
        run = try summary(gateway.post("/api/v1/runs/\(run.run)/start", key: "\(key)-start"))
        while run.state == .running {
            Terminal.show("已办 \(run.done)/\(run.items)，未成 \(run.refused)")
            Pause.milliseconds(pauseInMilliseconds)
            run = try patiently { try summary(gateway.get("/api/v1/runs/\(run.run)")) }
        }
        Terminal.show("")
        Terminal.print("已办 \(run.done) 人，未成 \(run.refused) 人，尚未办理 \(run.untried) 人。")
        try finish(run, gateway, arguments)
    }

    /// Asks again while the gateway restarts: what was begun goes on by itself.
    private static func patiently<T>(_ ask: () throws -> T) throws -> T {
        for _ in 0..<patienceInPauses {
            do {
                return try ask()
            } catch is CommandFailure {
                Pause.milliseconds(pauseInMilliseconds)
            } catch let refusal as Refusal where refusal.kind == .busy {
                Pause.milliseconds(pauseInMilliseconds)
            }
        }
        return try ask()
    }

    /// Says what was refused and why.
    private static func finish(_ run: RunSummary, _ gateway: GatewayClient, _ arguments: Arguments) throws {
        guard run.refused > 0 else {
            if run.untried > 0, run.state != .stopped { throw CommandFailure.failed("没有全部办理，请重新提交。") }
            return
        }
        let rows = try JSONCoding.value(
            Items.self, from: gateway.get("/api/v1/runs/\(run.run)/items?items=refused")
        ).rows
        for row in rows.prefix(mostShown) {
            Terminal.complain("第 \(row.sheetRow ?? row.place + 1) 行：\(row.refusal?.sentence ?? "")")
        }
        if run.refused > mostShown { Terminal.complain("……共 \(run.refused) 行") }
        if let path = arguments["refused"] {
            try SmallFile.replace(path, with: gateway.get("/api/v1/runs/\(run.run)/refused"))
            Terminal.complain("未成的各项已存为 \(path)，请按原因更正后重新提交。")
        }
        throw CommandFailure.failed("有 \(run.refused) 人未成。")
    }

    private static func summary(_ body: [UInt8]) throws -> RunSummary {
        try JSONCoding.value(RunSummary.self, from: body)
    }

    private struct Items: Decodable {
        struct Row: Decodable {
            var place: Int
            var sheetRow: Int?
            var refusal: Refusal?
        }

        var rows: [Row]
    }
}
