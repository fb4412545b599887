import Testing

@Suite("Rules about imports, on samples")
struct ImportRuleTests {
    let manifest: Manifest

    init() throws {
        manifest = try Manifest(
            json: """
                {"dependencies": [], "targets": [
                    {"name": "CZip", "path": "Shared/System/CZip", "type": "system", "dependencies": []},
                    {"name": "Domain", "path": "Shared/Domain", "type": "regular", "dependencies": []},
                    {"name": "Registry", "path": "Services/Registry", "type": "regular",
                     "dependencies": [{"byName": ["Domain", null]}]},
                    {"name": "RegistryMain", "path": "Services/Registry/Main", "type": "executable",
                     "dependencies": [{"target": ["Registry", null]}]},
                    {"name": "Assets", "path": "Services/Assets", "type": "executable",
                     "dependencies": [{"target": ["Domain", null]}, {"byName": ["Registry", {"platformNames": []}]}]},
                    {"name": "RegistryTests", "path": "Tests/RegistryTests", "type": "test",
                     "dependencies": [{"byName": ["Registry", null]}]}
                ]}
                """)
    }

    private func file(_ path: String, _ text: String) -> [SourceFile] { [SourceFile(path: path, text: text)] }

    @Test("a module that is imported must be declared")
    func declared() {
        #expect(
            ImportRules.declared(manifest, file("Services/Registry/A.swift", "import Domain\nimport Glibc\n")) == [])
        #expect(ImportRules.declared(manifest, file("Tests/RegistryTests/A.swift", "@testable import Registry")) == [])
        #expect(ImportRules.declared(manifest, file("Services/Registry/A.swift", "import CZip")).count == 1)
        #expect(ImportRules.declared(manifest, file("Tests/RegistryTests/A.swift", "import Domain")).count == 1)
        #expect(ImportRules.declared(manifest, file("Shared/Domain/A.swift", "import XCTest")).count == 1)
    }

    @Test("a service neither imports nor depends on another")
    func services() {
        let declared = "Package.swift: service Assets depends on service Registry"
        #expect(ImportRules.services(manifest, []) == [declared])
        let importing = ImportRules.services(manifest, file("Services/Assets/A.swift", "import Registry"))
        #expect(importing == ["Services/Assets/A.swift: service Assets imports service Registry", declared])
        #expect(ImportRules.services(manifest, file("Tests/RegistryTests/A.swift", "import Registry")) == [declared])
        // The program of a service, in a folder of it.
        let program = file("Services/Registry/Main/A.swift", "import Registry")
        #expect(ImportRules.services(manifest, program) == [declared])
        #expect(ImportRules.declared(manifest, program) == [])
        #expect(ImportRules.services(manifest, file("Services/Registry/Main/A.swift", "import Assets")).count == 2)
    }

    @Test("only tests import the testing library")
    func testing() {
        #expect(ImportRules.testing(manifest, file("Shared/Domain/A.swift", "import Testing")).count == 1)
        #expect(ImportRules.testing(manifest, file("Tests/RegistryTests/A.swift", "import Testing")) == [])
    }

    @Test("a file outside every target is found")
    func belonging() {
        #expect(ImportRules.belonging(manifest, file("Shared/Domains/A.swift", "")).count == 1)
        #expect(ImportRules.belonging(manifest, file("Shared/Domain/Deep/A.swift", "")) == [])
        #expect(ImportRules.belonging(manifest, file("Package.swift", "")) == [])
    }

    @Test("a package from outside is found")
    func outside() throws {
        #expect(ImportRules.outside(manifest) == [])
        let bad = #"{"dependencies": [{"sourceControl": [{"identity": "a"}]}], "targets": []}"#
        #expect(ImportRules.outside(try Manifest(json: bad)).count == 1)
    }
}
