import Contracts
import Domain
import Host
import Messaging
import Sealing
import Synchronization
import Web

/// Whether the county's work goes on, as the gateway can see it: the same for /healthz and /metrics.
enum Health {
    struct Answer: Codable, Equatable, Sendable {
        /// `ok` or `failing`.
        var status: String
        /// Whether the broker answers.
        var bus: Bool
        /// Whether the gateway's own figures can be read.
        var store: Bool
        var problems: [Problem]
    }

    /// One thing that keeps people from working, or soon will.
    struct Problem: Codable, Equatable, Hashable, Sendable {
        var service: String
        /// `unreachable`, `store-unreadable`, `no-writer`, `writer-hung`, `silent`, `stream-halted`, `closed`,
        /// `disk-full`.
        var what: String
        /// Chinese, for people.
        var text: String
    }

    static func answer(_ web: GatewayWeb) -> WebResponse {
        let answer = web.health.answer(web.desk)
        return .json((try? JSONCoding.bytes(answer)) ?? [], status: answer.problems.isEmpty ? 200 : 503)
    }

    /// What a look at the county found.
    struct Finding {
        var store: Bool
        var bus: BrokerSnapshot?
        /// Of the writers, as far as they answered.
        var statuses: [ServiceName: ServiceStatus]
        var freeDiskInKibibytes: Int64?
    }

    /// - Parameter withoutWriter: the services that have had no active writer for long.
    static func problems(_ finding: Finding, withoutWriter: Set<ServiceName>) -> [Problem] {
        var problems: [Problem] = []
        func add(_ service: ServiceName, _ what: String, _ text: String) {
            problems.append(Problem(service: service.rawValue, what: what, text: "\(service.chinese)：\(text)"))
        }
        if !finding.store { add(.gateway, "store-unreadable", "数据不可读，请检查磁盘与权限") }
        if (finding.freeDiskInKibibytes ?? .max) < FreeDisk.leastInKibibytes {
            add(.gateway, "disk-full", "磁盘空间不足，新的办理不能保存，请立即清理")
        }
        guard let bus = finding.bus else {
            add(.bus, "unreachable", "没有答复，请检查总线进程")
            return problems
        }
        for service in ServiceName.storing where withoutWriter.contains(service) {
            add(service, "no-writer", "没有写入实例，请检查该部门的进程")
        }
        for service in ServiceName.storing {
            if bus.instances.contains(where: { $0.service == service.rawValue && $0.isWriterHung }) {
                add(service, "writer-hung", "写入实例有工作而不再前进，将被替换")
            }
            let isThere = bus.instances.contains { $0.service == service.rawValue && $0.isActiveWriter }
            guard let status = finding.statuses[service] else {
                if isThere { add(service, "silent", "写入实例在线而没有答复，可能已停止响应，请重启该服务") }
                continue
            }
            if let closed = status.closed { add(service, "closed", "\(closed.message)（\(closed.slug)）") }
            for stream in status.followed {
                guard let reason = stream.halted else { continue }
                add(service, "stream-halted", "已停止取用 \(stream.stream) 的事件：\(reason)")
            }
            if service != .gateway, (status.freeDiskInKibibytes ?? .max) < FreeDisk.leastInKibibytes {
                add(service, "disk-full", "磁盘空间不足，新的办理不能保存，请立即清理")
            }
        }
        return problems
    }
}

/// Looks at the county when somebody asks, at most every other second however many ask.
final class HealthWatch: Sendable {
    private static let freshInMilliseconds: Int64 = 2000
    /// A restart takes less.
    private static let longInMilliseconds: Int64 = 20_000

    private struct State {
        var last: (at: Timestamp, answer: Health.Answer)?
        var writerMissingSince: [ServiceName: Timestamp] = [:]
    }

    private let state = Mutex(State())

    func answer(_ desk: Desk) -> Health.Answer {
        state.withLock { state in
            let now = desk.now
            if let last = state.last, (0..<Self.freshInMilliseconds).contains(now.milliseconds(since: last.at)) {
                return last.answer
            }
            let finding = desk.look()
            let answer = Self.judge(finding, &state.writerMissingSince, now: now)
            state.last = (desk.now, answer)
            return answer
        }
    }

    /// - Parameter missing: since when each service has had no writer.
    static func judge(
        _ finding: Health.Finding, _ missing: inout [ServiceName: Timestamp], now: Timestamp
    ) -> Health.Answer {
        for service in ServiceName.storing {
            guard let bus = finding.bus else { continue }
            let hasWriter = bus.instances.contains { $0.service == service.rawValue && $0.isActiveWriter }
            missing[service] = hasWriter ? nil : missing[service] ?? now
        }
        let long = missing.filter { now.milliseconds(since: $0.value) >= longInMilliseconds }
        let problems = Health.problems(finding, withoutWriter: Set(long.keys))
        return Health.Answer(
            status: problems.isEmpty ? "ok" : "failing", bus: finding.bus != nil, store: finding.store,
            problems: problems)
    }
}

/// Who may see the figures.
enum Watchman {
    private static let machine = ["127.0.0.1", "::1"]

    /// Straight from the machine itself, and through no proxy that says so.
    static func isDirect(_ request: WebRequest) -> Bool {
        machine.contains(request.remoteAddress) && !request.isForwarded
    }

    /// - Parameter token: with one, whoever names it, and nobody else: a proxy that does not say that it is one cannot
    ///   be told from the machine.
    static func mayRead(_ request: WebRequest, token: String?) -> Bool {
        guard let token else { return isDirect(request) }
        guard let header = request.header("authorization"), header.hasPrefix("Bearer ") else { return false }
        return Secret.equal(Array(header.dropFirst(7).utf8), Array(token.utf8))
    }
}
