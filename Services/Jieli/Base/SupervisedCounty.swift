import Contracts
import Glibc
import Host
import Kernel
import Synchronization

/// A whole county under a supervisor of its own, for the commands that try out or measure one: `jieli up` as a child
/// of this process.
final class SupervisedCounty: Sendable {
    private static let patienceInMilliseconds: Int64 = 60_000

    let folder: CountyFolder
    let port: Int
    private let programs: String
    private let supervisor = Mutex<pid_t?>(nil)

    init(_ folder: CountyFolder) throws {
        self.folder = folder
        programs = try ChildProcess.folderOfPrograms()
        port = try LoopbackPort.free()
    }

    /// Starts the supervisor, again as long as what the former one left is still there, and waits until all are ready.
    func up() throws {
        let arguments = [
            "up", "--supervise", "--empty", "--data", folder.path, "--port", String(port), "--address", "127.0.0.1",
        ]
        let giveUpAt = MonotonicClock.milliseconds() + Self.patienceInMilliseconds
        var process = try ChildProcess.start("\(programs)/jieli", arguments, log: folder.supervisorLog)
        while MonotonicClock.milliseconds() < giveUpAt {
            if collect(process, options: WNOHANG) {
                Pause.milliseconds(200)
                process = try ChildProcess.start("\(programs)/jieli", arguments, log: folder.supervisorLog)
            }
            supervisor.withLock { $0 = process }
            // Another's answer would be the former supervisor's.
            if let answer = try? ask(.status), answer.processIdentifier == process, answer.phase != .starting { return }
            Pause.milliseconds(50)
        }
        throw CommandFailure.failed("没有按时启动，见 \(folder.supervisorLog)。")
    }

    func ask(_ action: ControlRequest.Action, _ service: ServiceName? = nil, count: Int? = nil) throws -> ControlAnswer
    {
        try ControlSocket.ask(folder, ControlRequest(action: action, service: service, count: count))
    }

    /// kill -9; its programs notice and end.
    func kill() {
        guard let process = supervisor.withLock({ $0 }) else { return }
        Glibc.kill(process, SIGKILL)
        _ = collect(process, options: 0)
        supervisor.withLock { $0 = nil }
    }

    /// - Returns: whether the process had ended.
    private func collect(_ process: pid_t, options: Int32) -> Bool {
        var status: Int32 = 0
        var collected = waitpid(process, &status, options)
        while collected < 0 && errno == EINTR { collected = waitpid(process, &status, options) }
        return collected != 0
    }

    /// In order; kills what does not stop in time.
    func stop() {
        guard let process = supervisor.withLock({ $0 }) else { return }
        Glibc.kill(process, SIGTERM)
        if Pause.until(withinMilliseconds: 40_000, { collect(process, options: WNOHANG) }) {
            supervisor.withLock { $0 = nil }
        } else {
            kill()
        }
    }
}
