import Contracts
import Host
import Kernel
import Messaging

/// After the faults: whether everybody runs, has caught up, and stays so.
struct ChaosSettling {
    private static let patienceInMilliseconds: Int64 = 60_000
    /// So long the programs must go on without a restart.
    private static let calmInMilliseconds = 2000

    let county: ChaosCounty
    let bus: BusClient
    let ledger: ChaosLedger

    /// - Returns: the milliseconds until nobody was behind any more; nil when that did not come, which is a violation.
    func run() -> Int64? {
        let began = MonotonicClock.milliseconds()
        var why = "没有答复"
        var known: [ServiceName: Int64] = [:]
        let isQuiet = Pause.until(withinMilliseconds: Self.patienceInMilliseconds) {
            do {
                let (complaint, heads) = try look()
                // A service tells of its log a moment after its answers: only a second look at an equal head counts.
                defer { known = heads }
                why = complaint ?? "日志仍在增长"
                return complaint == nil && heads == known
            } catch {
                why = CommandFailure(describing: error).message
                return false
            }
        }
        guard isQuiet else {
            ledger.violate(.stuck, "故障结束 \(Self.patienceInMilliseconds / 1000) 秒后：\(why)")
            return nil
        }
        return MonotonicClock.milliseconds() - began
    }

    /// Nobody is started anew when nobody is harmed any more.
    func checkCalm() throws {
        let before = try processes()
        Pause.milliseconds(Self.calmInMilliseconds)
        let after = try processes()
        for name in Set(before.keys).union(after.keys).sorted() where before[name] != after[name] {
            ledger.violate(.stuck, "\(name) 在故障结束后仍在重启")
        }
    }

    private func processes() throws -> [String: Int32?] {
        Dictionary(
            uniqueKeysWithValues: try county.reports().map {
                ("\($0.service.rawValue)-\($0.instance)", $0.processIdentifier)
            })
    }

    /// - Returns: what is not as it should be, nil when all is; where each log stands.
    private func look() throws -> (String?, [ServiceName: Int64]) {
        let reports = try county.reports()
        if let down = reports.first(where: { $0.processIdentifier == nil }) {
            return ("\(down.service.rawValue)-\(down.instance) 没有运行（\(down.lastExit ?? "")）", [:])
        }
        var statuses: [ServiceName: ServiceStatus] = [:]
        for service in Supervision.storing {
            guard let status = try writer(of: service, instances: reports.count { $0.service == service }) else {
                return ("\(service.chinese)没有写入者", [:])
            }
            statuses[service] = status
        }
        let heads = statuses.mapValues(\.logSeq)
        for service in Supervision.storing {
            for stream in statuses[service]?.followed ?? [] {
                if let halted = stream.halted { return ("\(service.chinese)停止取用 \(stream.stream)：\(halted)", heads) }
                if stream.parkedKeys > 0 {
                    return ("\(service.chinese)搁置了 \(stream.stream) 的 \(stream.parkedKeys) 个对象", heads)
                }
                let head = ServiceName(rawValue: stream.stream).flatMap { heads[$0] } ?? 0
                if stream.applied < head {
                    return ("\(service.chinese)落后 \(stream.stream) \(head - stream.applied) 条", heads)
                }
            }
        }
        return (nil, heads)
    }

    /// Any instance answers; asked a few times, the writer, which alone follows other logs, is among them.
    private func writer(of service: ServiceName, instances: Int) throws -> ServiceStatus? {
        for _ in 0..<(max(1, instances) * 4) {
            let body = try bus.ask(
                service, ServiceStatusQuery.name, JSONCoding.bytes(ServiceStatusQuery()), as: .program,
                patienceInMilliseconds: 3000)
            let status = try JSONCoding.value(ServiceStatus.self, from: body)
            if status.role == InstanceRole.writer.rawValue { return status }
        }
        return nil
    }
}
