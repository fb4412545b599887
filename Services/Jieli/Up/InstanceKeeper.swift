import Contracts
import Domain
import Glibc
import Host
import Kernel
import Synchronization

/// Keeps one instance of a service running: starts it, waits for its end, starts it again after a pause.
final class InstanceKeeper: Sendable {
    /// What a keeper tells of its instance.
    struct Report: Codable, Sendable {
        var service: ServiceName
        var instance: Int
        var processIdentifier: Int32?
        var startedAt: Timestamp?
        var restarts: Int
        /// How it last ended, for people; nil when it never did.
        var lastExit: String?
        /// `running`, `waiting` for its next start, `stopping`, or `stopped`.
        var state: String
        /// It refuses to start, and will go on refusing until somebody changes something (EX_CONFIG of sysexits.h).
        var isMisconfigured: Bool
    }

    private struct State {
        var process: pid_t?
        var startedAt: Timestamp?
        var restarts = 0
        var crashes = 0
        var lastExit: String?
        var isStopping = false
        var isRestartWanted = false
        var isMisconfigured = false
        var isDone = false
        /// Why the process was killed, when it was because it hung.
        var killedBecause: String?
    }

    let service: ServiceName
    let instance: Int
    private let start: @Sendable () throws -> pid_t
    private let clock = SystemClock()
    private let state = Mutex(State())
    private let wake = WorkQueue<Bool>()
    /// Closed once the keeper's thread is at its end.
    private let ended = WorkQueue<Bool>()

    /// - Parameter start: starts the program, and gives its process.
    init(service: ServiceName, instance: Int, start: @escaping @Sendable () throws -> pid_t) {
        self.service = service
        self.instance = instance
        self.start = start
        OwnThread.essential(name: "keep-\(service.rawValue)") { [self] in keep() }
    }

    var report: Report {
        state.withLock { state in
            Report(
                service: service, instance: instance, processIdentifier: state.process, startedAt: state.startedAt,
                restarts: state.restarts, lastExit: state.lastExit,
                state: state.isStopping
                    ? (state.isDone ? "stopped" : "stopping") : state.process == nil ? "waiting" : "running",
                isMisconfigured: state.isMisconfigured)
        }
    }

    /// Ends the program in order and starts it again at once.
    func restart() {
        state.withLock { state in
            state.isRestartWanted = true
            state.crashes = 0
            if let process = state.process {
                kill(process, SIGTERM)
                insist(on: process)
            }
        }
        wake.push(true)
    }

    /// Kills a program that hangs and does not end although it was asked to. The number cannot have passed to another
    /// process: it is this one's until its end was waited for, and then `state` has another.
    private func insist(on process: pid_t) {
        OwnThread.detached(name: "insist") { [self] in
            sleep(UInt32(Supervision.graceInSeconds))
            state.withLock { if $0.process == process { kill(process, SIGKILL) } }
        }
    }

    /// Kills a program that hangs, so that another one is started.
    func replace(_ process: pid_t, because reason: String) {
        state.withLock { state in
            guard state.process == process else { return }
            state.killedBecause = reason
            kill(process, SIGKILL)
        }
    }

    /// Asks the program to end; `waitForEnd` waits for it.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            if let process = state.process { kill(process, SIGTERM) }
        }
        wake.push(true)
    }

    /// Waits until the program has ended, and kills it when it does not in time.
    func waitForEnd() {
        _ = ended.take(limit: 1, timeoutInMilliseconds: Supervision.graceInSeconds * 1000)
        if state.withLock({ $0.isDone }) { return }
        state.withLock { state in
            if let process = state.process { kill(process, SIGKILL) }
        }
        _ = ended.take(limit: 1, timeoutInMilliseconds: 2000)
    }

    private func keep() {
        while let process = startOnce() {
            if process > 0 { waitForExit(process) }
            let pause = state.withLock { state -> Int in
                if state.isStopping || state.isRestartWanted { return 0 }
                return Supervision.pauseInMilliseconds(afterCrashes: state.crashes)
            }
            // What was pushed before belongs to the life that has just ended.
            _ = wake.take(limit: 1000, timeoutInMilliseconds: 0)
            if pause > 0, !state.withLock({ $0.isStopping || $0.isRestartWanted }) {
                _ = wake.take(limit: 1, timeoutInMilliseconds: pause)
            }
        }
        state.withLock { $0.isDone = true }
        ended.close()
    }

    /// - Returns: nil when the instance is to stop; 0 when the program could not be started.
    private func startOnce() -> pid_t? {
        state.withLock { state in
            guard !state.isStopping else { return nil }
            if state.lastExit != nil { state.restarts += 1 }
            state.isRestartWanted = false
            do {
                let process = try start()
                state.process = process
                state.startedAt = clock.now()
                return process
            } catch {
                state.crashes += 1
                state.lastExit = CommandFailure(describing: error).message
                state.isMisconfigured = true
                return 0
            }
        }
    }

    private func waitForExit(_ process: pid_t) {
        // The end is looked at first and collected under the lock: until then the number cannot belong to another
        // process, so that nobody else is ever sent a signal.
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
            let lived = state.startedAt.map { clock.now().milliseconds(since: $0) } ?? 0
            state.crashes = lived >= Supervision.healthyInMilliseconds ? 1 : state.crashes + 1
            state.process = nil
            state.startedAt = nil
            state.lastExit = Self.describe(status) + (state.killedBecause.map { "：\($0)" } ?? "")
            state.killedBecause = nil
            state.isMisconfigured = Self.code(status) == 78
        }
    }

    /// As WEXITSTATUS does, which is a macro.
    private static func code(_ status: Int32) -> Int32? { status & 0x7f == 0 ? status >> 8 & 0xff : nil }

    private static func describe(_ status: Int32) -> String {
        if let code = code(status) {
            return code == 0 ? "正常退出" : code == 78 ? "不能启动（78）" : "退出码 \(code)"
        }
        let signal = status & 0x7f
        return "信号 \(signal)（\(String(cString: strsignal(signal)))）"
    }
}
