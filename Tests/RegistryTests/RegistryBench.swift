import Contracts
import Domain
import Support

@testable import Registry

typealias RegistryBench = ServiceBench<Registry>

extension ServiceBench where Logic == Registry {
    /// An enterprise of the county, entered by the HR bureau.
    func enterprise(_ code: String = Sample.enterprise, isFinancial: Bool = false) throws {
        try execute(
            RecordEnterprise(
                code: code, name: "红河县测试茶厂", ownership: .county, isFinancial: isFinancial, hasVanished: false,
                hasAnnuity: false), as: .humanResources)
    }

    /// Imports rows as one file and gives back what became of them.
    @discardableResult
    func roster(
        _ rows: [[String: String]], enterprise code: String = Sample.enterprise, digest: String = "d1"
    ) throws -> (summary: RosterSummary, outcome: RowsOutcome) {
        let opened = try execute(
            OpenRoster(
                enterprise: code, fileName: "名册.xlsx", fileDigest: digest, headings: ["姓名", "身份证号"],
                rowCount: rows.count), as: .enterprise(code))
        let outcome = try execute(
            AddRosterRows(roster: opened.roster, firstRow: 0, rows: Self.inputs(rows)), as: .enterprise(code))
        return (try execute(CloseRoster(roster: opened.roster), as: .enterprise(code)), outcome)
    }

    static func inputs(_ rows: [[String: String]], first: Int = 2) -> [RosterRowInput] {
        rows.enumerated().map { index, cells in
            RosterRowInput(
                sheetRow: first + index, cells: cells, original: cells.sorted { $0.key < $1.key }.map(\.value))
        }
    }

    /// One person who may be registered.
    static func row(_ index: Int, _ more: [String: String] = [:]) -> [String: String] {
        [
            "name": "李阿\(["明", "芳", "贵", "秀", "山", "水"][index % 6])", "identity-number": TestIdentity.number(index),
            "township": "迤萨镇", "residence": "红河县迤萨镇", "pension-place": "红河县", "medical-place": "红河县",
        ].merging(more) { $1 }
    }

    /// Registers one person and takes them to acceptance.
    func acceptedPerson(_ more: [String: String] = [:]) throws -> PersonID {
        try enterprise()
        try roster([Self.row(1, more)])
        let person = PersonID(1)
        try execute(VerifyPersons(persons: [person]), as: .humanResources)
        let application = try execute(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: [person],
                materials: Material.allCases, dated: CalendarDay("2026-10-20")!), as: .enterprise())
        try execute(
            AcceptApplication(application: application.application, dated: CalendarDay("2026-10-28")!),
            as: .township())
        return person
    }
}
