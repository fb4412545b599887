import FoundationEssentials
import Support

/// A copy of the start script among tools that only write down how they were called.
final class Workshop: Sendable {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init(tools: [String] = ["swift", "dpkg-query", "apt-get", "df"]) async throws {
        folder = try TemporaryFolder()
        for script in ["jieli", ".ci/run"] {
            try write(
                "draft/\(script)", try String(contentsOfFile: "\(Repository.root)/\(script)", encoding: .utf8),
                mode: 0o755)
        }
        for tool in tools { try write("draft/bin/\(tool)", Self.scripts[tool] ?? "", mode: 0o755) }
        // A test beside this one may start a program while a draft is still open for writing here; the program then
        // holds it open too, and the kernel refuses to run a file that is open for writing. A copy that another process
        // made was never open in this one.
        let copy = try await Program.runAside("cp", ["--recursive", "--preserve=mode", "draft/.", "."], in: path)
        if copy.status != 0 { throw ProgramError(name: copy.errors) }
        try write("Package.swift", "")
        try write("Shared/Domain/A.swift", "")
        try write("Services/Jieli/JieliProgram.swift", "")
    }

    /// Runs the start script with `variables` such as `NAME=value`.
    func run(
        _ arguments: [String], environment variables: [String] = [], script: String? = nil, in folder: String? = nil
    ) async throws -> Program {
        let base = ["PATH=\(path)/bin:/usr/bin:/bin", "WORKSHOP=\(path)"]
        return try await Program.runAside(
            "env", base + variables + [script ?? "\(path)/jieli"] + arguments, in: folder ?? path)
    }

    /// The calls of the tools so far, except those that only ask.
    func calls() throws -> [String] {
        guard let text = try? String(contentsOfFile: "\(path)/calls", encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map(String.init)
    }

    func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
        let file = "\(path)/\(name)"
        let parent = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }

    /// A folder for PATH that holds what a bare machine has, so that a compiler installed there is not found.
    static func plainTools(in path: String) throws -> String {
        let folder = "\(path)/plain"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for tool in ["bash", "env", "readlink", "dirname", "find", "tail", "date", "touch", "cat"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/\(tool)", withDestinationPath: "/usr/bin/\(tool)")
        }
        return folder
    }

    private static let scripts = [
        "swift": """
        #!/bin/bash
        echo "swift $*" >> "$WORKSHOP/calls"
        case "$1" in
            --version) echo "${SWIFT_VERSION:-Swift version 6.2 (swift-6.2-RELEASE)}" ;;
            build)
                if [[ -n ${FAIL_BUILD:-} ]]; then exit 1; fi
                echo "Building"
                mkdir -p .build/release
                printf '%s\\n' '#!/bin/bash' 'printf program; printf " <%s>" "$@"; echo; exit 7' > .build/release/jieli
                cp .build/release/jieli .build/release/simulate
                chmod +x .build/release/jieli .build/release/simulate ;;
            test) printf 'Test run with 5 tests\\n'; echo noise >&2; exit "${TEST_STATUS:-0}" ;;
        esac
        """,
        "dpkg-query": """
        #!/bin/bash
        if [[ ${MISSING:-} == "${!#}" ]]; then exit 1; fi
        printf installed
        """,
        "apt-get": """
        #!/bin/bash
        echo "apt-get $*" >> "$WORKSHOP/calls"
        if [[ $1 == install && -n ${FAIL_FIRST_INSTALL:-} && ! -e $WORKSHOP/failed ]]; then
            touch "$WORKSHOP/failed"
            exit 100
        fi
        """,
        "df": """
        #!/bin/bash
        printf 'Avail\\n%s\\n' "${FREE:-9999999}"
        """,
    ]
}
