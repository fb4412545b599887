import Contracts
import Domain
import Support
import Testing

@testable import Gateway

@Suite("The person's page leads to the work", .serialized)
struct PersonWaysTests {
    /// The addresses behind 办理 on a person's page.
    private func ways(_ browser: Browser, _ person: Int = 1) -> [String] {
        browser.text("/people/\(person)").split(separator: "<a href=\"").compactMap { piece in
            let parts = piece.split(separator: "\">", maxSplits: 1)
            return parts.count == 2 && parts[1].hasPrefix("办理</a>") ? String(parts[0]) : nil
        }
    }

    @Test("Each office that has to act on an open track finds the way there, and nobody else does")
    func ways() throws {
        let clerks = try ClerkCounty([["political-status": "中共党员", "out-of-pool": "供暖费补贴"]])
        defer { clerks.stop() }
        let humanResources = try Browser(clerks.web, as: .humanResources, in: clerks.county)
        try clerks.wait { humanResources.text("/people/1").contains("人社局核准登记") }
        #expect(ways(clerks.enterprise) == ["/work/apply", "/work/archives/1", "/work/party/1"])
        #expect(ways(clerks.township) == [], "nothing to do before the application")
        try clerks.apply(1)
        try clerks.wait { ways(clerks.township) == ["/work/receive"] }
        #expect(ways(clerks.enterprise) == ["/work/archives/1", "/work/party/1"])
        try clerks.order(AcceptApplication(application: 1, dated: CalendarDay("2026-10-28")!), as: .township())
        try clerks.wait { clerks.township.text("/people/1").contains("转由属地管理") }
        #expect(ways(clerks.township) == ["/work/party/1", "/steps/registry.person.confirm/1", "/work/intake"])
        let offices: [(Officer, [String])] = [
            (.archivist, ["/work/archives/1"]), (.doctor, ["/work/health/1"]),
            (.finance, ["/steps/benefits-liaison.items.register/1"]),
            (.organization, ["/work/party/1"]), (.socialInsurance, ["/steps/benefits-liaison.list.check/1"]),
            (.humanResources, ["/work/intake", "/steps/benefits-liaison.items.register/1"]), (.workingTeam, []),
        ]
        for (officer, expected) in offices {
            let browser = try Browser(clerks.web, as: officer, in: clerks.county)
            #expect(ways(browser) == expected, "\(officer.role.rawValue)")
            #expect(browser.text("/people/1").contains("<a href=\"/ledger\">‹ 返回台账</a>"))
            for way in expected { try clerks.wait { browser.open(way).status == 200 } }
        }
        try clerks.order(ConfirmPerson(person: PersonID(1), method: .visit, corrections: []), as: .township())
        #expect(ways(clerks.township).contains("/work/confirm"), "only the card is left")
        try clerks.order(IssueCard(person: PersonID(1)), as: .township())
        try clerks.wait { !ways(clerks.township).contains("/work/confirm") }
        #expect(ways(clerks.township) == ["/work/party/1", "/work/intake"])
    }
}
