import Contracts
import Domain
import FoundationEssentials
import Support
import Testing
import Web

@testable import Gateway
@testable import Registry

@Suite("A form that no service answers", .serialized)
struct UnansweredTests {
    @Test("is kept with its number; sent again it is carried out, and only once")
    func keptForm() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        let path = "/work/apply"
        let token = try #require(Browser.token(clerks.enterprise.text(path)))
        let fields =
            [
                ("token", token), ("enterprise", Sample.enterprise), ("township", Sample.township), ("person", "1"),
                ("dated", "2026-10-20"), ("note", "<第一批>"),
            ] + Material.allCases.map { ("material", $0.rawValue) }
        clerks.county.stop(.registry)
        let page = Browser.text(clerks.enterprise.post(path, fields))
        #expect(page.contains("本次可能已经办理，也可能没有") && page.contains("再次提交"))
        #expect(page.contains("bus.no-worker"))
        #expect(page.contains("name=\"token\" value=\"\(token)\"") && page.contains("value=\"&lt;第一批&gt;\""))
        let question = clerks.enterprise.open("/people/1")
        #expect(question.status == 503 && Browser.text(question).contains("该部门的服务现在没有运行。请稍后刷新重试"))

        try clerks.county.start(Registry.self)
        for _ in 1...2 { #expect(clerks.enterprise.post(path, fields).status == 303) }
        #expect(clerks.enterprise.text("/work/applications/1").contains("李阿明"))
        #expect(clerks.enterprise.open("/work/applications/2").status == 404)
    }

    @Test("and that has a file is sent from its own page again, which still has the file")
    func file() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        let token = try #require(Browser.token(clerks.enterprise.text("/rosters")))
        let path = "\(clerks.county.folder)/roster.csv"
        let text = "姓名,身份证号\n李阿芳,\(TestIdentity.number(9))\n"
        try Data(text.utf8).write(to: URL(filePath: path))
        let upload = UploadedFile(
            field: "file", fileName: "名册.csv", mediaType: "text/csv", byteCount: text.utf8.count, path: path)
        clerks.county.stop(.registry)
        let page = Browser.text(
            clerks.enterprise.post(
                "/rosters", [("token", token), ("enterprise", Sample.enterprise)], files: [upload]))
        #expect(page.contains("重新选择文件后提交") && !page.contains("再次提交</button>"))
    }
}
