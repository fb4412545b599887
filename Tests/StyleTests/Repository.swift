import FoundationEssentials

/// A text file of the repository, or a sample that stands for one.
struct SourceFile: Sendable {
    /// Path from the repository's root.
    let path: String
    let lines: [Substring]

    init(path: String, text: String) {
        self.path = path
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
    }
}

/// The repository that these tests were built from.
enum Repository {
    /// Its root, found from where this file lies: Tests/StyleTests/Repository.swift.
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()

    static let sourceFolders = ["Services", "Shared", "Tests"].filter { exists($0) }

    /// Package.swift and every Swift file of the source folders, in the order of their paths.
    static func swiftFiles() throws -> [SourceFile] {
        var paths = ["Package.swift"]
        for folder in sourceFolders {
            let inside = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            paths += inside.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
        }
        return try paths.map(file)
    }

    /// The scripts that start and check the program.
    static func scripts() throws -> [SourceFile] { try ["jieli", ".ci/run"].filter { exists($0) }.map(file) }

    static func file(_ path: String) throws -> SourceFile {
        SourceFile(path: path, text: try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8))
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }
}

/// A folder that is removed with what lies in it.
final class TemporaryFolder: Sendable {
    let path = "/tmp/jieli-style-\(UInt64.random(in: 0 ... .max))"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
