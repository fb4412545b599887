import Testing

@Suite("The repository's style")
struct RepositoryTests {
    @Test("no line is wider than 120 columns")
    func width() throws { try check(Repository.swiftFiles() + Repository.scripts(), TextRules.width) }

    @Test("no file is longer than 500 lines")
    func length() throws {
        let files = try Repository.swiftFiles()
        print("Swift files: \(files.count); median length: \(TextRules.medianLength(files)) lines")
        check(files, TextRules.length)
    }

    @Test("nothing is marked as unfinished")
    func unfinished() throws { try check(Repository.swiftFiles() + Repository.scripts(), TextRules.unfinished) }

    @Test("nothing imports Foundation as a whole")
    func foundation() throws { try check(Repository.swiftFiles(), TextRules.foundation) }

    @Test("imports follow the manifest, services know nothing of each other, and no package comes from outside")
    func imports() async throws {
        let manifest = try await Manifest.ofRepository()
        let files = try Repository.swiftFiles()
        try #require(manifest.targets.contains { $0.name == "StyleTests" })
        expectNone(ImportRules.declared(manifest, files))
        expectNone(ImportRules.services(manifest, files))
        expectNone(ImportRules.testing(manifest, files))
        expectNone(ImportRules.belonging(manifest, files))
        expectNone(ImportRules.outside(manifest))
    }

    @Test("`swift format lint --strict` has nothing to say")
    func format() async throws {
        expectNone(try await Formatting.complaints(about: ["Package.swift"] + Repository.sourceFolders))
    }

    @Test("`shellcheck` has nothing to say about the scripts")
    func scripts() async throws {
        expectNone(try await Formatting.scriptComplaints(about: Repository.scripts().map(\.path)))
    }

    @Test("nothing that was built is tracked")
    func built() async throws {
        #expect(try Repository.file(".gitignore").lines.contains(".build/"))
        // An unpacked archive tracks nothing.
        if Repository.exists(".git") { expectNone(try await Tracking.complaints(about: Repository.root)) }
    }

    private func check(_ files: [SourceFile], _ rule: (SourceFile) -> [String]) {
        #expect(!files.isEmpty)
        expectNone(files.flatMap(rule))
    }

    private func expectNone(_ complaints: [String]) {
        #expect(complaints.isEmpty, Comment(rawValue: complaints.joined(separator: "\n")))
    }
}
