import Contracts
import Domain
import Messaging
import Web

/// An address for programs, as /api/openapi.json describes it.
struct Interface: Sendable {
    var method: WebMethod
    var path: String
    /// Chinese, one line.
    var summary: String
    /// Status codes it may give, with what they mean.
    var answers: [(status: Int, text: String, type: String)]
    /// The JSON schema of the answer with status 200, by its name in `Schemas`; nil for plain text.
    var schema: String?
    var roles: Set<Role> = []
    var route: GatewayRoute { isOpen ? .open { try answer($0, $1, nil) } : .interface(self) }
    var isOpen = false
    /// What is sent with it, as OpenAPI describes the content of a request; nil when nothing is.
    var body: String?
    /// As OpenAPI writes it: `/api/v1/runs/{run}`.
    var describedPath: String {
        path.split(separator: "/").map { $0.hasPrefix(":") ? "/{\($0.dropFirst())}" : "/\($0)" }.joined()
    }
    /// The parts of the address that are filled in.
    var parameters: [String] { path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) } }
    var answer: @Sendable (GatewayWeb, WebRequest, Acting?) throws -> WebResponse

    init(
        method: WebMethod, path: String, summary: String, answers: [(status: Int, text: String, type: String)],
        schema: String? = nil, roles: Set<Role> = [], isOpen: Bool = false,
        answer: @escaping @Sendable (GatewayWeb, WebRequest, Acting?) throws -> WebResponse
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.answers = answers
        self.schema = schema
        self.roles = roles
        self.isOpen = isOpen
        self.answer = answer
    }
}

/// All addresses for programs.
enum Interfaces {
    private static let refused: [(status: Int, text: String, type: String)] = [
        (401, "未登录", "application/json"), (403, "职责不符", "application/json"),
        (503, "暂时不能答复，例如连续输错密码之后", "application/json"),
    ]

    static let all: [Interface] =
        [
            Interface(
                method: .get, path: "/api/v1/overview", summary: "各事项进度：全县、各企业、各乡镇、阶段目标、各部门服务",
                answers: [(200, "总览", "application/json")] + refused, schema: "Overview", roles: OverviewPage.roles
            ) { web, _, _ in .json(try JSONCoding.bytes(OverviewSource.overview(web.desk))) },
            Interface(
                method: .get, path: "/api/v1/enterprises", summary: "企业名单",
                answers: [(200, "企业", "application/json")] + refused, schema: "EnterpriseRows",
                roles: ListEnterprises.roles
            ) { web, _, acting in
                guard let acting else { throw GatewayRefusal.notSignedIn }
                return .json(try JSONCoding.bytes(web.desk.ask(ListEnterprises(), as: acting)))
            },
            Interface(
                method: .get, path: "/api/openapi.json", summary: "本接口说明（OpenAPI 3.1）",
                answers: [(200, "接口说明", "application/json")], isOpen: true
            ) { _, _, _ in .json(Array(OpenAPI.document().utf8)) },
            Interface(
                method: .get, path: "/healthz", summary: "全县系统是否正常：总线、各部门服务的写入实例、取用的事件流、磁盘空间",
                answers: [(200, "正常", "application/json"), (503, "不正常，problems 中列出何处", "application/json")],
                schema: "Health",
                isOpen: true
            ) { web, _, _ in Health.answer(web) },
            Interface(
                method: .get, path: "/metrics", summary: "运行指标（Prometheus 文本格式），仅限本机直接访问或凭口令",
                answers: [(200, "指标", "text/plain"), (403, "既非本机直接访问，也没有正确的口令", "application/json")], isOpen: true
            ) { web, request, _ in
                guard Watchman.mayRead(request, token: web.metricsToken) else { throw CommonRefusal.roleNotEntitled }
                return .text(MetricsText.make(web))
            },
        ] + StepInterfaces.all
}

/// The figures for a monitoring system. Nothing about persons.
enum MetricsText {
    static func make(_ web: GatewayWeb) -> String {
        var lines = web.metrics.lines()
        if let positions = try? web.desk.read({ try $0.positions() }) {
            lines.append("# TYPE jieli_projection_applied_seq gauge")
            for (stream, seq) in positions.sorted(by: { $0.key < $1.key }) {
                lines.append("jieli_projection_applied_seq{stream=\"\(stream)\"} \(seq)")
            }
        }
        if let services = try? OverviewSource.services(web.desk) {
            lines.append("# TYPE jieli_service_queued gauge")
            for service in services {
                lines.append("jieli_service_queued{service=\"\(service.service.rawValue)\"} \(service.queued)")
            }
            lines.append("# TYPE jieli_service_lag gauge")
            for service in services {
                lines.append("jieli_service_lag{service=\"\(service.service.rawValue)\"} \(service.lag)")
            }
        }
        let health = web.health.answer(web.desk)
        lines += ["# TYPE jieli_healthy gauge", "jieli_healthy \(health.problems.isEmpty ? 1 : 0)"]
        lines.append("# TYPE jieli_service_healthy gauge")
        for service in ServiceName.storing + [.bus] {
            let isWell = !health.problems.contains { $0.service == service.rawValue }
            lines.append("jieli_service_healthy{service=\"\(service.rawValue)\"} \(isWell ? 1 : 0)")
        }
        lines += door(web.door.withLock { $0 }())
        if let people = try? web.desk.read({ try $0.tallies()["county"]?.people ?? 0 }) {
            lines += ["# TYPE jieli_people gauge", "jieli_people \(people)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What happens where connections come in.
    private static func door(_ tally: DoorTally) -> [String] {
        var lines = ["# TYPE jieli_http_waiting gauge", "jieli_http_waiting \(tally.waiting)"]
        lines.append("# TYPE jieli_http_running gauge")
        for (kind, count) in tally.running.sorted(by: { $0.key < $1.key }) {
            lines.append("jieli_http_running{kind=\"\(kind)\"} \(count)")
        }
        lines += ["# TYPE jieli_http_connections_total counter", "jieli_http_connections_total \(tally.accepted)"]
        lines.append("# TYPE jieli_http_turned_away_total counter")
        for (cause, count) in [("malformed", tally.malformed), ("slow", tally.slow), ("busy", tally.busy)] {
            lines.append("jieli_http_turned_away_total{cause=\"\(cause)\"} \(count)")
        }
        return lines
    }
}
