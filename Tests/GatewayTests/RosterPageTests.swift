import Contracts
import Support
import Testing

@Suite("A roster's page")
struct RosterPageTests {
    @Test("says where a roster stands that nobody is sending, and how it goes on")
    func unfinished() throws {
        let county = try ClerkCounty([[:]])
        defer { county.stop() }
        #expect(!county.enterprise.text("/rosters/1").contains("尚未导入完毕"))
        try county.order(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "第二批.xlsx", fileDigest: "d2", headings: ["姓名"],
                rowCount: 2), as: .enterprise())
        let page = county.enterprise.text("/rosters/2")
        #expect(page.contains("尚未导入完毕，已登记到第 0 行") && page.contains("重新上传同一文件"))
    }
}
