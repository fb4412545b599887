import Contracts
import FoundationEssentials
import Support
import Testing

/// The pages in a real browser, Debian's Chromium: what people see and press, and what moves by itself.
@Suite("Pages in a browser", .serialized)
struct PagesTests {
    private static let password = "honghe-2026"

    @Test("Signing in, a step of work, the live overview, search, without scripts, on a phone, on paper")
    func pages() throws {
        let county = try County()
        for (user, role) in [("renshe", Role.humanResources), ("zhuanban", .workingTeam)] {
            let added = try county.jieli(
                "user", "add", user, "--role", role.rawValue, "--password-stdin", input: Self.password + "\n")
            #expect(added.status == 0, "\(added.output)\(added.errors)")
        }
        let names = ["李芳", "王阿明", "普阿·贵", "白秀英", "马建国"]
        let rows = names.enumerated().map { index, name in
            "\(name),\(TestIdentity.number(100 + index)),迤萨镇,红河县迤萨镇"
        }
        let roster = ["姓名,身份证号,移交乡镇,现居住地址"] + rows
        try Data((roster.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: "\(county.folder)/roster.csv"))
        let script = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Samples/pages.py"
        let run = try Program.run(
            "/usr/bin/python3",
            [
                script, "\(County.executables)/jieli", county.folder, "http://127.0.0.1:\(county.port)", county.folder,
            ])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(
            run.output.split(separator: "\n") == [
                "ok sign_in", "ok record_and_import", "ok work_step", "ok live_overview", "ok interrupted",
                "ok ledger", "ok without_scripts", "ok narrow", "ok printed",
            ])
    }
}
