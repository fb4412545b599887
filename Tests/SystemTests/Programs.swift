import Glibc

/// The programs under test, run as a person would run them.
enum Programs {
    /// Where the build has put them: beside the test bundle.
    static let folder: String = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
        let own = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        let bundle = CommandLine.arguments.firstIndex(of: "--test-bundle-path").map { CommandLine.arguments[$0 + 1] }
        for path in [bundle, own, CommandLine.arguments.first].compactMap(\.self) {
            var parts = path.split(separator: "/")
            while !parts.isEmpty {
                parts.removeLast()
                let folder = parts.reduce(into: path.hasPrefix("/") ? "" : ".") { $0 += "/\($1)" }
                if access("\(folder)/jieli", X_OK) == 0, access("\(folder)/bus", X_OK) == 0 { return folder }
            }
        }
        return "."
    }()

    static var jieli: String { "\(folder)/jieli" }

    /// How a program ended.
    struct Outcome: Sendable {
        var status: Int32
        var output: String
        var complaints: String
    }

    struct NotStarted: Error { var program: String }

    /// Runs a program to its end, on a thread of its own: the cooperative pool is not to wait.
    /// - Parameter input: becomes its standard input.
    static func run(_ program: String, _ arguments: [String], input: String = "") async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            let work = Unmanaged.passRetained(
                Work { continuation.resume(with: Result { try runAndWait(program, arguments, input) }) })
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

    private static func runAndWait(_ program: String, _ arguments: [String], _ input: String) throws -> Outcome {
        let folder = try Scratch()
        try folder.write("input", Array(input.utf8))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "\(folder.path)/input", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "\(folder.path)/output", O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(folder.path)/complaints", O_WRONLY | O_CREAT, 0o600)
        // A command that hangs fails its test instead of hanging all.
        var words = (["timeout", "60", program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawnp(&process, "timeout", &actions, nil, &words, environ) == 0 else {
            throw NotStarted(program: program)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return Outcome(
            status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: folder.text("output"),
            complaints: folder.text("complaints"))
    }
}

/// A folder that goes with its value.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/jieli-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Programs.NotStarted(program: "mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        var process = pid_t()
        var words: [UnsafeMutablePointer<CChar>?] = ["rm", "-rf", path].map { (word: String) in strdup(word) } + [nil]
        defer { for word in words { free(word) } }
        if posix_spawnp(&process, "rm", nil, nil, &words, environ) == 0 { waitpid(process, nil, 0) }
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        guard let file = fopen("\(path)/\(name)", "w") else { throw Programs.NotStarted(program: name) }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }

    func text(_ name: String) -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
