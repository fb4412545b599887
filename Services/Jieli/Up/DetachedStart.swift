import Glibc
import Host

/// Starts the supervisor apart from this terminal, and waits until the county is ready.
enum DetachedStart {
    static func run(_ options: UpOptions) throws {
        let county = options.county
        ChildProcess.rotate(county.supervisorLog)
        var before = stat()
        let logged = stat(county.supervisorLog, &before) == 0 ? Int(before.st_size) : 0
        let process = try ChildProcess.start(
            "\(try ChildProcess.folderOfPrograms())/jieli", options.arguments,
            // It looks for its folders as this command does.
            inherits: ChildProcess.inheritedVariables.union(["XDG_STATE_HOME", "XDG_RUNTIME_DIR"]),
            log: county.supervisorLog, leadsSession: true)
        var known = 0
        while true {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                throw CommandFailure.failed(
                    Logs.tail(county.supervisorLog, after: logged) ?? "启动未成，见 \(county.supervisorLog)。")
            }
            if let answer = try ControlSocket.answer(county, ControlRequest(action: .status, knownLines: known)) {
                for line in answer.lines { Terminal.print(line) }
                known += answer.lines.count
                switch answer.phase {
                case .starting: break
                case .ready: return
                case .degraded: throw CommandFailure.failed("启动没有全部完成，原因见上，其余照常运行。有服务没有启动的，改正后执行 jieli restart 服务名。")
                case .stopping: throw CommandFailure.failed("启动被中止。")
                }
            }
            usleep(50_000)
        }
    }
}

/// The programs' logs.
enum Logs {
    /// The last lines of a log, from a place on; nil when there are none.
    static func tail(_ path: String, after offset: Int = 0, lines count: Int = 5) -> String? {
        guard let text = try? Folders.text(path) else { return nil }
        let fresh = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
        let lines = fresh.split(separator: "\n").suffix(count)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
