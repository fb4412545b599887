import FoundationEssentials
import Support
import Testing

@Suite("The guards that the simulation must miss")
struct MutationTests {
    static let folder = "Tests/Simulation/Mutations"

    @Test("each still fits the sources, and the guarantees name it")
    func fits() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(Repository.root)/\(Self.folder)").sorted()
        #expect(!names.isEmpty)
        let guarantees = try String(contentsOfFile: "\(Repository.root)/docs/guarantees.md", encoding: .utf8)
        for name in names {
            let command = try await Program.runAside(
                "patch",
                ["--dry-run", "--strip=1", "--force", "--input=\(Repository.root)/\(Self.folder)/\(name)"],
                in: Repository.root)
            #expect(command.status == 0, "\(name): \(command.output)\(command.errors)")
            #expect(guarantees.contains("`\(name.dropLast(6))`"), "docs/guarantees.md does not name \(name)")
        }
    }
}
