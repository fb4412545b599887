import FoundationEssentials
import Glibc
import Support
import Testing

/// `jieli chaos` in its short form: a county of real processes, harmed, loses nothing.
@Suite("A harmed county", .serialized)
struct ChaosSystemTests {
    private struct Report: Decodable {
        struct Run: Decodable {
            struct Violation: Decodable {
                var kind: String
                var text: String
            }
            var faults: [String: Int]
            var acknowledged: Int
            var repeated: Int
            var events: Int
            var people: Int
            var figures: Int
            var violations: [Violation]
        }
        var runs: [Run]
        var kept: [String]
    }

    @Test("loses nothing that was acknowledged, does nothing twice, and leaves nothing behind")
    func short() async throws {
        let scratch = try Scratch()
        let folder = "\(scratch.path)/chaos"
        let outcome = try await Program.runAside(
            County.jieli,
            ["chaos", "--runs", "1", "--seed", "7", "--faults", "12", "--people", "80", "--data", folder, "--json"])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        let run = try #require(report.runs.first)
        #expect(run.violations.isEmpty && report.kept.isEmpty)
        #expect(run.faults.values.reduce(0, +) >= 6, "\(run.faults)")
        #expect(run.acknowledged > 100 && run.repeated > 0 && run.events > 100 && run.people > 0 && run.figures > 100)
        #expect(outcome.errors.contains("次故障"))
        #expect(access(folder, F_OK) != 0)
    }

    @Test("says which faults there are, and refuses others")
    func usage() async throws {
        let help = try await Program.runAside(County.jieli, ["chaos", "--help"])
        #expect(help.status == 0 && help.output.contains("cut-link") && help.output.contains("--seed"))
        let unknown = try await Program.runAside(County.jieli, ["chaos", "--only", "flood"])
        #expect(unknown.status == 64 && unknown.errors.contains("可选：kill"))
        let both = try await Program.runAside(County.jieli, ["chaos", "--runs", "2", "--minutes", "1"])
        #expect(both.status == 64)
    }
}
