import FoundationEssentials
import Support
import Testing

@Suite("Rules about text, on samples")
struct TextRuleTests {
    @Test("a line of 120 columns passes, one of 121 does not")
    func width() {
        let good = SourceFile(path: "a.swift", text: String(repeating: "字", count: 120) + "\n")
        let bad = SourceFile(path: "a.swift", text: "\n" + String(repeating: "字", count: 121))
        #expect(TextRules.width(good) == [])
        #expect(TextRules.width(bad) == ["a.swift:2: 121 columns; 120 are allowed"])
    }

    @Test("a file of 500 lines passes, one of 501 does not")
    func length() {
        let good = SourceFile(path: "a.swift", text: String(repeating: "\n", count: 500))
        let bad = SourceFile(path: "a.swift", text: String(repeating: "\n", count: 501))
        #expect(TextRules.length(good) == [])
        #expect(TextRules.length(bad).count == 1)
        #expect(TextRules.medianLength([good, bad, SourceFile(path: "b.swift", text: "a\n")]) == 500)
        #expect(TextRules.medianLength([]) == 0)
    }

    @Test(
        "marks of unfinished work are found",
        arguments: [
            "// TO" + "DO: later", "//FIX" + "ME", "let a = 1  // XX" + "X", "/// A st" + "ub.",
            "struct St" + "ubServer {",
            "let makeSt" + "ub = 1", "let st" + "ub_a = 1", "// place" + "holder for names", "let PLACE" + "HOLDER = 1",
            "fatalError(\"not " + "implemented yet\")",
        ])
    func unfinished(line: String) {
        #expect(TextRules.unfinished(SourceFile(path: "a.swift", text: line)).count == 1)
    }

    @Test(
        "words that only look alike pass",
        arguments: [
            "// a stubborn peer", "let mastodon = 1", "// photodocument", "mkdtemp(\"a-XX" + "XX" + "XX\")",
            "<input place" + "holder=\"姓名\">",
            "input(\"place" + "holder\", \"姓名\")", "fatalError(\"内存不足\")", "let total = todos",
        ])
    func finished(line: String) {
        #expect(TextRules.unfinished(SourceFile(path: "a.swift", text: line)) == [])
    }

    @Test(
        "an import of Foundation is found in each of its spellings",
        arguments: [
            "import Foundation", "  import Foundation", "@preconcurrency import Foundation", "public import Foundation",
            "import struct Foundation.Data", "import Foundation // for dates", "@testable private import Foundation",
        ])
    func foundation(line: String) {
        #expect(TextRules.foundation(SourceFile(path: "a.swift", text: line)).count == 1)
    }

    @Test(
        "other lines import nothing of it",
        arguments: [
            "import FoundationEssentials", "// import Foundation", "let text = \"import Foundation\"", "import",
        ])
    func otherImports(line: String) {
        #expect(TextRules.foundation(SourceFile(path: "a.swift", text: line)) == [])
    }

    @Test("the formatter refuses a badly formatted file and takes a good one")
    func format() async throws {
        let folder = try TemporaryFolder()
        try "let  a=1 ;\n".write(toFile: "\(folder.path)/Bad.swift", atomically: false, encoding: .utf8)
        try "let a = 1\n".write(toFile: "\(folder.path)/Good.swift", atomically: false, encoding: .utf8)
        #expect(try await !Formatting.complaints(about: ["Bad.swift"], in: folder.path).isEmpty)
        #expect(try await Formatting.complaints(about: ["Good.swift"], in: folder.path) == [])
    }

    @Test("the checker of scripts refuses an unquoted name and takes a quoted one")
    func script() async throws {
        let folder = try TemporaryFolder()
        try "#!/bin/bash\nrm $1\n".write(toFile: "\(folder.path)/bad", atomically: false, encoding: .utf8)
        try "#!/bin/bash\nrm \"$1\"\n".write(toFile: "\(folder.path)/good", atomically: false, encoding: .utf8)
        #expect(try await !Formatting.scriptComplaints(about: ["bad"], in: folder.path).isEmpty)
        #expect(try await Formatting.scriptComplaints(about: ["good"], in: folder.path) == [])
    }

    @Test("what a build makes is found among tracked files")
    func built() async throws {
        let paths = [
            ".build/debug/a", "a/.build/b", ".build-release/c", "Package.resolved", "docs/.build.md", "Shared/a.swift",
        ]
        #expect(Tracking.built(paths) == Array(paths.prefix(4)))
        let folder = try TemporaryFolder()
        #expect(
            try await Tracking.complaints(about: folder.path).count == 1,
            "a folder outside git is a complaint, not a pass")
        #expect(try await Program.runAside("git", ["init", "--quiet"], in: folder.path).status == 0)
        #expect(try await Tracking.complaints(about: folder.path) == [])
        #expect(try await Program.runAside("mkdir", [".build"], in: folder.path).status == 0)
        #expect(try await Program.runAside("touch", [".build/made"], in: folder.path).status == 0)
        #expect(try await Program.runAside("git", ["add", "--force", ".build/made"], in: folder.path).status == 0)
        #expect(try await Tracking.complaints(about: folder.path) == [".build/made: tracked, but made by a build"])
    }
}
