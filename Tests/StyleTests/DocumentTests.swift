import Support
import Testing

@Suite("The documents")
struct DocumentTests {
    @Test("every link and picture leads to a file")
    func links() throws {
        let documents = try DocumentRules.documents()
        #expect(documents.count > 5)
        expectNone(documents.flatMap { DocumentRules.links($0, exists: Repository.exists) })
    }

    @Test("every command in the documents is one of the start script's")
    func commands() async throws {
        let help = try await Program.runAside("./jieli", ["help"], in: Repository.root)
        let known = DocumentRules.subcommands(inHelp: help.output)
        #expect(known.isSuperset(of: ["up", "status", "test"]))
        expectNone(try DocumentRules.documents().flatMap { DocumentRules.commands($0, known: known) })
    }

    @Test("every type that the documents name is declared in the sources")
    func types() throws {
        let declared = DocumentRules.declaredTypes(try Repository.swiftFiles())
        // The decisions also speak of other people's modules, README.md and compose of files.
        let documents = try DocumentRules.documents().filter {
            $0.path.hasPrefix("docs/") && !$0.path.contains("/decisions/")
        }
        #expect(documents.contains { $0.path == "docs/architecture.md" })
        expectNone(documents.flatMap { DocumentRules.types($0, declared: declared) })
    }

    @Test("the documents' lines are no wider than 120 columns, but for tables")
    func width() throws {
        let documents = try DocumentRules.documents().map { document in
            SourceFile(
                path: document.path,
                text: document.lines.map { $0.hasPrefix("|") ? "" : String($0) }.joined(separator: "\n"))
        }
        expectNone(documents.flatMap(TextRules.width))
    }

    @Test("a link to nothing is found, from wherever it is")
    func deadLink() {
        let text = "[a](b.md) ![p](p.png)\n[c](../README.md#x) [d](https://example.org/) [e](#here) [f](../../x)\n"
        let document = SourceFile(path: "docs/a.md", text: text)
        #expect(DocumentRules.links(document) { ["docs/b.md", "docs/p.png", "README.md"].contains($0) }.count == 1)
        #expect(
            DocumentRules.links(document) { $0 == "README.md" } == [
                "docs/a.md:1: b.md leads to no file", "docs/a.md:1: p.png leads to no file",
                "docs/a.md:2: ../../x leads to no file",
            ])
    }

    @Test("a command that does not exist is found")
    func unknownCommand() {
        let help = "用法\n  ./jieli <命令>\n\n  up        启动\n  scale     调整\n这 other  line\n"
        #expect(DocumentRules.subcommands(inHelp: help) == ["up", "scale"])
        let document = SourceFile(path: "a.md", text: "`./jieli` and `./jieli up`\n    ./jieli fly --high\n")
        #expect(DocumentRules.commands(document, known: ["up"]) == ["a.md:2: ./jieli has no subcommand fly"])
    }

    @Test("a type that does not exist is found")
    func unknownType() {
        let sources = [
            SourceFile(path: "Shared/Store/A.swift", text: "public final class Known: Sendable {\n// class Told\n")
        ]
        let declared = DocumentRules.declaredTypes(sources)
        #expect(declared == ["Store", "Known"])
        let document = SourceFile(path: "a.md", text: "`Known` `Store` `SM3` `up` `A b`\n`Told` Gone `Gone`\n")
        #expect(
            DocumentRules.types(document, declared: declared) == [
                "a.md:2: no type or module Told in the sources", "a.md:2: no type or module Gone in the sources",
            ])
    }

    private func expectNone(_ complaints: [String]) {
        #expect(complaints.isEmpty, Comment(rawValue: complaints.joined(separator: "\n")))
    }
}
