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
    var answer: @Sendable (GatewayWeb, WebRequest, Officer?) throws -> WebResponse
}

/// All addresses for programs.
enum Interfaces {
    private static let refused: [(status: Int, text: String, type: String)] = [
        (401, "未登录", "application/json"), (403, "职责不符", "application/json"),
        (503, "暂时不能答复，例如连续输错密码之后", "application/json"),
    ]

    static let all: [Interface] = [
        Interface(
            method: .get, path: "/api/v1/overview", summary: "各事项进度：全县、各企业、各乡镇、阶段目标、各部门服务",
            answers: [(200, "总览", "application/json")] + refused, schema: "Overview", roles: OverviewPage.roles
        ) { web, _, _ in .json(try JSONCoding.bytes(OverviewSource.overview(web.desk))) },
        Interface(
            method: .get, path: "/api/v1/enterprises", summary: "企业名单",
            answers: [(200, "企业", "application/json")] + refused, schema: "EnterpriseRows",
            roles: ListEnterprises.roles
        ) { web, _, officer in
            guard let officer else { throw GatewayRefusal.notSignedIn }
            return .json(try JSONCoding.bytes(web.desk.ask(ListEnterprises(), as: officer)))
        },
        Interface(
            method: .get, path: "/api/openapi.json", summary: "本接口说明（OpenAPI 3.1）",
            answers: [(200, "接口说明", "application/json")], isOpen: true
        ) { _, _, _ in .json(Array(OpenAPI.document().utf8)) },
        Interface(
            method: .get, path: "/healthz", summary: "网关是否可用",
            answers: [(200, "可用", "application/json"), (503, "不可用", "application/json")], schema: "Health",
            isOpen: true
        ) { web, _, _ in Health.answer(web) },
        Interface(
            method: .get, path: "/metrics", summary: "运行指标（Prometheus 文本格式），仅限本机",
            answers: [(200, "指标", "text/plain"), (403, "仅限本机", "application/json")], isOpen: true
        ) { web, request, _ in
            guard ["127.0.0.1", "::1", "::ffff:127.0.0.1"].contains(request.remoteAddress) else {
                throw CommonRefusal.roleNotEntitled
            }
            return .text(MetricsText.make(web))
        },
    ]
}

/// Whether the gateway can do its work: its own figures can be read, the broker answers.
enum Health {
    struct Answer: Codable {
        var status: String
        var bus: Bool
        var store: Bool
    }

    static func answer(_ web: GatewayWeb) -> WebResponse {
        let store = (try? web.desk.read { try $0.positions() }) != nil
        let bus = (try? web.desk.busStatus()) != nil
        let isWell = store && bus
        let body = try? JSONCoding.bytes(Answer(status: isWell ? "ok" : "failing", bus: bus, store: store))
        return .json(body ?? [], status: isWell ? 200 : 503)
    }
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
        if let people = try? web.desk.read({ try $0.tally("county")?.people ?? 0 }) {
            lines += ["# TYPE jieli_people gauge", "jieli_people \(people)"]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
