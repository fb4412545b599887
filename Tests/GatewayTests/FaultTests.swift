import Contracts
import Domain
import Support
import Testing
import Web

@testable import Gateway

@Suite("How a refusal looks")
struct FaultTests {
    @Test("The code stands on the page when the system is at fault, and out of sight when a clerk is to choose")
    func codes() {
        let ordinary = PageFrame.fault(RegistryRefusal.nobodyChosen).description
        let slug = RegistryRefusal.nobodyChosen.slug
        #expect(ordinary.contains("title=\"代码：\(slug)\"") && !ordinary.contains(">代码"))
        let fault = PageFrame.fault(Refusal("gateway.fault", .busy, "系统出错。")).description
        #expect(fault.contains("<p class=\"code\">代码：gateway.fault</p>"))
        let cited = PageFrame.fault(CommonRefusal.roleNotEntitled).description
        #expect(cited.contains("依据：") && !cited.contains(">代码"))
    }
}
