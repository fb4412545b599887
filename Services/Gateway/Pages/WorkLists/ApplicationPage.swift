import Contracts
import Domain
import Web

/// One application: whom it is about, and what was handed in with it (第十五条（三）). Township and enterprise see the same.
struct ApplicationPage: Page {
    static let path = "/work/applications/:application"
    static let title = "移交申请名单"
    static let roles = GetApplication.roles

    static func address(_ application: Int64) -> String { "/work/applications/\(application)" }

    func show(_ visit: Visit) throws -> HTML {
        guard let number = visit.request.parameter("application").flatMap({ Int64($0) }) else {
            throw RegistryRefusal.unknownApplication
        }
        let record = try visit.ask(GetApplication(application: number, after: visit.after, limit: WorkList.rowsPerPage))
        let row = record.application
        let people = Elements.table(
            headers: WorkList.personHeaders + ["社区（村）", "状态"],
            rows: record.persons.map { person in
                WorkList.personCells(person.person, person)
                    + ["\(person.community)", Elements.status(person.status)]
            }, empty: "没有名单：人员已不在台账中，或申请在系统保存退回名单之前退回。")
        let returned: HTML =
            row.state == "refused" ? "<p>申请已退回，人员回到“待提出申请”，企业补正后可以重新申请。</p>" : HTML()
        let isTownship = visit.officer.role == .township
        return """
            \(Elements.section("第 \(row.application) 号申请", WorkList.facts([
                ("企业", row.enterpriseName), ("乡镇", Elements.townshipName(row.township)), ("人数", String(row.people)),
                ("申请日期", row.dated.chinese), ("随附材料", record.materials.map(\.chinese).joined(separator: "、")),
                ("办理日期", row.decidedOn?.chinese ?? ""), ("退回原因", row.cause?.chinese ?? ""),
                ("具体情况", row.explanation ?? ""),
            ])))
            <p>\(ApplyPage.badge(row.state))</p>\(returned)
            \(Elements.section("人员", "\(people)\(WorkList.next(visit, record.next))"))
            <p>\(Elements.link(isTownship ? ReceivePage.path : ApplyPage.path, "‹ 返回列表"))</p>
            """
    }
}
