import Contracts
import Domain
import FoundationEssentials
import Host
import Sheets
import Support
import Testing
import Web

@testable import Gateway

/// The ledger against a real registry.
@Suite("Ledger: search, pages, export", .serialized)
struct LedgerTests {
    /// A county with one roster of 54 people whose name is 王秀英 and one whose name is 李阿明.
    private struct World {
        let county: RunningCounty
        let web: GatewayWeb
        let humanResources: Browser

        init() throws {
            county = try RunningCounty()
            web = try GatewayWeb(desk: Desk(process: county.gateway))
            humanResources = try Browser(web, as: .humanResources, in: county)
            try humanResources.send(
                "/enterprises", [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county")])
            let people = (1...55).map { index in
                "\(index == 55 ? "李阿明" : "王秀英"),\(TestIdentity.number(index)),迤萨镇,红河县,红河县"
            }
            let text = "姓名,身份证号,乡镇,养老保险参保地,医疗保险参保地\n\(people.joined(separator: "\n"))\n"
            let file = "\(county.folder)/roster.csv"
            try Data(text.utf8).write(to: URL(filePath: file))
            let upload = UploadedFile(
                field: "file", fileName: "名册.csv", mediaType: "text/csv", byteCount: text.utf8.count, path: file)
            try humanResources.importRoster(upload)
            for _ in 0..<200 where !humanResources.text("/ledger").contains("共 55 人") { Pause.milliseconds(50) }
        }

        func address(of search: [(String, String)], by browser: Browser) throws -> String {
            let response = try browser.send("/ledger", search)
            #expect(response.status == 303, "Back is not to ask whether to send the form again")
            return try #require(response.header("Location"))
        }

        func sheet(_ address: String, by browser: Browser? = nil) throws -> Sheet {
            let response = (browser ?? humanResources).open(address)
            #expect(response.status == 200)
            let file = "\(county.folder)/export.xlsx"
            try Data(response.bytes ?? []).write(to: URL(filePath: file))
            return try SheetFile.read(path: file)
        }
    }

    @Test("A search has an address of its own without any of the text; page and export show the same people")
    func search() throws {
        let world = try World()
        defer { world.county.stop() }
        let address = try world.address(of: [("text", "李阿明"), ("township", Sample.township)], by: world.humanResources)
        #expect(address.hasPrefix("/ledger?search="))
        for word in ["李阿明", "%E6%9D%8E", "e69d8e"] { #expect(!address.contains(word)) }
        let page = world.humanResources.text(address)
        #expect(page.contains("value=\"李阿明\"") && page.contains(">李阿明</a>") && !page.contains(">王秀英</a>"))
        #expect(page.contains("共 1 人"))
        let mark = try #require(page.firstRange(of: "href=\"/ledger/export?"))
        let export = String(page[mark.lowerBound...].dropFirst(6).prefix { $0 != "\"" })
        let sheet = try world.sheet(export.replacing("&amp;", with: "&"))
        #expect(sheet.rowCount == 2)
        #expect(
            sheet.row(at: 0) == ["姓名", "身份证号", "企业", "乡镇", "社区", "状态"] + Track.allCases.map(\.chinese))
        let row = sheet.row(at: 1)
        #expect(row[0] == "李阿明" && row[2] == "红河县测试茶厂" && row[3] == "迤萨镇" && row[5] == "待核准")
        #expect(row[1].contains("*") && !row[1].contains("19550314"), "the ID number stays masked")
        #expect(row[6...] == ["未完成", "未完成", "不需要", "未完成", "未完成", "未完成", "不需要"])
        let petitions = try Browser(world.web, as: Officer(user: "xinfang", role: .petitions), in: world.county)
        let limited = try world.sheet("/ledger/export", by: petitions)
        #expect(limited.row(at: 0).count == 11 && limited.row(at: 1).count == 11)
        #expect(!limited.row(at: 0).contains(Track.party.chinese), "who is a member is not every office's business")
        #expect(!limited.row(at: 0).contains(Track.benefits.chinese), "nor is who is paid something")
    }

    @Test("Pages know how many people there are and lead forth and back")
    func pages() throws {
        let world = try World()
        defer { world.county.stop() }
        let browser = world.humanResources
        let address = try world.address(of: [("text", "王秀")], by: browser)
        for first in [browser.text("/ledger"), browser.text(address)] {
            #expect(first.contains("第 1 页") && !first.contains("上一页"))
            let second = browser.text(try Self.link("next", in: first))
            #expect(second.contains("第 2 页") && !second.contains("下一页"))
            let back = browser.text(try Self.link("prev", in: second))
            #expect(back.contains("第 1 页"))
            #expect(Self.people(in: back) == Self.people(in: first))
            #expect(Set(Self.people(in: second)).isDisjoint(with: Self.people(in: first)))
        }
        #expect(browser.text("/ledger?status=applied").contains("共 0 人"))
        let township = try Browser(world.web, as: .township(), in: world.county)
        #expect(township.text("/ledger").contains("共 55 人"))
        let other = try Browser(world.web, as: .township(Sample.otherTownship), in: world.county)
        #expect(other.text("/ledger").contains("共 0 人"), "an account counts what it may see")
        #expect(try world.sheet("/ledger/export").rowCount == 56, "the export has all pages")
    }

    @Test("What is late can be kept as a workbook, too")
    func overdue() throws {
        let world = try World()
        defer { world.county.stop() }
        #expect(world.humanResources.text("/overdue?track=archives").contains("/overdue/export?track=archives\""))
        let sheet = try world.sheet("/overdue/export?track=archives")
        #expect(sheet.row(at: 0) == WorkList.personHeaders + ["事项", "期限", "逾期天数"])
        #expect(sheet.rowCount == 1, "nothing is late in a county of today")
    }

    private static func link(_ relation: String, in page: String) throws -> String {
        let end = try #require(page.firstRange(of: "\" rel=\"\(relation)\""))
        let start = try #require(page[..<end.lowerBound].ranges(of: "href=\"").last)
        return String(page[start.upperBound..<end.lowerBound]).replacing("&amp;", with: "&")
    }

    private static func people(in page: String) -> [String] {
        page.split(separator: "href=\"/people/").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}

@Suite("The sealed search of another session is useless", .serialized)
struct SealedSearchTests {
    @Test("Another account's address, a later session's and a damaged one say what to do, on page and export")
    func foreign() throws {
        let world = try GatewayWorld()
        let mine = try world.session("zhuanban", .workingTeam)
        let address = try #require(
            world.post("/ledger", mine, fields: [WebField("text", "李阿明")]).header("Location"))
        let sealed = String(address.split(separator: "=").last ?? "")
        #expect(sealed.count > 60 && sealed.allSatisfy(\.isHexDigit))
        func open(_ path: String, _ cookie: String, _ sealed: String) -> WebResponse {
            world.get(path, cookie, query: [WebField("search", sealed)])
        }
        #expect(open("/ledger", mine, sealed).text.contains("value=\"李阿明\""))
        let other = try world.session("renshe", .humanResources)
        let later = try #require(world.signIn("zhuanban").cookies.first).value
        let damaged = String(sealed.dropLast()) + (sealed.hasSuffix("0") ? "1" : "0")
        for (cookie, text) in [(other, sealed), (later, sealed), (mine, damaged), (mine, "zz"), (mine, "00")] {
            for path in ["/ledger", "/ledger/export"] {
                let response = open(path, cookie, text)
                #expect(response.status == 422)
                #expect(response.text.contains("请返回台账重新输入") && !response.text.contains("李阿明"))
                #expect(response.text.contains("<a href=\"/ledger\">返回台账</a>"))
            }
        }
        let endless = world.post("/ledger", mine, fields: [WebField("text", String(repeating: "李", count: 9000))])
        #expect((endless.header("Location") ?? "").utf8.count < 2000, "an address has to fit into a request")
    }
}
