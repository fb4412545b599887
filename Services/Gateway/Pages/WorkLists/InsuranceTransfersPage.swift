import Contracts
import Domain
import Web

/// Whose insurance is not in the county's own management: the agencies see to the transfer and record how far it is
/// (第十三条（二）).
struct InsuranceTransfersPage: Page {
    static let path = "/work/transfers"
    static let title = "参保关系转移"
    static let roles = ListInsuranceTransfers.roles
    static let menu: String? = "参保转移"

    func show(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(
            ListInsuranceTransfers(
                insurance: Self.insurance(of: visit.officer.role), narrowing: visit.narrowing, after: visit.after,
                limit: WorkList.rowsPerPage))
        let groups = WorkList.grouped(found.rows, by: \.person)
        let names = try WorkList.names(visit, groups.map(\.0))
        let steps = StepBar.steps(of: Self.self, visit)
        let table = Elements.table(
            headers: (steps.isEmpty ? [] : [""]) + WorkList.personHeaders + ["险种和办理情况"] + (steps.isEmpty ? [] : [""]),
            rows: groups.map { person, rows in
                let states = rows.map {
                    "<li>\($0.insurance.chinese)：\($0.state.chinese)（\($0.since.chinese)起）</li>" as HTML
                }
                return (steps.isEmpty ? [] : [WorkList.tick(visit, person)])
                    + WorkList.personCells(person, names[person]) + ["<ul class=\"notes\">\(states)</ul>"]
                    + (steps.isEmpty ? [] : [StepBar.link(visit, steps[0], person)])
            }, empty: WorkList.none(visit, "没有待转移的参保关系。名册中未纳入本县管理或未填参保地的人员会出现在这里。"))
        let list = StepBar.form(visit, steps, found.rows.isEmpty ? nil : table) ?? table
        return """
            <p>养老、医疗保险关系不在本县管理的退休人员，参保关系转入本县（第十三条（二））。</p>
            \(try WorkList.filters(visit))\(list)\(WorkList.next(visit, found.next))
            """
    }

    /// The insurance of which an agency's list is; nil for those who see both.
    static func insurance(of role: Role) -> Insurance? { Insurance.allCases.first { $0.office == role } }
}
