import CLinux
import Glibc

/// Starts other programs (posix_spawn(3)).
enum ChildProcess {
    /// The number under which a child finds the pipe to its supervisor.
    static let parentPipeInChild: Int32 = 3

    /// POSIX_SPAWN_SETSID, which the C library shows to GNU programs only (posix_spawnattr_setflags(3)).
    private static let setSession: Int32 = 0x80

    /// What a program gets of this process's environment. A shell's may hold what is nobody's business; LD_LIBRARY_PATH
    /// is where some machines keep Swift's libraries.
    static let inheritedVariables: Set = ["HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ"]

    /// Where our own programs lie: beside this one.
    static func folderOfPrograms() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            readlink("/proc/self/exe", raw.baseAddress!, raw.count)
        }
        guard count > 0 else { throw CommandFailure.failed("不能确定程序所在目录，请检查 /proc 是否已挂载。") }
        let path = String(decoding: buffer[..<count], as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }
    }

    /// The program gets standard input, output and error, the pipe to its supervisor, and no other descriptor, whatever
    /// its flags: threads of libzmq and of SQLite open theirs while this runs.
    /// - Parameters:
    ///   - inherits: the names of variables that it gets from this process.
    ///   - environment: further variables.
    ///   - log: takes standard output and standard error.
    ///   - parentPipe: handed to the child as `parentPipeInChild`.
    ///   - leadsSession: apart from the terminal of this process, so that it outlives it.
    static func start(
        _ executable: String, _ arguments: [String], inherits: Set<String> = inheritedVariables,
        environment: [String: String] = [:], log: String, parentPipe: Int32? = nil, leadsSession: Bool = false
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        if let parentPipe { posix_spawn_file_actions_adddup2(&actions, parentPipe, parentPipeInChild) }
        let firstClosed = parentPipe == nil ? STDERR_FILENO + 1 : parentPipeInChild + 1
        posix_spawn_file_actions_addclosefrom_np(&actions, firstClosed)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own: Ctrl-C at the terminal reaches the supervisor alone, which then ends all in order.
        let group = leadsSession ? setSession : Int32(POSIX_SPAWN_SETPGROUP)
        posix_spawnattr_setflags(&attributes, Int16(group | Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)))
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)

        var process: pid_t = 0
        let result = withTexts([executable] + arguments) { arguments in
            withTexts(variables(inherits, environment)) { variables in
                posix_spawn(&process, executable, &actions, &attributes, arguments, variables)
            }
        }
        guard result == 0 else {
            throw CommandFailure.failed("不能启动 \(executable)：\(String(cString: strerror(result)))。请重新构建，或检查该文件的权限。")
        }
        return process
    }

    /// Runs a program to its end. - Returns: its status, -1 when it was ended by a signal.
    static func run(_ executable: String, _ arguments: [String], log: String = "/dev/null") throws -> Int32 {
        let process = try start(executable, arguments, log: log)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : -1
    }

    /// A log that has grown is put aside once; the one before it goes.
    static func rotate(_ log: String, limitInBytes: Int = 10 * 1024 * 1024) {
        var status = stat()
        if stat(log, &status) == 0, status.st_size > limitInBytes { rename(log, "\(log).1") }
    }

    private static func variables(_ inherited: Set<String>, _ added: [String: String]) -> [String] {
        let kept = inherited.subtracting(added.keys).sorted().compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
        return kept + added.map { "\($0.key)=\($0.value)" }
    }

    private static func withTexts<R>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
    ) -> R {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
