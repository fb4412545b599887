import FoundationEssentials
import Glibc
import Testing

/// The start script, run in a folder of its own with a compiler and a package manager that only write down how they
/// were called.
@Suite("The start script")
struct StartScriptTests {
    let workshop: Workshop

    init() async throws { workshop = try await Workshop() }

    @Test(
        "without a command, or asked for help, prints the help and touches nothing", arguments: ["", "--help", "help"])
    func help(argument: String) async throws {
        let command = try await workshop.run(argument.isEmpty ? [] : [argument])
        #expect(command.status == 0)
        #expect(command.output.contains("用法 Usage"))
        #expect(try workshop.calls() == [])
    }

    @Test("builds, then hands all arguments to the program, whose answer alone is on standard output")
    func build() async throws {
        let command = try await workshop.run(["import", "花名册 1.xlsx", "--dry-run"])
        #expect(command.status == 7, "the program's own status is passed on")
        #expect(command.output == "program <import> <花名册 1.xlsx> <--dry-run>\n")
        #expect(command.errors.contains("正在构建"))
        #expect(try workshop.calls() == ["swift --version", "swift build --configuration release"])
    }

    @Test("builds again only after a source changed, came or went")
    func rebuild() async throws {
        func builds() throws -> Int { try workshop.calls().count { $0.hasPrefix("swift build") } }
        _ = try await workshop.run(["status"])
        _ = try await workshop.run(["status"])
        #expect(try builds() == 1)
        try workshop.write("Services/Jieli/New.swift", "let a = 1\n")
        _ = try await workshop.run(["status"])
        #expect(try builds() == 2)
        try FileManager.default.removeItem(atPath: "\(workshop.path)/Services/Jieli/New.swift")
        _ = try await workshop.run(["status"])
        #expect(try builds() == 3)
        try workshop.write("Package.swift", "// changed\n")
        _ = try await workshop.run(["status"])
        _ = try await workshop.run(["status"])
        #expect(try builds() == 4)
    }

    @Test("a build that failed is tried again, and the old program does not start")
    func failed() async throws {
        _ = try await workshop.run(["status"])
        try workshop.write("Services/Jieli/New.swift", "let a =\n")
        let failed = try await workshop.run(["status"], environment: ["FAIL_BUILD=1"])
        #expect(failed.status == 1)
        #expect(failed.output == "")
        #expect(failed.errors.contains("构建失败"))
        #expect(try await workshop.run(["status"]).status == 7)
    }

    @Test("works from another folder and through a symbolic link")
    func linked() async throws {
        let elsewhere = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(elsewhere.path)/start", withDestinationPath: "\(workshop.path)/jieli")
        let command = try await workshop.run(["where"], script: "./start", in: elsewhere.path)
        #expect(command.output == "program <where>\n")
        #expect(FileManager.default.fileExists(atPath: "\(workshop.path)/.build/release/jieli"))
    }

    @Test("refuses a compiler that is missing, too old or none at all")
    func compiler() async throws {
        let old = try await workshop.run(
            ["up"], environment: ["SWIFT_VERSION=Swift version 6.1.2 (swift-6.1.2-RELEASE)"])
        #expect(old.status == 1 && old.errors.contains("Swift 6.1 太旧"))
        let other = try await workshop.run(["up"], environment: ["SWIFT_VERSION=python-swiftclient 4.1.0"])
        #expect(other.status == 1 && other.errors.contains("不是 Swift 编译器"))
        let next = try await workshop.run(["up"], environment: ["SWIFT_VERSION=Apple Swift version 7.0 (swiftlang-7)"])
        #expect(next.status == 7)
        let missing = try await Workshop(tools: ["dpkg-query", "apt-get", "df"])
        let plain = try Workshop.plainTools(in: missing.path)
        let none = try await missing.run(
            ["up"], environment: ["PATH=\(missing.path)/bin:\(plain)"])
        #expect(none.status == 1 && none.errors.contains("找不到 swift"))
    }

    @Test("installs missing packages as root, after an update of the lists where needed; otherwise says how")
    func packages() async throws {
        let command = try await workshop.run(["up"], environment: ["MISSING=libzip-dev", "FAIL_FIRST_INSTALL=1"])
        #expect(command.errors.contains("缺少软件包 (missing packages): libzip-dev"))
        let install = "apt-get install --yes --no-install-recommends libzip-dev"
        let installed = try workshop.calls().filter { $0.hasPrefix("apt-get") }
        if geteuid() == 0 {
            #expect(command.status == 7)
            #expect(installed == [install, "apt-get update", install])
        } else {
            #expect(command.status == 1)
            #expect(command.errors.contains("apt-get update && \(install)"))
            #expect(installed == [])
        }
    }

    @Test("warns when the disk is nearly full")
    func space() async throws {
        let full = try await workshop.run(["up"], environment: ["FREE=3145727"])
        #expect(full.status == 7 && full.errors.contains("不足 3 GB"))
        let roomy = try await Workshop()
        #expect(try await !roomy.run(["up"], environment: ["FREE=3145728"]).errors.contains("不足 3 GB"))
    }

    @Test("`test` passes its arguments on, ends with the runner's verdict and with its status", arguments: [0, 1])
    func test(status: Int32) async throws {
        let command = try await workshop.run(["test", "--filter", "SM3"], environment: ["TEST_STATUS=\(status)"])
        #expect(command.status == status)
        #expect(command.output.hasSuffix("noise\nTest run with 5 tests\n"))
        let expected = ["swift --version", "swift build --build-tests", "swift test --skip-build --filter SM3"]
        #expect(try workshop.calls() == expected)
    }

    @Test("`simulate` builds its own program, whose answer alone is on standard output")
    func simulate() async throws {
        let command = try await workshop.run(["simulate", "--seeds", "3"])
        #expect(command.status == 7 && command.output == "program <--seeds> <3>\n")
        #expect(
            try workshop.calls() == ["swift --version", "swift build --configuration release --product simulate"])
        let failed = try await workshop.run(["simulate"], environment: ["FAIL_BUILD=1"])
        #expect(failed.status == 1 && failed.output == "" && failed.errors.contains("构建失败"))
    }

    @Test("the runner of the checks calls `test` from the root")
    func checks() async throws {
        let elsewhere = try TemporaryFolder()
        let command = try await workshop.run([], script: "\(workshop.path)/.ci/run", in: elsewhere.path)
        #expect(command.status == 0)
        #expect(try workshop.calls().last == "swift test --skip-build")
    }
}
