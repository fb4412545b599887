import FoundationEssentials
import Glibc

/// A program run to its end.
struct Command {
    let status: Int32
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let complaints: String

    struct NotStarted: Error, CustomStringConvertible { let description: String }

    /// Runs `arguments` in `folder`; the first is the program's name.
    ///
    /// The wait happens on a thread of its own: on the cooperative pool it would hold up the tests beside it.
    static func run(_ arguments: [String], in folder: String = Repository.root) async throws -> Command {
        try await withCheckedThrowingContinuation { continuation in
            let work = Unmanaged.passRetained(
                Work { continuation.resume(with: Result { try runAndWait(arguments, in: folder) }) })
            var thread = pthread_t()
            let result = pthread_create(
                &thread, nil,
                { work in
                    Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().run()
                    return nil
                }, work.toOpaque())
            precondition(result == 0, "no thread")
            pthread_detach(thread)
        }
    }

    private final class Work {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// `timeout` ends the program after two minutes, so that a lock that it waits for fails a test instead of hanging
    /// all.
    private static func runAndWait(_ arguments: [String], in folder: String) throws -> Command {
        let results = try TemporaryFolder()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "\(results.path)/output", O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(results.path)/complaints", O_WRONLY | O_CREAT, 0o600)
        var words = (["timeout", "120", "env", "--chdir=\(folder)"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let result = posix_spawnp(&process, "timeout", &actions, nil, &words, environ)
        if result != 0 { throw NotStarted(description: "timeout: \(String(cString: strerror(result)))") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        // As a shell tells it: the program's own status, or 128 and the signal that ended it.
        let signal = status & 0x7f
        return Command(
            status: signal == 0 ? status >> 8 & 0xff : 128 + signal,
            output: try String(contentsOfFile: "\(results.path)/output", encoding: .utf8),
            complaints: try String(contentsOfFile: "\(results.path)/complaints", encoding: .utf8))
    }
}
