import Contracts
import Domain
import FoundationEssentials
import Support

@testable import Gateway

/// A running county with some people of one enterprise, who are verified, to begin where the clerks begin.
struct ClerkCounty {
    let county: RunningCounty
    let web: GatewayWeb
    let enterprise: Browser
    let township: Browser

    /// - Parameter rows: more cells of each person, by field.
    init(_ rows: [[String: String]]) throws {
        county = try RunningCounty()
        web = try GatewayWeb(desk: Desk(process: county.gateway))
        enterprise = try Browser(web, as: .enterprise(), in: county)
        township = try Browser(web, as: .township(), in: county)
        let names = ["李阿明", "李阿芳", "李阿贵"]
        let inputs = rows.enumerated().map { index, more in
            let cells = [
                "name": names[index], "identity-number": TestIdentity.number(index + 1), "township": "迤萨镇",
                "residence": "红河县迤萨镇", "community": "城关社区", "pension-place": "红河县", "medical-place": "红河县",
            ].merging(more) { $1 }
            return RosterRowInput(sheetRow: index + 2, cells: cells, original: [names[index]])
        }
        try order(
            RecordEnterprise(
                code: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                hasVanished: false, hasAnnuity: false), as: .humanResources)
        try order(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "名册.xlsx", fileDigest: "d1", headings: ["姓名"],
                rowCount: rows.count), as: .enterprise())
        try order(AddRosterRows(roster: 1, firstRow: 0, rows: inputs), as: .enterprise())
        try order(CloseRoster(roster: 1), as: .enterprise())
        try order(VerifyPersons(persons: persons(rows.count)), as: .humanResources)
    }

    func stop() { county.stop() }

    func persons(_ count: Int) -> [PersonID] { (1...count).map { PersonID(Int64($0)) } }

    /// Orders something of the registry, past the pages.
    func order(_ command: some Command, as officer: Officer) throws {
        try county.order(command, of: .registry, as: officer)
    }

    func apply(_ count: Int) throws {
        try order(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: persons(count),
                materials: Material.allCases, dated: CalendarDay("2026-10-20")!), as: .enterprise())
    }

    /// Takes everybody to where the township manages them.
    func accept(_ count: Int) throws {
        try apply(count)
        try order(AcceptApplication(application: 1, dated: CalendarDay("2026-10-28")!), as: .township())
    }

    /// Waits for what another service or the projection learns a moment later.
    func wait(_ condition: () -> Bool) throws {
        for _ in 0..<200 {
            if condition() { return }
            Pause.milliseconds(50)
        }
        throw BrowserError(reason: "what was waited for did not come")
    }
}
