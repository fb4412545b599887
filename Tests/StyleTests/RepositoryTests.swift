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

    @Test("what is kept as JSON in a column has a sample, and is known to be kept")
    func stored() throws {
        let files = try Repository.swiftFiles()
        let samples = StoredRules.samples(files)
        #expect(samples.count >= 3)
        expectNone(samples.filter { !Repository.exists($0) }.map { "\($0): missing" })
        expectNone(StoredRules.unseen(files))
        let careless = SourceFile(path: "Services/Archives/New.swift", text: "seal(JSONCoding.bytes(x))\n")
        #expect(StoredRules.unseen([careless]) == ["Services/Archives/New.swift:1: make it StoredJSON"])
        let new = SourceFile(path: "Services/Archives/New.swift", text: "struct Loan: Equatable, StoredJSON {\n")
        #expect(StoredRules.samples([new]) == ["Tests/ArchivesTests/Samples/Loan.v1.json"])
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
