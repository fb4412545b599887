import Contracts
import Domain
import FoundationEssentials
import Support
import Testing
import Web

@testable import Gateway

extension Browser {
    /// Uploads a roster and says 导入 on the page that shows it first.
    @discardableResult
    func importRoster(
        _ upload: UploadedFile, of enterprise: String = Sample.enterprise, _ more: [(String, String)] = []
    ) throws -> WebResponse {
        let shown = try send("/rosters", [("enterprise", enterprise)], files: [upload])
        guard let address = shown.header("Location") else { return shown }
        return try send(address, [("step", "import")] + more)
    }
}

@Suite("The page between the upload and the import")
struct RosterPreviewTests {
    private func upload(_ text: String, _ name: String, in county: ClerkCounty) throws -> UploadedFile {
        let path = "\(county.county.folder)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return UploadedFile(
            field: "file", fileName: name, mediaType: "text/csv", byteCount: text.utf8.count, path: path)
    }

    @Test("shows columns, what would be set aside and what differs; corrects a column, and registers nobody before")
    func wholeWay() throws {
        let clerks = try ClerkCounty([["telephone": "13900000001"]])
        defer { clerks.stop() }
        let text = """
            姓名,身份证号,移交乡镇,联系电话,党员情况,血型,人员类别
            李阿明,\(TestIdentity.number(1)),迤萨镇,13900000002,,A,退休
            王芳,\(TestIdentity.number(7)),迤萨镇,,中共党员,B,退休
            白玉,\(TestIdentity.number(8)),迤萨镇,,,B,离休

            """
        let file = try upload(text, "二批.csv", in: clerks)
        let sent = try clerks.enterprise.send("/rosters", [("enterprise", Sample.enterprise)], files: [file])
        let address = try #require(sent.header("Location"))
        var page = clerks.enterprise.text(address)
        #expect(page.contains("尚未登记任何人") && page.contains("表头在第 1 行，下面有 3 人"))
        #expect(page.contains("没有采用的列：党员情况、血型") && page.contains("13900000001") && page.contains("13900000002"))
        #expect(page.contains("离休人员保持现有管理方式不变") && page.contains("第四条"))
        #expect(!clerks.enterprise.text("/rosters").contains("二批.csv"))
        // Nobody else sees the file, and nothing is registered.
        #expect(try Browser(clerks.web, as: .humanResources, in: clerks.county).open(address).status == 404)

        let checked = try clerks.enterprise.send(
            address, [("step", "check"), ("meaning-0-4", "political-status")])
        #expect(checked.header("Location") == address)
        page = clerks.enterprise.text(address)
        #expect(page.contains("没有采用的列：血型"))
        let imported = try clerks.enterprise.send(address, [("step", "import"), ("meaning-0-4", "political-status")])
        #expect(imported.header("Location") == "/rosters/2")
        try clerks.wait { clerks.enterprise.text("/rosters/2").contains("已导入") }
        page = clerks.enterprise.text("/rosters/2")
        #expect(page.contains("未采用") && page.contains("没有采用的列：血型"))
        #expect(page.contains("与台账不同的内容（2 项未采用）"))
        try clerks.wait { clerks.enterprise.text("/ledger").contains("王芳") }
        let member = clerks.enterprise.text("/people/2")
        #expect(member.contains("王芳") && member.contains("中共党员"))

        // The next file of the enterprise is read so without asking again.
        let next = try upload(text.replacing("白玉", with: "白华"), "三批.csv", in: clerks)
        let again = try clerks.enterprise.send("/rosters", [("enterprise", Sample.enterprise)], files: [next])
        #expect(clerks.enterprise.text(try #require(again.header("Location"))).contains("没有采用的列：血型"))
    }

    @Test("a roster without its required columns waits until they are named")
    func incomplete() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        let file = try upload(
            "姓名,证号,移交乡镇\n王芳,\(TestIdentity.number(7)),迤萨镇\n", "a.csv", in: clerks)
        let sent = try clerks.enterprise.send("/rosters", [("enterprise", Sample.enterprise)], files: [file])
        let address = try #require(sent.header("Location"))
        let page = clerks.enterprise.text(address)
        #expect(page.contains("缺少必需的列：身份证号") && !page.contains("value=\"import\""))
        try clerks.enterprise.send(address, [("step", "check"), ("meaning-0-1", "identity-number")])
        #expect(clerks.enterprise.text(address).contains("可以登记"))
    }

    @Test("differences are taken over on the roster's page; an empty form is handed out")
    func differences() throws {
        let clerks = try ClerkCounty([["telephone": "13900000001"]])
        defer { clerks.stop() }
        let file = try upload(
            "姓名,身份证号,移交乡镇,联系电话\n李阿明,\(TestIdentity.number(1)),迤萨镇,13900000002\n", "a.csv", in: clerks)
        try clerks.enterprise.importRoster(file)
        try clerks.wait { clerks.enterprise.text("/rosters/2").contains("已导入") }
        #expect(clerks.enterprise.text("/rosters/2").contains("已由人社局核准，请由人社局采用"))
        let bureau = try Browser(clerks.web, as: .humanResources, in: clerks.county)
        #expect(try bureau.send("/rosters/2", [("step", "take")]).status == 422)
        #expect(try bureau.send("/rosters/2", [("step", "take"), ("difference", "1")]).status == 303)
        #expect(bureau.text("/rosters/2").contains("已采用") && bureau.text("/people/1").contains("13900000002"))
        let form = clerks.enterprise.open("/rosters/template")
        #expect(form.status == 200 && form.header("Content-Type")?.contains("spreadsheetml") == true)
    }
}
