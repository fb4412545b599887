import Glibc
import Support
import Testing

/// What the supervisor keeps in the folder, and what it hands to its programs.
@Suite("The supervisor's files", .serialized)
struct SupervisorFolderTests {
    @Test("a deleted control socket is there again, and status, up and down agree meanwhile")
    func controlSocket() async throws {
        try await RunningCounty.with { county in
            unlink("\(county.data)/run/control.sock")
            let status = try await county.jieli("status")
            #expect(status.status == 0, "\(status.errors)")
            unlink("\(county.data)/run/control.sock")
            let up = try await county.up()
            #expect(up.status == 1 && up.errors.contains("已经在运行"))
            unlink("\(county.data)/run/control.sock")
            let down = try await county.jieli("down")
            #expect(down.status == 0, "\(down.errors)")
            #expect(county.processes.isEmpty)
        }
    }

    @Test("with all of run/ deleted there are not two supervisors, whatever the port")
    func deletedLock() async throws {
        try await RunningCounty.with { county in
            let removed = try await Program.runAside("rm", ["-r", "\(county.data)/run"])
            try #require(removed.status == 0)
            let other = try await county.jieli(
                "up", ["--detach", "--empty", "--port", String(try FreePort.take())])
            #expect(other.status == 1 && other.errors.contains("已经在运行"), "\(other.errors)")
            #expect(try await county.status().instances.count == 11)
        }
    }

    @Test("the number of instances outlives down and up, and status tells it")
    func instancesKept() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            try #require(try await county.up().status == 0)
            try #require(try await county.jieli("scale", ["registry", "2"]).status == 0)
            try #require(try await county.jieli("down").status == 0)
            let again = try await county.up()
            try #require(again.status == 0, "\(again.errors)")
            // Both start at once, and either may be the first at the lock.
            let both = try await county.wait { status in
                status.instances.filter { $0.service == "registry" }.map(\.role).sorted() == ["reader", "writer"]
            }
            #expect(both != nil)
            #expect(try await county.jieli("status").output.contains("下次启动沿用）：registry 2"))
            let fewer = try await county.jieli("scale", ["registry", "1"])
            #expect(fewer.status == 0, "\(fewer.errors)")
            #expect(try await county.status().instance("registry-2") == nil)
            try #require(try await county.jieli("down").status == 0)
            try county.scratch.write("county/instances", Array("registry 99\n".utf8))
            let refused = try await county.up()
            #expect(refused.status == 1 && refused.errors.contains("registry 99"), "\(refused.errors)")
        }
    }

    @Test("an instance that does not end holds up neither scale nor anybody else who asks")
    func leaving() async throws {
        try await RunningCounty.with { county in
            try #require(try await county.jieli("scale", ["archives", "2"]).status == 0)
            kill(try #require(try await county.status().instance("archives-2")?.processIdentifier), SIGSTOP)
            async let fewer = county.jieli("scale", ["archives", "1"])
            #expect(try await county.wait { $0.instance("archives-2")?.state == "stopping" } != nil)
            let again = try await county.jieli("scale", ["archives", "2"])
            #expect(again.status == 1 && again.errors.contains("还没有停完"), "\(again.errors)")
            let outcome = try await fewer
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await county.status().instance("archives-2") == nil)
        }
    }

    @Test("programs get no descriptor and no variable but those that they need, and leave no core behind")
    func handedDown() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            let up = try await Program.runAside(
                "env",
                [
                    "SECRET_OF_A_SHELL=1", County.jieli, "up", "--detach", "--empty", "--data", county.data, "--port",
                    String(county.port),
                ])
            try #require(up.status == 0, "\(up.errors)")
            for process in county.processes {
                let variables = try FileBytes.read("/proc/\(process)/environ").split(separator: 0)
                    .map { String(decoding: $0.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self) }
                let known = [
                    "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ", "XDG_STATE_HOME",
                    "XDG_RUNTIME_DIR", "MALLOC_ARENA_MAX",
                ]
                #expect(variables.filter { !known.contains($0) } == [])
                let limits = String(decoding: try FileBytes.read("/proc/\(process)/limits"), as: UTF8.self)
                let cores = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
                #expect(cores?.split(separator: " ").dropFirst(4).first == "1", "\(cores ?? "")")
            }
            // A program just started has those of its own only.
            let assets = try #require(try await county.status().instance("assets-1")?.processIdentifier)
            let targets = try await Program.runAside("ls", ["-l", "/proc/\(assets)/fd"]).output
            for foreign in ["control.sock", "supervisor", "/registry", ".lock ->"] {
                #expect(!targets.contains(foreign), "\(targets)")
            }
        }
    }
}
