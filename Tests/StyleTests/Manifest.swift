import FoundationEssentials
import Support

/// What `swift package dump-package` says of the package.
struct Manifest: Decodable, Sendable {
    struct Target: Decodable, Sendable {
        let name: String
        let path: String?
        /// `regular`, `executable`, `test` or `system`.
        let type: String
        let dependencies: [Dependency]

        /// Whose folder in Services the target lies in: a service is a library, with its program in a folder of it.
        var service: Substring? {
            guard let parts = path?.split(separator: "/"), parts.count >= 2, parts[0] == "Services" else { return nil }
            return parts[1]
        }
    }

    /// One of `byName`, `target` or `product`, each a list that begins with the name.
    struct Dependency: Decodable, Sendable {
        let name: String

        init(from decoder: any Decoder) throws {
            let kinds = try decoder.singleValueContainer().decode([String: [Name]].self)
            name = kinds.values.first?.first?.text ?? ""
        }
    }

    /// A part of such a list that is of no interest (a condition) may have any shape.
    private struct Name: Decodable {
        let text: String?
        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }

    /// An outside package, in any shape.
    struct Package: Decodable, Sendable {
        init(from decoder: any Decoder) throws {}
    }

    let dependencies: [Package]
    let targets: [Target]

    init(json: String) throws { self = try JSONDecoder().decode(Manifest.self, from: Data(json.utf8)) }

    /// The manifest of the repository.
    ///
    /// While `swift test` runs it holds the lock of `.build`, so this works in a folder of its own; and without the
    /// cache of manifests, which does not see that a target's folder has come.
    static func ofRepository() async throws -> Manifest {
        let scratch = try TemporaryFolder()
        let command = try await Program.runAside(
            "swift",
            [
                "package", "--scratch-path", scratch.path, "--manifest-cache", "none", "--disable-sandbox",
                "dump-package",
            ], in: Repository.root)
        if command.status != 0 { throw ProgramError(name: command.errors) }
        return try Manifest(json: command.output)
    }
}

/// Rules about what a target may import. Each answers its complaints; none when all is well.
enum ImportRules {
    /// Modules of the toolchain, which need no declaration.
    static let toolchain: Set<String> = [
        "Swift", "Glibc", "FoundationEssentials", "Synchronization", "Testing", "Dispatch", "PackageDescription",
    ]

    /// Every module that a target's files import is declared as its dependency.
    static func declared(_ manifest: Manifest, _ files: [SourceFile]) -> [String] {
        imports(manifest, files).compactMap { file, target, module in
            if module == "Foundation" || toolchain.contains(module) { return nil }
            if target.dependencies.contains(where: { $0.name == module }) { return nil }
            return "\(file.path): \(target.name) imports \(module), which Package.swift does not declare for it"
        }
    }

    /// Services meet on the bus: none imports another.
    static func services(_ manifest: Manifest, _ files: [SourceFile]) -> [String] {
        func other(_ module: String, than service: Substring) -> Bool {
            manifest.targets.contains { $0.name == module && $0.service != nil && $0.service != service }
        }
        let imported = imports(manifest, files).compactMap { file, target, module in
            target.service.map { other(module, than: $0) } ?? false
                ? "\(file.path): service \(target.name) imports service \(module)" : nil
        }
        let declared = manifest.targets.flatMap { target in
            target.dependencies.filter { dependency in
                target.service.map { other(dependency.name, than: $0) } ?? false
            }.map { "Package.swift: service \(target.name) depends on service \($0.name)" }
        }
        return imported + declared
    }

    /// Tests alone use the testing library: a shipped program must not load it.
    static func testing(_ manifest: Manifest, _ files: [SourceFile]) -> [String] {
        imports(manifest, files).compactMap { file, _, module in
            module == "Testing" && !file.path.hasPrefix("Tests/") ? "\(file.path): imports Testing" : nil
        }
    }

    /// Every Swift file of the source folders belongs to a target; others are never compiled.
    static func belonging(_ manifest: Manifest, _ files: [SourceFile]) -> [String] {
        files.filter { $0.path != "Package.swift" && target(of: $0, in: manifest) == nil }.map {
            "\($0.path): belongs to no target of Package.swift"
        }
    }

    /// The customer wants no outside packages.
    static func outside(_ manifest: Manifest) -> [String] {
        manifest.dependencies.isEmpty ? [] : ["Package.swift: `dependencies` must stay empty"]
    }

    private static func target(of file: SourceFile, in manifest: Manifest) -> Manifest.Target? {
        // A service's program lies in a folder of the service: the longer path is the file's own.
        manifest.targets.filter { target in target.path.map { file.path.hasPrefix($0 + "/") } ?? false }
            .max { ($0.path?.count ?? 0) < ($1.path?.count ?? 0) }
    }

    private static func imports(
        _ manifest: Manifest, _ files: [SourceFile]
    ) -> [(SourceFile, Manifest.Target, String)] {
        files.flatMap { file in
            guard let target = target(of: file, in: manifest) else { return [(SourceFile, Manifest.Target, String)]() }
            // What stands in a literal of several lines is another language's import.
            var isLiteral = false
            let code = file.lines.filter { line in
                let quotes = line.occurrences(of: "\"\"\"")
                defer { if quotes % 2 == 1 { isLiteral.toggle() } }
                return !isLiteral
            }
            return code.compactMap(TextRules.importedModule).map { (file, target, $0) }
        }
    }
}

extension StringProtocol {
    /// How often `part` occurs.
    fileprivate func occurrences(of part: String) -> Int {
        var rest = String(self)[...]
        var count = 0
        while !rest.isEmpty {
            if rest.hasPrefix(part) {
                count += 1
                rest = rest.dropFirst(part.count)
            } else {
                rest = rest.dropFirst()
            }
        }
        return count
    }
}
