import Contracts
import Domain
import Web

/// The health bureau's list: accepted people without a health record (健康档案, 第八条（四）).
struct HealthPage: Page {
    static let path = "/work/health"
    static let title = "健康档案"
    static let roles = HealthWork.roles
    static let menu: String? = "健康档案"

    func show(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(
            HealthWork(narrowing: visit.narrowing, after: visit.after, limit: WorkList.rowsPerPage))
        let names = try WorkList.names(visit, found.rows.map(\.person))
        let mayOpen = OpenRecord.roles.contains(visit.officer.role)
        let table = Elements.table(
            headers: WorkList.personHeaders + ["接收日期"] + (mayOpen ? [""] : []),
            rows: found.rows.map { row in
                WorkList.personCells(row.person, names[row.person]) + ["\(row.acceptedOn?.chinese)"]
                    + (mayOpen ? [Elements.link("/work/health/\(row.person.rawValue)", "建档")] : [])
            }, empty: WorkList.none(visit, "没有待建健康档案的人员。"))
        return "\(try WorkList.filters(visit))\(table)\(WorkList.next(visit, found.next))"
    }
}

/// Opening one person's health record.
struct HealthRecordPage: Page {
    static let path = "/work/health/:person"
    static let title = "建立健康档案"
    static let roles: Set<Role> = [.health]
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let record = try visit.ask(GetHealthRecord(person: person))
        let names = try WorkList.names(visit, [person])
        return """
            \(Elements.table(headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            \(record.state == .opened ? opened(record) : form(visit, person))
            <p>\(Elements.link(HealthPage.path, "‹ 返回列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let person = try visit.person()
        try visit.order(
            OpenRecord(
                person: person, villageSegment: visit.text("villageSegment"), dated: try visit.day("dated", "建档日期"),
                bloodType: visit.optional("bloodType"), allergies: visit.optional("allergies"),
                chronicDiseases: visit.text("chronicDiseases").split(whereSeparator: \.isNewline).map {
                    TextForm.trimming(String($0))
                }
                .filter { !$0.isEmpty }))
        return Flash.saved.redirect(to: "/work/health/\(person.rawValue)")
    }

    private func opened(_ record: HealthRecord) -> HTML {
        WorkList.facts([
            ("档案编号", record.recordNumber ?? ""), ("建档日期", record.openedOn?.chinese ?? ""),
            ("血型", record.bloodType ?? ""), ("药物过敏", record.allergies ?? ""),
            ("慢性病", record.chronicDiseases.joined(separator: "、")),
        ])
    }

    private func form(_ visit: Visit, _ person: PersonID) -> HTML {
        let types = ["", "A型", "B型", "O型", "AB型", "不详"].map { ($0, $0.isEmpty ? "未填" : $0) }
        let content: HTML = """
            <div>\(Elements.field(
                "villageSegment", "村（居）编码", value: visit.text("villageSegment"), required: true,
                hint: "三位：居委会 001–099，村委会 101–199，其他 901–999"))
            \(Elements.dateField("dated", "建档日期", value: visit.shownDay("dated"), latest: visit.desk.today))
            \(Elements.select("bloodType", "血型", types, selected: visit.text("bloodType")))
            \(Elements.field("allergies", "药物过敏史", value: visit.text("allergies")))</div>
            \(Elements.textArea("chronicDiseases", "慢性病（每行一种）", value: visit.text("chronicDiseases"), rows: 3))
            \(Elements.button("建立健康档案"))
            """
        return Elements.section(
            "建档", Elements.form(visit, action: "/work/health/\(person.rawValue)", content))
    }
}
