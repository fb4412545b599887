import Contracts
import FoundationEssentials
import Glibc

/// A county of real processes under `jieli up`, on a free port and in a folder of its own. Stopped and removed when the
/// test lets go of it.
public final class County: Sendable {
    public let folder: String
    public let port: Int
    public static let password = "system-test-2020"

    /// The folder of the executables that were built together with the tests.
    public static let executables: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path = String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let beside = path.split(separator: "/").dropLast().joined(separator: "/")
        if access("/\(beside)/jieli", X_OK) == 0 { return "/\(beside)" }
        // Under the package manager's own test helper, the build folder follows from this file.
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/.build/debug"
    }()

    /// The program that is run as a person would run it.
    public static var jieli: String { "\(executables)/jieli" }

    public init(upOptions: [String] = ["--empty"]) throws {
        folder = try TemporaryFolder.make()
        port = try FreePort.take()
        let up = try Program.run(
            Self.jieli,
            ["up", "--detach", "--data", folder, "--port", String(port)] + upOptions)
        guard up.status == 0 else { throw CountyError(text: "up: \(up.output)\(up.errors)") }
    }

    /// A county that goes on from the stores and keys in an archive.
    public init(keptIn archive: String) throws {
        folder = try TemporaryFolder.make()
        port = try FreePort.take()
        let unpacked = try Program.run("/bin/tar", ["-xzf", archive, "-C", folder])
        guard unpacked.status == 0 else { throw CountyError(text: "tar: \(unpacked.errors)") }
        let up = try Program.run(Self.jieli, ["up", "--detach", "--data", folder, "--port", String(port)])
        guard up.status == 0 else { throw CountyError(text: "up: \(up.output)\(up.errors)") }
    }

    deinit {
        _ = try? jieli("down")
        TemporaryFolder.remove(folder)
    }

    @discardableResult
    public func jieli(_ arguments: String..., input: String = "") throws -> Program {
        try Program.run(Self.jieli, arguments + ["--data", folder], input: input)
    }

    /// Enters an account and signs it in.
    public func clerk(_ user: String, _ role: Role, _ area: Area = .county) throws -> Clerk {
        let added = try jieli(
            "user", "add", user, "--role", role.rawValue, "--area", area.text, "--password-stdin",
            input: Self.password + "\n")
        guard added.status == 0 else { throw CountyError(text: "user: \(added.output)\(added.errors)") }
        let clerk = Clerk(port: port)
        try clerk.signIn(user, Self.password)
        return clerk
    }

    /// What `jieli status --json` says.
    public func status() throws -> [Instance] {
        let status = try jieli("status", "--json")
        return try JSONDecoder().decode(Status.self, from: Data(status.output.utf8)).instances
    }

    struct Status: Decodable {
        var instances: [Instance]
    }

    public struct Instance: Decodable {
        public var service: String
        public var processIdentifier: Int32?
        public var role: String?
    }

    public func process(of service: String) throws -> Int32 {
        for _ in 0..<100 {
            if let process = try status().first(where: { $0.service == service })?.processIdentifier { return process }
            usleep(100_000)
        }
        throw CountyError(text: "\(service) does not run")
    }

    /// The overview as a program gets it.
    public func overview(_ clerk: Clerk) throws -> Overview {
        try JSONDecoder().decode(Overview.self, from: Data(clerk.get("/api/v1/overview").body))
    }

}

/// Something in a running county is not as the test needs it.
public struct CountyError: Error, CustomStringConvertible {
    let text: String

    public init(text: String) { self.text = text }

    public var description: String { text }
}

/// Tries until it is so, for what comes about by events.
public func eventually(_ what: String, withinSeconds limit: Int = 20, _ isSo: () throws -> Bool) throws {
    for _ in 0..<limit * 20 {
        if try isSo() { return }
        usleep(50_000)
    }
    throw CountyError(text: "not within \(limit) s: \(what)")
}
