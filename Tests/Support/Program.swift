import Glibc

/// A program run to its end, with what it printed.
public struct Program: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String

    /// Runs a program with these arguments; its standard input is `input`.
    /// - Throws: `ProgramError` when it cannot be started.
    public static func run(
        _ path: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> Program {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let names = ["in", "out", "err"].map { "\(folder)/\($0)" }
        guard let file = fopen(names[0], "w") else { throw ProgramError(path: path) }
        fputs(input, file)
        fclose(file)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, names[0], O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, names[1], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, names[2], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var own: [String] = []
        var entry = environ
        while let variable = entry.pointee {
            own.append(String(cString: variable))
            entry += 1
        }
        let variables = own + environment.map { "\($0.key)=\($0.value)" }
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = variables.map { strdup($0) } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var process = pid_t()
        guard posix_spawn(&process, path, &actions, nil, &argv, &envp) == 0 else { throw ProgramError(path: path) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1 && errno == EINTR {}
        let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
        return Program(
            status: code, output: String(decoding: try FileBytes.read(names[1]), as: UTF8.self),
            errors: String(decoding: try FileBytes.read(names[2]), as: UTF8.self))
    }
}

/// A program that cannot be started.
public struct ProgramError: Error {
    public let path: String
}
