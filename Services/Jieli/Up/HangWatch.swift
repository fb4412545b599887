import Contracts
import Glibc
import Host
import Kernel

/// Looks once a second at how the supervisor's programs are, and replaces those that hang: a crash ends a process by
/// itself, a hang does not, and holds the store's lock. Nothing acknowledged is lost by it, since an answer leaves only
/// after its commit.
struct HangWatch: Sendable {
    private static let periodInMilliseconds: Int64 = 1000

    private let county: CountyFolder
    private let supervisor: Supervisor

    init(_ county: CountyFolder, _ supervisor: Supervisor) {
        self.county = county
        self.supervisor = supervisor
    }

    func start() {
        OwnThread.essential(name: "hang-watch") { run() }
    }

    private func run() {
        var judge = HangJudge()
        var bus: BusClient?
        while true {
            let began = MonotonicClock.milliseconds()
            if bus == nil { bus = try? BusClient(county) }
            let seen = bus.flatMap { try? BusStatus.ask($0, patienceInMilliseconds: 500) }
            for verdict in judge.take(supervisor.reports.compactMap { look($0, seen) }) {
                supervisor.replace(
                    verdict.service, verdict.instance, verdict.process, because: verdict.sign.chinese)
            }
            let rest = Self.periodInMilliseconds - (MonotonicClock.milliseconds() - began)
            if rest > 0 { usleep(useconds_t(rest * 1000)) }
        }
    }

    private func look(_ report: InstanceKeeper.Report, _ seen: BusStatus?) -> HangJudge.Look? {
        guard let process = report.processIdentifier else { return nil }
        let isStopped = Self.isStopped(process)
        guard report.service != .bus else {
            return HangJudge.Look(
                service: .bus, instance: report.instance, process: process, isStopped: isStopped, isHeard: seen != nil)
        }
        let name = "\(report.service.rawValue)-\(report.instance)"
        let found = seen?.snapshot.instances.first { $0.service == report.service.rawValue && $0.instance == name }
        return HangJudge.Look(
            service: report.service, instance: report.instance, process: process, isStopped: isStopped,
            isHeard: seen == nil ? nil : found != nil)
    }

    /// The state `T` of proc(5); a debugger's stop is another, `t`.
    private static func isStopped(_ process: pid_t) -> Bool {
        guard let text = try? Folders.text("/proc/\(process)/stat") else { return false }
        // The program's name stands in brackets before it and may hold anything.
        return text.split(separator: ")").last?.split(separator: " ").first == "T"
    }
}
