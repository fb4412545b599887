import Contracts
import Domain
import Support
import Testing

@testable import Gateway

@Suite("Narrowing a work list to an enterprise and a township", .serialized)
struct WorkListFilterTests {
    @Test("shows those people only, says when there are none, and leads back to all")
    func narrowed() throws {
        let more = ["political-status": "中共党员", "out-of-pool": "供暖费补贴"]
        let elsewhere = more.merging(["township": "甲寅镇", "residence": "红河县甲寅镇"]) { $1 }
        let clerks = try ClerkCounty([more, elsewhere])
        defer { clerks.stop() }
        let archives = try Browser(clerks.web, as: .archivist, in: clerks.county)
        let organization = try Browser(clerks.web, as: .organization, in: clerks.county)
        let finance = try Browser(clerks.web, as: .finance, in: clerks.county)
        for (path, browser) in [
            ("/work/archives", archives), ("/work/party", organization), ("/work/benefits", finance),
        ] {
            try clerks.wait {
                let all = browser.text(path)
                return all.contains("李阿明") && all.contains("李阿芳")
            }
            let all = browser.text(path)
            #expect(!all.contains("显示全部") && all.contains("按姓名或身份证号查找"), "\(path)")
            let one = browser.text("\(path)?township=532529102&enterprise=\(Sample.enterprise)")
            #expect(one.contains("李阿芳") && !one.contains("李阿明"), "\(path)")
            #expect(one.contains("显示全部") && one.contains("value=\"532529102\" selected"), "\(path)")
            let none = browser.text("\(path)?township=532529212")
            #expect(!none.contains("李阿") && none.contains("显示全部"), "\(path)")
        }
    }

    @Test("stays when a form on it is sent, and offers only what the account's area leaves open")
    func kept() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        let humanResources = try Browser(clerks.web, as: .humanResources, in: clerks.county)
        try clerks.order(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "第二批.xlsx", fileDigest: "d2", headings: [], rowCount: 1),
            as: .enterprise())
        let cells = ["name": "李阿贵", "identity-number": TestIdentity.number(7), "township": "甲寅镇"]
        try clerks.order(
            AddRosterRows(
                roster: 2, firstRow: 0, rows: [RosterRowInput(sheetRow: 2, cells: cells, original: [])]),
            as: .enterprise())
        let address = "/work/verify?township=532529102"
        let step = "/steps/registry.person.verify?township=532529102"
        let page = humanResources.text(address)
        #expect(page.contains("李阿贵") && page.contains("formaction=\"\(step)\""))
        #expect(!humanResources.text("/work/verify?township=532529101").contains("李阿贵"))
        #expect(try humanResources.send(step, [("scope", "ticked")]).status == 422, "nobody was ticked")
        let sent = try humanResources.send(step, [("scope", "ticked"), ("person", "2")])
        let run = try #require(sent.header("Location"))
        try clerks.wait { humanResources.text(run).contains("已全部办完") }
        #expect(humanResources.text(address).contains("所选企业、乡镇中没有"))
        let township = clerks.township.text("/work/confirm")
        #expect(township.contains("name=\"enterprise\"") && !township.contains("name=\"township\""))
    }
}
