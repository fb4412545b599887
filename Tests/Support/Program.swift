import Glibc
import Kernel

/// A program run to its end, with what it printed.
public struct Program: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String

    /// Runs a program with these arguments and blocks until it has ended; its standard input is `input`. One that hangs
    /// is ended after ten minutes, so that it fails its test instead of hanging all.
    /// - Parameter name: a path, or a name that is looked up along PATH.
    /// - Throws: `ProgramError` when it cannot be started.
    public static func run(
        _ name: String, _ arguments: [String], in folder: String = ".", input: String = "",
        environment: [String: String] = [:]
    ) throws -> Program {
        let results = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(results) }
        let names = ["in", "out", "err"].map { "\(results)/\($0)" }
        guard let file = fopen(names[0], "w") else { throw ProgramError(name: name) }
        fputs(input, file)
        fclose(file)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, names[0], O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, names[1], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, names[2], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let words = ["timeout", "--kill-after=5", "600", "env", "--chdir=\(folder)"] + variables + [name] + arguments
        var argv = words.map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        var process = pid_t()
        guard posix_spawnp(&process, "timeout", &actions, nil, &argv, environ) == 0 else {
            throw ProgramError(name: name)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1 && errno == EINTR {}
        // As a shell tells it: the program's own status, or 128 and the signal that ended it.
        let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
        return Program(
            status: code, output: String(decoding: try FileBytes.read(names[1]), as: UTF8.self),
            errors: String(decoding: try FileBytes.read(names[2]), as: UTF8.self))
    }

    /// The same on a thread of its own: on the cooperative pool the wait would hold up the tests beside it.
    public static func runAside(
        _ name: String, _ arguments: [String], in folder: String = ".", input: String = ""
    ) async throws -> Program {
        try await withCheckedThrowingContinuation { continuation in
            OwnThread.essential(name: "program") {
                continuation.resume(with: Result { try run(name, arguments, in: folder, input: input) })
            }
        }
    }
}

/// A program that cannot be started.
public struct ProgramError: Error {
    public let name: String

    public init(name: String) { self.name = name }
}
