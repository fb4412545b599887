import Contracts
import Domain
import Support
import Testing
import Web

@testable import Gateway

@Suite("Messages: the figure in the menu, reading them all", .serialized)
struct MessageTests {
    @Test("A missing notifications service costs the menu its figure and nothing else")
    func noNotifications() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        for _ in 0..<3 {
            let page = world.get("/ledger", cookie)
            #expect(page.status == 200 && page.text.contains(">消息</a>"))
        }
    }

    @Test("The menu counts unread messages; one press reads all that stood on the page, and nothing newer")
    func messages() throws {
        let county = try RunningCounty()
        defer { county.stop() }
        let web = try GatewayWeb(desk: Desk(process: county.gateway))
        let team = try Browser(web, as: .workingTeam, in: county)
        let township = try Browser(web, as: .township(), in: county)
        func publish(_ title: String) throws {
            let fields = [("step", "publish"), ("title", title), ("body", "周三下午"), ("role", "township")]
            #expect(try team.send("/inbox", fields).status == 303)
        }
        for number in 1...3 { try publish("宣讲\(number)") }
        #expect(township.text("/ledger").contains(">消息（3）</a>"))
        let inbox = township.text("/inbox")
        let places = try (1...3).map { try #require(inbox.firstRange(of: "宣讲\($0)")).lowerBound }
        #expect(places == places.sorted(by: >), "the newest first")
        let mark = try #require(inbox.firstRange(of: "name=\"newest\" value=\""))
        let newest = String(inbox[mark.upperBound...].prefix { $0 != "\"" })
        try publish("宣讲4")
        let token = try #require(GatewayWorld.token(in: inbox))
        let sent = township.post("/inbox", [("token", token), ("step", "read-all"), ("newest", newest)])
        #expect(sent.header("Location") == "/inbox?done=all-read")
        #expect(township.text("/ledger").contains(">消息（1）</a>"), "what came in meanwhile is still unread")
    }
}
