import Contracts
import Domain
import Web

/// The health bureau's list: accepted people without a health record (健康档案, 第八条（四）).
struct HealthPage: Page {
    static let path = "/work/health"
    static let title = "健康档案"
    static let roles = HealthWork.roles
    static let menu: String? = "健康档案"

    static let list = PeopleList<HealthWorkRow>(
        of: HealthPage.self,
        columns: [
            .init("社区（村）") { $0.ledger?.community ?? "" }, .init("接收日期") { $0.row.acceptedOn?.chinese ?? "" },
        ], empty: "没有待建健康档案的人员。", person: { $0.person },
        ask: { visit, scope in
            let found = try visit.ask(HealthWork(narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return (found.rows, found.next)
        })

    func show(_ visit: Visit) throws -> HTML { try Self.list.html(visit) }
}

/// One person's health record.
struct HealthRecordPage: Page {
    static let path = "/work/health/:person"
    static let title = "健康档案"
    static let roles: Set<Role> = [.health]

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let record = try visit.ask(GetHealthRecord(person: person))
        let names = try WorkList.names(visit, [person])
        return """
            \(Elements.table(headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            \(record.state == .opened ? opened(record) : StepBar.links(visit, [OpenRecord.name], person))
            <p>\(Elements.link(HealthPage.path, "‹ 返回列表"))</p>
            """
    }

    private func opened(_ record: HealthRecord) -> HTML {
        WorkList.facts([
            ("档案编号", record.recordNumber ?? ""), ("建档日期", record.openedOn?.chinese ?? ""),
            ("血型", record.bloodType ?? ""), ("药物过敏", record.allergies ?? ""),
            ("慢性病", record.chronicDiseases.joined(separator: "、")),
        ])
    }
}
