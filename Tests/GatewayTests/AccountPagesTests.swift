import Contracts
import Domain
import Host
import Support
import Testing
import Web

@testable import Accounts
@testable import Gateway

/// Accounts, passwords and records of who looked, through the pages of a running county.
@Suite("Account pages")
struct AccountPagesTests {
    @Test("An operator enters an account; its holder must set a password of their own before anything else")
    func firstSignIn() throws {
        let county = try RunningCounty()
        defer { county.stop() }
        let web = try GatewayWeb(desk: Desk(process: county.gateway))
        let operations = try Browser(web, as: .operations, in: county)
        let entered = try operations.send(
            "/accounts",
            [
                ("user", "chegu2"), ("displayName", "车古乡"), ("role", "township"),
                ("area", "township:\(Sample.otherTownship)"),
                ("enterprise", ""), ("password", "运维设的初始密码"),
            ])
        #expect(entered.status == 303, "\(Browser.text(entered).suffix(900))")
        #expect(operations.text("/accounts").contains("chegu2"))

        let first = try Browser(web, user: "chegu2", password: "运维设的初始密码")
        #expect(first.open("/work/receive").header("Location") == "/account")
        #expect(first.open("/").header("Location") == "/account")
        func change(_ fresh: String, _ again: String) throws -> WebResponse {
            try first.send(
                "/account",
                [("password", "运维设的初始密码"), ("new-password", fresh), ("again-password", again)])
        }
        #expect(Browser.text(try change("我自己的新密码", "我自己的新密吗")).contains("两次输入的新密码不同"))
        #expect(Browser.text(try change("12345678", "12345678")).contains("常见密码"))
        #expect(try change("只有我知道的密码", "只有我知道的密码").status == 303)
        #expect(first.open("/work/receive").status == 200)
        #expect(first.text("/account").contains("本次登录"))
        #expect(throws: BrowserError.self) { try Browser(web, user: "chegu2", password: "运维设的初始密码") }

        let disabled = try operations.send(
            "/accounts", [("user", "chegu2"), ("state", "disabled"), ("reason", "调离")])
        #expect(disabled.status == 303)
        #expect(
            GatewayWorld.eventually { first.open("/work/receive").header("Location")?.hasPrefix("/signin") == true })
        let officer = try Browser(web, as: Officer(user: "xinxi", role: .dataProtection), in: county)
        let records = officer.text("/access")
        #expect(records.contains("chegu2") && records.contains("调离") && records.contains("登录"))
        #expect(operations.open("/looked").status == 403)
        #expect(officer.open("/ledger").status == 403)
        #expect(officer.open("/looked").status == 200)
    }

    @Test("While the accounts service is away, whoever is signed in works on")
    func accountsAway() throws {
        let county = try RunningCounty()
        defer { county.stop() }
        let clock = ManualClock()
        clock.advance(byMilliseconds: SystemClock().now().milliseconds(since: clock.now()))
        let web = try GatewayWeb(desk: Desk(process: county.gateway, clock: clock))
        let office = try Browser(web, as: .humanResources, in: county)
        #expect(office.open("/enterprises").status == 200)
        county.stop(.accounts)
        // A new assertion would be asked for now.
        clock.advance(byMilliseconds: OfficerAssertion.lifetimeInMilliseconds / 2 + 1000)
        for _ in 1...3 { #expect(office.open("/enterprises").status == 200) }
        try county.start(Accounts.self)
        #expect(GatewayWorld.eventually { office.open("/account").status == 200 })
    }
}
