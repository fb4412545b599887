import Glibc
import Support
import Testing

/// `jieli up` and what keeps a county running, with real processes.
@Suite("The supervisor", .serialized)
struct SupervisorTests {
    @Test("starts the bus, seven departments and the gateway, each with a writer and within its memory")
    func starts() async throws {
        try await RunningCounty.with { county in
            let status = try await county.status()
            #expect(status.phase == "ready")
            #expect(status.instances.map(\.service) == ["jieli"] + RunningCounty.programs)
            #expect(status.instances.allSatisfy { $0.state == "running" && $0.restarts == 0 })
            #expect(status.instances.dropFirst(2).allSatisfy { $0.role == "writer" })
            #expect(status.instances.prefix(2).map(\.role) == ["supervisor", "broker"])
            #expect(status.instances.allSatisfy { $0.residentMemoryInKibibytes ?? 0 > 1000 })
            #expect(status.totalMemoryInKibibytes > 10_000)
            #expect(try #require(status.freeDiskInKibibytes) > 0)
            #expect(try await county.get("/healthz").code == 200)
            let table = try await county.jieli("status").output
            #expect(table.contains("移交台账") && table.contains("registry-1") && table.contains("写入"))
        }
    }

    @Test("keeps keys and sockets from other users")
    func permissions() async throws {
        try await RunningCounty.with { county in
            var status = stat()
            #expect(stat("\(county.data)/keys", &status) == 0 && status.st_mode & 0o777 == 0o700)
            #expect(stat("\(county.data)/keys/registry.seal", &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(stat("\(county.data)/keys/registry.curve", &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(stat("\(county.data)/run/control.sock", &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test("starts a killed program again, counts it and says how it ended", arguments: ["registry", "bus", "gateway"])
    func killed(service: String) async throws {
        try await RunningCounty.with { county in
            let before = try await county.status().instance("\(service)-1")?.processIdentifier
            kill(try #require(before), SIGKILL)
            let waited = try await county.wait { status in
                let instance = status.instance("\(service)-1")
                return instance?.processIdentifier != before && instance?.state == "running"
                    && instance?.role == (service == "bus" ? "broker" : "writer")
            }
            #expect(waited != nil)
            let after = try await county.status().instance("\(service)-1")
            #expect(after?.restarts == 1)
            #expect(after?.lastExit?.contains("信号 9") ?? false)
            // The others follow a broker that came back.
            try await county.wait { $0.instances.dropFirst(2).allSatisfy { $0.role == "writer" } }
            #expect(try await county.status().instances.dropFirst(2).allSatisfy { $0.role == "writer" })
        }
    }

    @Test("restarts one service and leaves the others alone")
    func restarts() async throws {
        try await RunningCounty.with { county in
            let before = try await county.status()
            let outcome = try await county.jieli("restart", ["archives"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let after = try await county.status()
            for program in RunningCounty.programs {
                let isSame =
                    before.instance("\(program)-1")?.processIdentifier
                    == after.instance("\(program)-1")?.processIdentifier
                #expect(isSame == (program != "archives"), "\(program)")
            }
            #expect(after.instance("archives-1")?.role == "writer")
        }
    }

    @Test("a supervisor that does not answer is said to be so, and nobody waits for it for ever")
    func silent() async throws {
        try await RunningCounty.with { county in
            let supervisor = try #require(try await county.status().instance("supervisor")?.processIdentifier)
            kill(supervisor, SIGSTOP)
            let outcome = try await county.jieli("status")
            kill(supervisor, SIGCONT)
            #expect(outcome.status == 1 && outcome.errors.contains("没有答复") && outcome.errors.contains("kill -CONT"))
            #expect(try await county.jieli("status").status == 0)
        }
    }

    @Test("a second instance reads, and takes over when the writer is killed")
    func scales() async throws {
        try await RunningCounty.with { county in
            let more = try await county.jieli("scale", ["registry", "2"])
            #expect(more.status == 0, "\(more.errors)")
            var status = try await county.status()
            #expect(status.instance("registry-1")?.role == "writer")
            #expect(status.instance("registry-2")?.role == "reader")
            kill(try #require(status.instance("registry-1")?.processIdentifier), SIGKILL)
            #expect(try await county.wait { $0.instance("registry-2")?.role == "writer" } != nil)
            #expect(try await county.wait { $0.instance("registry-1")?.role == "reader" } != nil)
            let fewer = try await county.jieli("scale", ["registry", "1"])
            #expect(fewer.status == 0, "\(fewer.errors)")
            status = try await county.status()
            #expect(status.instance("registry-2") == nil)
            #expect(try await county.wait { $0.instance("registry-1")?.role == "writer" } != nil)
        }
    }

    @Test("says why bus and gateway are not scaled, and which services and numbers there are")
    func refusesScaling() async throws {
        try await RunningCounty.with { county in
            let bus = try await county.jieli("scale", ["bus", "2"])
            #expect(bus.status == 64 && bus.errors.contains("总线只能有一个实例"))
            let gateway = try await county.jieli("scale", ["gateway", "2"])
            #expect(gateway.status == 64 && gateway.errors.contains("网关只能有一个实例"))
            let none = try await county.jieli("scale", ["registry", "0"])
            #expect(none.status == 64 && none.errors.contains("1 至 8"))
            let unknown = try await county.jieli("restart", ["registri"])
            #expect(unknown.status == 64 && unknown.errors.contains("health-records"))
        }
    }

    @Test("a county that runs is not started twice, and another one's port is not taken")
    func busy() async throws {
        try await RunningCounty.with { county in
            let again = try await county.up()
            #expect(again.status == 1 && again.errors.contains("已经在运行"))
            let other = try RunningCounty()
            let taken = try await Program.runAside(
                County.jieli, ["up", "--detach", "--empty", "--data", other.data, "--port", String(county.port)])
            #expect(taken.status == 1 && taken.errors.contains("端口 \(county.port) 已被其他程序占用"))
            #expect(other.processes.isEmpty)
            #expect(try await county.status().phase == "ready")
        }
    }

    @Test("down ends every process, and what was there is there after the next up")
    func down() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            #expect(try await county.up().status == 0)
            #expect(county.processes.count == 11)
            #expect(try await county.jieli("down").status == 0)
            #expect(county.processes.isEmpty)
            #expect(try await county.jieli("status").status == 69)
            #expect(try await county.jieli("down").status == 69)
            let again = try await county.up()
            #expect(again.status == 0, "\(again.errors)")
            #expect(!again.output.contains("已生成"), "the keys of the first start are used")
        }
    }

    @Test("a supervisor that is killed leaves nobody behind, and the county starts again")
    func supervisorKilled() async throws {
        try await RunningCounty.with { county in
            kill(try await county.status().supervisor, SIGKILL)
            let killedAt = ContinuousClock.now
            for _ in 0..<240 where !county.processes.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
            #expect(county.processes.isEmpty)
            // Two seconds of grace, and what a busy machine adds.
            #expect(ContinuousClock.now - killedAt < .seconds(6))
            let again = try await county.up()
            #expect(again.status == 0, "\(again.errors)\(again.output)")
        }
    }

    @Test("a data folder with a path too long for sockets works all the same")
    func longPath() async throws {
        let county = try RunningCounty(folder: String(repeating: "long-name-of-a-folder/", count: 8) + "county")
        await county.whileCleaningUp {
            let up = try await county.up()
            #expect(up.status == 0, "\(up.errors)\(up.output)")
            #expect(try await county.status().phase == "ready")
        }
    }

    @Test("wrong arguments are named, with status 64")
    func usage() async throws {
        let county = try RunningCounty()
        let unknown = try await county.jieli("up", ["--ports", "1"])
        #expect(unknown.status == 64 && unknown.errors.contains("--ports"))
        let number = try await county.jieli("up", ["--port", "99999"])
        #expect(number.status == 64 && number.errors.contains("65535"))
        let both = try await county.jieli("up", ["--empty", "--sample", "500"])
        #expect(both.status == 64 && both.errors.contains("只能用一个"))
        let address = try await county.jieli("up", ["--empty", "--address", "localhost"])
        #expect(address.status == 64 && address.errors.contains("IP 地址"))
        let plain = try await county.jieli("up", ["--empty", "--address", "0.0.0.0", "--port", String(county.port)])
        #expect(plain.status == 64 && plain.errors.contains("--plain-http"), "\(plain.errors)")
        let none = try await Program.runAside(County.jieli, ["upp"])
        #expect(none.status == 64 && none.errors.contains("up、status"))
        let help = try await Program.runAside(County.jieli, ["scale", "--help"])
        #expect(help.status == 0 && help.output.contains("jieli scale"))
        #expect(county.processes.isEmpty)
    }
}
