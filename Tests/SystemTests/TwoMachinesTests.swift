import Contracts
import Domain
import FoundationEssentials
import Glibc
import Kernel
import Support
import Testing

/// Departments on machines of their own: network namespaces with nothing but a cable to the bus, and clocks that are
/// set wrong (faketime, which leaves the steady clock alone).
private final class TwoMachines {
    private static let program = "/usr/bin/faketime"
    private let county: County
    private let name = "jieli\(getpid())"
    /// The first two bytes of the cables' addresses and the base of the third, of this process alone: two cables with
    /// the same address, of a run that was killed or of one beside this, would lead the packets to nowhere.
    private let network = "10.\(64 + (Int(getpid()) >> 6) % 128)"
    private let base = Int(getpid()) % 64 * 4
    private let busPort: Int
    let port: Int

    /// Why the test cannot run here; nil when it can.
    static var obstacle: String? {
        if getuid() != 0 { return "network namespaces need root" }
        if access(program, X_OK) != 0 { return "Debian's package faketime is not installed" }
        let probe = "jieliprobe\(getpid())"
        guard let made = try? Program.run("ip", ["netns", "add", probe]), made.status == 0 else {
            return "network namespaces cannot be made here"
        }
        _ = try? Program.run("ip", ["netns", "del", probe])
        return nil
    }

    init(_ county: County) throws {
        self.county = county
        busPort = try FreePort.take()
        port = try FreePort.take()
    }

    /// The county's programs by hand, as units would start them: all here, save two departments.
    func start() throws {
        let here = (ServiceName.departments + [.accounts]).filter { ![.archives, .healthRecords].contains($0) }
        let run = """
            set -e
            cd '\(county.folder)'
            start() {
              service=$1 bus=$2; shift 2
              setsid "${prefix[@]}" '\(County.executables)'/$service --data "$PWD/stores/$service" --keys "$PWD/keys" \\
                --bus "$bus" "$@" >>log/$service-two.log 2>&1 </dev/null &
              echo $! >>two.pids
            }
            prefix=(env)
            start bus 'ipc://\(county.folder)/two.sock,tcp://0.0.0.0:\(busPort)'
            for service in \(here.map(\.rawValue).joined(separator: " ")); do
              start $service 'ipc://\(county.folder)/two.sock'
            done
            start gateway 'ipc://\(county.folder)/two.sock' --port \(port) --address 127.0.0.1
            machine() {
              ip netns add \(name)$1
              ip link add \(name.suffix(6))$1a type veth peer name \(name.suffix(6))$1b
              ip link set \(name.suffix(6))$1b netns \(name)$1
              ip addr add \(network).$((\(base) + $1)).1/24 dev \(name.suffix(6))$1a
              ip link set \(name.suffix(6))$1a up
              ip -n \(name)$1 addr add \(network).$((\(base) + $1)).2/24 dev \(name.suffix(6))$1b
              ip -n \(name)$1 link set \(name.suffix(6))$1b up
              prefix=(ip netns exec \(name)$1 env DONT_FAKE_MONOTONIC=1 \(Self.program) -f $3)
              start $2 "tcp://\(network).$((\(base) + $1)).1:\(busPort)"
            }
            machine 1 archives +60s
            machine 2 health-records -60s
            """
        let started = try Program.run("bash", ["-c", run])
        guard started.status == 0 else { throw CountyError(text: "start: \(started.output)\(started.errors)") }
    }

    func stop() {
        let end = """
            cd '\(county.folder)'
            for group in $(cat two.pids); do kill -9 -- -$group; done
            for machine in 1 2; do ip link del \(name.suffix(6))${machine}a; ip netns del \(name)$machine; done
            """
        _ = try? Program.run("bash", ["-c", end])
    }

    /// The time by the clock of a department's machine, in seconds since 1970.
    func clock(_ offset: String) throws -> Int {
        let date = try Program.run(Self.program, ["-f", offset, "date", "+%s"])
        return Int(date.output.trimmingPrefix { $0 == " " }.prefix { $0.isNumber }) ?? 0
    }
}

@Suite("Departments on machines of their own", .serialized)
struct TwoMachinesTests {
    private static let password = "two-machines-2020"

    private func account(_ county: County, _ user: String, _ role: Role, _ area: Area = .county) throws {
        let added = try county.jieli(
            "user", "add", user, "--role", role.rawValue, "--area", area.text, "--password-stdin",
            input: Self.password + "\n")
        #expect(added.status == 0, "\(added.output)\(added.errors)")
    }

    /// By the clock and not by how often it looks: a page waits for a department that is not there.
    private func within(_ what: String, _ isSo: () throws -> Bool) throws {
        let start = MonotonicClock.milliseconds()
        while MonotonicClock.milliseconds() - start < 40_000 {
            if try isSo() { return }
            usleep(100_000)
        }
        throw CountyError(text: "not within 40 s: \(what)")
    }

    @Test(
        "A roster's row goes through registry, archives and health records, whose clocks are two minutes apart",
        .enabled(if: TwoMachines.obstacle == nil, "needs root, ip netns and Debian's faketime"))
    func skewedClocks() throws {
        let county = try County()
        try account(county, "renshe", .humanResources)
        try account(county, "qiye", .enterprise, .enterprise(Sample.enterprise))
        try account(county, "yisa", .township, .township(Sample.township))
        try account(county, "dangan", .archives)
        try account(county, "weijian", .health)
        let office = try county.clerk("renshe2", .humanResources)
        try office.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        let imported = try county.jieli(
            "import", try Roster.workbook(in: county.folder, people: 1), "--enterprise", Sample.enterprise)
        #expect(imported.status == 0, "\(imported.output)\(imported.errors)")
        #expect(try county.jieli("down").status == 0)

        let machines = try TwoMachines(county)
        defer { machines.stop() }
        #expect(try machines.clock("+60s") - machines.clock("-60s") >= 119)
        try machines.start()
        func clerk(_ user: String) throws -> Clerk {
            let clerk = Clerk(port: machines.port)
            try within("\(user) signs in") {
                (try? clerk.signIn(user, Self.password)) != nil
            }
            return clerk
        }
        let dated = CalendarDay(SystemClock().now()).month.previous.lastDay.description
        try clerk("renshe").carryOut("/steps/registry.person.verify/1", [])
        try clerk("qiye").carryOut(
            "/work/apply",
            [("enterprise", Sample.enterprise), ("township", Sample.township), ("person", "1"), ("dated", dated)]
                + Material.allCases.map { ("material", $0.rawValue) })
        let township = try clerk("yisa")
        try township.carryOut("/work/receive", [("application", "1"), ("step", "accept"), ("dated", dated)])
        let archives = try clerk("dangan")
        try within("the person at the archives") { try archives.get("/work/archives").text.contains("李阿明") }
        try archives.carryOut(
            "/steps/archives.file.receive/1",
            [
                ("scheme", "worker"), ("volumes", "1"), ("dated", dated), ("catalogue", "1 履历表 1985-06 4"),
                ("missing", ""),
            ])
        let doctor = try clerk("weijian")
        try within("the person at the health records") { try doctor.get("/work/health").text.contains("李阿明") }
        try doctor.carryOut(
            "/steps/health-records.record.open/1",
            [
                ("villageSegment", "001"), ("dated", dated), ("bloodType", ""), ("allergies", ""),
                ("chronicDiseases", ""),
            ])
        // What both did comes back to the gateway's own figures.
        try within("both tracks are done") {
            let overview = try JSONDecoder().decode(
                Overview.self, from: Data(clerk("renshe").get("/api/v1/overview").body))
            return overview.tracks.count { $0.done == 1 } >= 2
        }
    }
}
