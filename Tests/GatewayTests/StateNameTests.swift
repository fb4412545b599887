import Contracts
import Domain
import Support
import Testing
import Web

@testable import Gateway

@Suite("Words for states", .serialized)
struct StateNameTests {
    @Test("A state has one name: in the filter, in a figure and in a row", arguments: PersonStatus.allCases)
    func states(_ status: PersonStatus) throws {
        #expect(Elements.status(status).description.contains(">\(status.chinese)<"))
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        let ledger = world.get("/ledger", cookie).text
        #expect(ledger.contains("<option value=\"\(status.rawValue)\">\(status.chinese)</option>"))
        let overview = world.get("/overview", cookie).text
        #expect(overview.contains("status=\(status.rawValue)\"><strong>0</strong><span>\(status.chinese)</span>"))
    }
}
