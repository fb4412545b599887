import Contracts
import FoundationEssentials
import Support
import Testing

@Suite("A backup", .serialized)
struct BackupSystemTests {
    @Test("taken while an import runs goes together, and the county goes on from it with nobody lost or doubled")
    func duringImport() throws {
        let county = try County()
        let humanResources = try county.clerk("renshe", .humanResources)
        try humanResources.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        let people = 2000
        let file = try Roster.csv(in: county.folder, people: people)
        let importing = Background { try county.jieli("import", file, "--enterprise", Sample.enterprise) }
        try eventually("rows arrive") { try county.jieli("rosters").output.contains("导入中") || importing.isOver }
        let folder = "\(county.folder)/backup"
        let backup = try county.jieli("backup", folder)
        #expect(backup.status == 0 && backup.output.contains("密钥不在其中"), "\(backup.output)\(backup.errors)")
        #expect(try importing.result().status == 0)
        let again = try county.jieli("backup", folder)
        #expect(again.status == 1 && again.errors.contains("已经存在"))
        let files = try Program.run("find", [folder, "-type", "f", "-name", "*.sqlite*"]).output
        #expect(files.split(separator: "\n").count == 9, "\(files)")

        #expect(try county.jieli("down").status == 0)
        try FileManager.default.removeItem(atPath: "\(county.folder)/stores")
        try FileManager.default.moveItem(atPath: "\(folder)/stores", toPath: "\(county.folder)/stores")
        let verified = try county.jieli("verify")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let up = try county.jieli("up", "--detach", "--port", String(county.port))
        #expect(up.status == 0, "\(up.output)\(up.errors)")
        let imported = try county.jieli("import", file, "--enterprise", Sample.enterprise)
        #expect(imported.status == 0 && imported.output.contains("登记 \(people) 人"), "\(imported.output)")
        let team = try county.clerk("zhuanban", .workingTeam)
        try eventually("everybody counts once") { try county.overview(team).people == people }
        #expect(try !county.jieli("status").output.contains("停止取用"))
    }

    @Test("of a damaged store is none, and leaves nothing behind")
    func damaged() throws {
        let county = try County()
        #expect(try county.jieli("down").status == 0)
        let altered = try Program.run(
            "/usr/bin/sqlite3",
            [
                "\(county.folder)/stores/registry/registry.sqlite",
                "UPDATE store_identity SET head_seq = head_seq + 1",
            ])
        #expect(altered.status == 0, "\(altered.errors)")
        let folder = "\(county.folder)/backup"
        let backup = try county.jieli("backup", folder)
        #expect(backup.status == 1 && backup.errors.contains("移交台账的数据有问题"), "\(backup.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(!FileManager.default.fileExists(atPath: "\(folder).partial"))
    }

    @Test("for the holder of a certificate leaves encrypted, and is decrypted by OpenSSL alone")
    func encrypted() throws {
        let county = try County()
        #expect(try county.jieli("down").status == 0)
        let (key, certificate) = ("\(county.folder)/backup.key", "\(county.folder)/backup.crt")
        let made = try Program.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=backup", "-keyout", key, "-out",
                certificate,
            ])
        #expect(made.status == 0, "\(made.errors)")
        let folder = "\(county.folder)/sealed"
        let wrong = try county.jieli("backup", folder, "--recipient", key)
        #expect(wrong.status == 1 && wrong.errors.contains("不是 PEM 格式的证书"))
        let backup = try county.jieli("backup", folder, "--recipient", certificate)
        #expect(backup.status == 0 && backup.output.contains("已整体加密"), "\(backup.output)\(backup.errors)")
        let files = try Program.run("find", [folder, "-type", "f"]).output.split(separator: "\n").map(String.init)
        #expect(files.count == 9 && files.allSatisfy { $0.hasSuffix(".sqlite.cms") }, "\(files)")
        #expect(!FileManager.default.fileExists(atPath: "\(county.folder)/backup.partial"))
        for file in files {
            #expect(try Data(contentsOf: URL(filePath: file)).firstRange(of: Data("SQLite format".utf8)) == nil)
            let store = file.replacing("/sealed/", with: "/opened/").replacing(".cms", with: "")
            let service = store.split(separator: "/").dropLast().joined(separator: "/")
            try FileManager.default.createDirectory(atPath: "/" + service, withIntermediateDirectories: true)
            let opened = try Program.run(
                "/usr/bin/openssl",
                ["cms", "-decrypt", "-inform", "DER", "-in", file, "-inkey", key, "-recip", certificate, "-out", store])
            #expect(opened.status == 0, "\(opened.errors)")
        }
        let verified = try Program.run(
            County.executables + "/jieli", ["verify", "--data", "\(county.folder)/opened"])
        #expect(verified.status == 0 && verified.output.contains("完好"), "\(verified.output)\(verified.errors)")
    }
}
