import Support

/// Checkers that are programs of their own: the toolchain's formatter, by the repository's own configuration, and
/// Debian's checker of shell scripts.
enum Formatting {
    /// What it says about files and folders; none when all is well.
    static func complaints(about paths: [String], in folder: String = Repository.root) async throws -> [String] {
        let configuration = "\(Repository.root)/.swift-format"
        let command = try await Program.runAside(
            "swift",
            ["format", "lint", "--strict", "--recursive", "--parallel", "--configuration", configuration]
                + paths,
            in: folder)
        if command.status == 0 { return [] }
        return ["swift format ended with status \(command.status)", command.errors]
    }

    /// What Debian's `shellcheck` says about shell scripts; none when all is well.
    static func scriptComplaints(
        about paths: [String], in folder: String = Repository.root
    ) async throws -> [String] {
        let command = try await Program.runAside("shellcheck", ["--format=gcc"] + paths, in: folder)
        if command.status == 0 { return [] }
        return ["shellcheck ended with status \(command.status)", command.output, command.errors]
    }
}

/// What git keeps.
enum Tracking {
    /// Tracked files that a build made, in any folder.
    static func complaints(about root: String) async throws -> [String] {
        // In a container the files often belong to another user than the one that runs the tests.
        let command = try await Program.runAside("git", ["-c", "safe.directory=*", "ls-files", "-z"], in: root)
        if command.status != 0 { return ["git ended with status \(command.status): \(command.errors)"] }
        return built(command.output.split(separator: "\0").map(String.init)).map {
            "\($0): tracked, but made by a build"
        }
    }

    static func built(_ paths: [String]) -> [String] {
        paths.filter { path in
            path.split(separator: "/").contains { $0 == ".build" || $0.hasPrefix(".build-") || $0 == ".swiftpm" }
                || path == "Package.resolved"
        }
    }
}
