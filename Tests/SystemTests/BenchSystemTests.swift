import FoundationEssentials
import Support
import Testing

/// `jieli bench` in its short form: every row gives a figure. No time is checked: a busy machine may take its own.
@Suite("The bench", .serialized)
struct BenchSystemTests {
    private struct Report: Decodable {
        struct Machine: Decodable {
            var cores: Int
            var memoryInMebibytes: Int
        }
        struct Figure: Decodable {
            var row: String
            var by: String
            var values: [Double]
            var median: Double
        }
        var machine: Machine
        var figures: [Figure]
        var remarks: [String]
    }

    @Test("measures every row, writes figures and pictures, and leaves nothing behind")
    func short() async throws {
        let scratch = try Scratch()
        let outcome = try await Program.runAside(
            County.jieli,
            [
                "bench", "--short", "--data", "\(scratch.path)/bench", "--json", "\(scratch.path)/figures.json",
                "--plots",
                "\(scratch.path)/plots",
            ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(scratch.text("figures.json").utf8))
        #expect(report.machine.cores > 0 && report.machine.memoryInMebibytes > 0)
        let rows = ["disk", "commands", "queries", "effect", "catch-up", "roster", "pages", "failover", "memory"]
        for row in rows {
            let figures = report.figures.filter { $0.row == row }
            #expect(!figures.isEmpty, "\(row)")
            #expect(figures.allSatisfy { !$0.values.isEmpty && $0.values.allSatisfy(\.isFinite) }, "\(row)")
        }
        // Whoever is not installed is named, and whoever is was measured.
        for rival in ["redis", "nats"] {
            let isMeasured = report.figures.contains { $0.by == rival && $0.median > 0 }
            #expect(isMeasured || report.remarks.contains { $0.contains("没有安装 \(rival)-server") }, "\(rival)")
        }
        #expect(report.figures.contains { $0.by == "libzmq" } && report.figures.contains { $0.by == "SQLite" })
        #expect(outcome.output.contains("| 持久命令 |"))
        #expect(scratch.text("plots/commands-per-second.svg").contains("<svg"))
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/bench"))
    }

    @Test("says which rows there are, and refuses others and files that are there")
    func usage() async throws {
        let scratch = try Scratch()
        let help = try await Program.runAside(County.jieli, ["bench", "--help"])
        #expect(help.status == 0 && help.output.contains("catch-up"))
        let unknown = try await Program.runAside(County.jieli, ["bench", "speed"])
        #expect(unknown.status == 64 && unknown.errors.contains("可选：disk"))
        try scratch.write("there.json", [])
        let there = try await Program.runAside(County.jieli, ["bench", "disk", "--json", "\(scratch.path)/there.json"])
        #expect(there.status == 1 && there.errors.contains("已经存在"))
    }
}
