import FoundationEssentials
import Glibc
import Support
import Testing

/// A county of real processes in a folder of its own. Whatever a test does, nothing of it stays behind.
final class RunningCounty: Sendable {
    /// What `status --json` says, as far as tests look at it.
    struct Status: Decodable, Sendable {
        struct Instance: Decodable, Sendable {
            var service: String
            var instance: String
            var processIdentifier: Int32?
            var role: String
            var state: String
            var restarts: Int
            var lastExit: String?
            var residentMemoryInKibibytes: Int64?
            var proportionalMemoryInKibibytes: Int64?
        }

        var phase: String
        var supervisor: Int32
        var totalMemoryInKibibytes: Int64
        var freeDiskInKibibytes: Int64?
        var instances: [Instance]

        func instance(_ name: String) -> Instance? { instances.first { $0.instance == name } }
    }

    static let programs = [
        "bus", "registry", "archives", "party-relations", "assets", "benefits-liaison", "health-records",
        "notifications", "accounts", "gateway",
    ]

    let scratch: Scratch
    let data: String
    let port: Int

    /// - Parameter folder: the data folder's name below the scratch folder.
    init(folder: String = "county") throws {
        scratch = try Scratch()
        data = "\(scratch.path)/\(folder)"
        port = try FreePort.take()
    }

    /// Starts a county, lets `body` use it, and ends it in any case.
    static func with(
        _ arguments: [String] = ["--empty"], _ body: (RunningCounty) async throws -> Void
    ) async throws {
        let county = try RunningCounty()
        let up = try await county.up(arguments)
        try #require(up.status == 0, "up: \(up.errors)\(up.output)")
        await county.whileCleaningUp { try await body(county) }
    }

    /// Runs `body` and ends what is left of the county's processes afterwards.
    func whileCleaningUp(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            Issue.record(error)
        }
        if let status = try? await status() {
            _ = try? await jieli("down")
            // Only those that this county's own status named.
            for process in status.instances.compactMap(\.processIdentifier)
            where Self.isOurs(process, data) {
                kill(process, SIGKILL)
            }
        }
        for process in processes { kill(process, SIGKILL) }
    }

    func up(_ arguments: [String] = ["--empty"]) async throws -> Program {
        try await jieli("up", ["--detach", "--port", String(port)] + arguments)
    }

    /// Runs a subcommand on this county.
    func jieli(_ command: String, _ arguments: [String] = [], input: String = "") async throws -> Program {
        try await Program.runAside(County.jieli, [command] + arguments + ["--data", data], input: input)
    }

    func status() async throws -> Status {
        let outcome = try await jieli("status", ["--json"])
        return try JSONDecoder().decode(Status.self, from: Data(outcome.output.utf8))
    }

    /// Asks for the status until it is as wanted.
    /// - Returns: the milliseconds that it took; nil when it did not come so within ten seconds.
    @discardableResult
    func wait(until isDone: (Status) -> Bool) async throws -> Int? {
        for step in 0..<200 {
            if let status = try? await status(), isDone(status) { return step * 50 }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    /// Fetches a path of the gateway with curl. - Returns: the status code and the body.
    func get(_ path: String, user: String? = nil) async throws -> (code: Int, body: String) {
        let account = user.map { ["--user", $0] } ?? []
        let outcome = try await Program.runAside(
            "curl", ["--silent", "--write-out", "\n%{http_code}"] + account + ["http://127.0.0.1:\(port)\(path)"])
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    /// The processes whose arguments name this county's folder, without zombies.
    var processes: [Int32] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let process = Int32(name), Self.isOurs(process, data) { found.append(process) }
        }
        return found
    }

    private static func isOurs(_ process: Int32, _ data: String) -> Bool {
        guard let file = fopen("/proc/\(process)/cmdline", "r") else { return false }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = fread(&buffer, 1, buffer.count, file)
        let text = String(decoding: buffer[..<count], as: UTF8.self)
        return text.contains(data) && text.contains(County.executables)
    }

}
