import FoundationEssentials
import Glibc
import Sheets
import Support
import Testing

/// Rosters and accounts by the command line, on the sample county.
@Suite("The command line", .serialized)
struct CommandLineTests {
    private static let people = 200

    /// A roster file of two good rows, one with a wrong number, and a line of totals.
    private func roster(_ scratch: Scratch) throws -> String {
        let lines = [
            "姓名,身份证号,移交乡镇,联系电话", "李阿示,\(TestIdentity.number(901)),迤萨镇,", "白示例,\(TestIdentity.number(902)),甲寅镇,",
            "普示范,53252919550314,迤萨镇,", "合计,,3人,",
        ]
        try scratch.write("roster.csv", Array((lines.joined(separator: "\n") + "\n").utf8))
        return "\(scratch.path)/roster.csv"
    }

    private func enterprise(_ county: RunningCounty) async throws -> String {
        let rosters = try await county.jieli("rosters", ["--json"])
        struct Rosters: Decodable {
            struct Row: Decodable { var enterprise: String }
            var rows: [Row]
        }
        let rows = try JSONDecoder().decode(Rosters.self, from: Data(rosters.output.utf8)).rows
        return try #require(rows.last).enterprise
    }

    private func withSample(_ body: (RunningCounty) async throws -> Void) async throws {
        try await RunningCounty.with(["--sample", String(Self.people)], body)
    }

    @Test("the sample county has people in every status, nothing parked, and sound logs")
    func sample() async throws {
        try await withSample { county in
            struct Overview: Decodable {
                struct Status: Decodable {
                    var status: String
                    var people: Int
                }
                struct Track: Decodable {
                    var track: String
                    var needed: Int
                    var done: Int
                }
                var people: Int
                var statuses: [Status]
                var tracks: [Track]
            }
            var overview: Overview?
            // The overview follows the services' logs: a moment later all is there.
            for _ in 0..<100 where overview?.people != Self.people {
                let answer = try await county.get("/api/v1/overview", user: "zhuanban:jieli-2020")
                overview = try? JSONDecoder().decode(Overview.self, from: Data(answer.body.utf8))
                try await Task.sleep(for: .milliseconds(50))
            }
            let seen = try #require(overview)
            #expect(seen.people == Self.people)
            #expect(seen.statuses.count == 5 && seen.statuses.allSatisfy { $0.people > 0 })
            #expect(seen.tracks.allSatisfy { 0 < $0.done && $0.done < $0.needed })
            #expect(try await county.jieli("parked").output.contains("没有搁置的事件"))
            let verified = try await county.jieli("verify")
            #expect(verified.status == 0, "\(verified.output)")
        }
    }

    @Test("the sample is shown with its accounts, once, and never mixed into a county that has data")
    func sampleOnce() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            let first = try await county.up(["--sample", String(Self.people)])
            #expect(first.status == 0, "\(first.errors)")
            for text in ["zhuanban", "qiye12", "sancun", "jieli-2020", "仅供试用", "http://127.0.0.1:\(county.port)/"] {
                #expect(first.output.contains(text), "\(text)")
            }
            #expect(access("\(county.data)/sample-unfinished", F_OK) != 0)
            try #require(try await county.jieli("down").status == 0)
            let second = try await county.up(["--sample", String(Self.people)])
            #expect(second.status == 0 && second.output.contains("不装载样例"))
            try #require(try await county.jieli("down").status == 0)
            try county.scratch.write("county/sample-unfinished", [])
            let third = try await county.up(["--sample", String(Self.people)])
            #expect(third.status == 1 && third.output.contains("样例不完整"))
        }
    }

    @Test("imports a roster, sets faulty rows aside in the same format, and knows the same file again")
    func imports() async throws {
        try await withSample { county in
            let file = try roster(county.scratch)
            let code = try await enterprise(county)
            let setAside = "\(county.scratch.path)/aside.csv"
            let anonymous = try await county.jieli("import", [file, "--enterprise", code, "--set-aside", setAside])
            #expect(anonymous.status == 64 && anonymous.errors.contains("--user"))
            let arguments = [
                file, "--enterprise", code, "--set-aside", setAside, "--user", "renshe", "--password-stdin",
            ]
            let stranger = try await county.jieli("import", arguments, input: "not the password\n")
            #expect(stranger.status == 1 && stranger.errors.contains("密码不对"))
            let first = try await county.jieli("import", arguments, input: "jieli-2020\n")
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output.contains("共 3 行，登记 2 人，未导入 1 行"))
            #expect(first.output.contains("身份证号位数不对") && first.output.contains("跳过合计行 1 行"))
            #expect(first.errors.contains("3/3"))
            let accounts = try await county.jieli("user", ["list", "--json"]).output
            #expect(!accounts.contains("\"sessions\":1"), "what the command signed in it signed out")
            let table = try RosterReader.read(SheetFile.read(path: setAside))
            #expect(table.rows.map { $0[.name] } == ["普示范"])
            #expect(table.rows.first?[.identityNumber] == "53252919550314")
            let again = try await county.jieli("import", [file, "--enterprise", code])
            #expect(again.status == 0 && again.output.contains("同一文件已经导入过"))
            let asData = try await county.jieli("import", [file, "--enterprise", code, "--json"])
            #expect(asData.output.contains("\"isRepeat\":true"))
        }
    }

    @Test("takes a roster back, after which the same file can be imported anew")
    func undo() async throws {
        try await withSample { county in
            let file = try roster(county.scratch)
            let code = try await enterprise(county)
            _ = try await county.jieli("import", [file, "--enterprise", code])
            let undone = try await county.jieli("undo", ["13", "--reason", "选错企业"])
            #expect(undone.status == 0 && undone.output.contains("2 人移出台账"), "\(undone.errors)")
            let twice = try await county.jieli("undo", ["13", "--reason", "选错企业"])
            #expect(twice.status == 1 && !twice.errors.isEmpty)
            let anew = try await county.jieli("import", [file, "--enterprise", code])
            #expect(anew.status == 0 && anew.output.contains("名册 14：共 3 行，登记 2 人"), "\(anew.output)")
            let moved = try await county.jieli("undo", ["1", "--reason", "试"])
            #expect(moved.status == 1 && moved.errors.contains("第十五条"))
        }
    }

    @Test("says what is wrong with a file, an enterprise or an argument, and what to do")
    func refusals() async throws {
        try await withSample { county in
            let file = try roster(county.scratch)
            let code = try await enterprise(county)
            let unknown = try await county.jieli("import", [file, "--enterprise", "91350100M000100Y43"])
            #expect(unknown.status == 1)
            #expect(unknown.errors.contains("没有登记这家企业") && unknown.errors.contains(code))
            let missing = try await county.jieli("import", ["/nowhere.xlsx", "--enterprise", code])
            #expect(missing.status == 1 && missing.errors.contains("/nowhere.xlsx"))
            try county.scratch.write("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
            let old = try await county.jieli("import", ["\(county.scratch.path)/old.xls", "--enterprise", code])
            #expect(old.status == 1 && old.errors.contains("另存为 .xlsx"))
            try county.scratch.write("headless.csv", Array("甲,乙\n1,2\n".utf8))
            let headless = try await county.jieli(
                "import", ["\(county.scratch.path)/headless.csv", "--enterprise", code])
            #expect(headless.status == 1 && headless.errors.contains("表头"))
            let without = try await county.jieli("import", [file])
            #expect(without.status == 64 && without.errors.contains("--enterprise"))
        }
    }

    @Test("an account that is entered can sign in; short passwords and areas that do not fit are refused")
    func accounts() async throws {
        try await RunningCounty.with { county in
            let entered = try await county.jieli(
                "user", ["add", "zhuanban", "--role", "working-team", "--password-stdin"], input: "long enough\n")
            #expect(entered.status == 0, "\(entered.errors)")
            #expect(try await county.get("/api/v1/overview", user: "zhuanban:long enough").code == 200)
            #expect(try await county.get("/api/v1/overview", user: "zhuanban:long enougH").code == 401)
            let other = try await county.jieli(
                "user", ["add", "zhuanban", "--role", "health", "--password-stdin"], input: "long enough\n")
            #expect(other.status == 1 && other.errors.contains("--change"))
            let changed = try await county.jieli(
                "user", ["add", "zhuanban", "--role", "health", "--change", "--password-stdin"], input: "long enough\n")
            #expect(changed.status == 0, "\(changed.errors)")
            let short = try await county.jieli(
                "user", ["add", "zhuanban", "--role", "working-team", "--password-stdin"], input: "short\n")
            #expect(short.status == 1 && short.errors.contains("至少 8 个字符"))
            let area = try await county.jieli("user", ["add", "yisa", "--role", "township", "--password-stdin"])
            #expect(area.status == 64 && area.errors.contains("township:"))
            let role = try await county.jieli("user", ["add", "yisa", "--role", "mayor", "--password-stdin"])
            #expect(role.status == 64 && role.errors.contains("working-team"))
        }
    }

    @Test("a service that does not answer is named while it is waited for, and answers once it was replaced")
    func replaced() async throws {
        try await RunningCounty.with { county in
            let registry = try #require(try await county.status().instance("registry-1")?.processIdentifier)
            kill(registry, SIGSTOP)
            let outcome = try await county.jieli("rosters")
            #expect(outcome.status == 0 && outcome.errors.hasPrefix("正在等待“移交台账”服务答复"), "\(outcome.errors)")
        }
    }

    @Test("where a service does not come, it is said at the end what to do")
    func unanswered() async throws {
        try await RunningCounty.with { county in
            let file = "\(county.data)/keys/registry.seal"
            chmod(file, 0o644)
            kill(try #require(try await county.status().instance("registry-1")?.processIdentifier), SIGKILL)
            let outcome = try await county.jieli("rosters")
            chmod(file, 0o600)
            #expect(outcome.status == 1 && outcome.errors.hasPrefix("正在等待“移交台账”服务答复"), "\(outcome.errors)")
            #expect(outcome.errors.contains("没有答复（bus.") && outcome.errors.contains("jieli status"))
            _ = try await county.jieli("restart", ["registry"])
            #expect(try await county.jieli("rosters").status == 0)
        }
    }

    @Test("commands that need a running county say so, with status 69")
    func notRunning() async throws {
        let county = try RunningCounty()
        for command in [
            ["status"], ["down"], ["rosters"], ["parked"], ["restart", "bus"], ["scale", "registry", "2"],
        ] {
            let outcome = try await county.jieli(command[0], Array(command.dropFirst()))
            #expect(outcome.status == 69, "\(command)")
            #expect(outcome.errors.contains("jieli up"))
        }
        let verify = try await county.jieli("verify")
        #expect(verify.status == 1 && verify.errors.contains("没有数据"))
    }
}
