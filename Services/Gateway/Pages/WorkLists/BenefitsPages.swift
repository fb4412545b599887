import Contracts
import Domain
import Web

/// People whose benefits outside the pension pool (统筹外费用, 第十二条) are still to be entered.
struct BenefitsPage: Page {
    static let path = "/work/benefits"
    static let title = "统筹外费用"
    static let roles: Set<Role> = [.humanResources, .finance, .workingTeam]
    static let menu: String? = "统筹外费用"

    static let list = PeopleList<BenefitsWorkRow>(
        of: BenefitsPage.self, columns: [.init("接收日期") { $0.row.acceptedOn?.chinese ?? "" }],
        empty: "没有待登记统筹外项目的人员。", person: { $0.person },
        ask: { visit, scope in
            let found = try visit.ask(
                BenefitsWork(step: .register, narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return (found.rows, found.next)
        })

    func show(_ visit: Visit) throws -> HTML {
        "\(try Self.list.html(visit))<p>\(Elements.link(SurveyPage.path, "企业统筹外项目清查 ›"))</p>"
    }
}

/// The survey of an enterprise's items, frozen as it is found: nothing new comes afterwards (第十二条（三）).
struct SurveyPage: Page {
    static let path = "/work/surveys"
    static let title = "统筹外项目清查"
    static let roles = ListSurveys.roles
    static let menu: String? = "统筹外清查"
    static let hasForm = true
    private static let columns = ["cap", "kind"]

    func show(_ visit: Visit) throws -> HTML {
        let names = try WorkList.enterpriseNames(visit)
        let surveys = try visit.ask(ListSurveys()).rows
        let table = Elements.table(
            headers: ["企业", "状态", "企业年金", "项目及每月上限（元）"],
            rows: surveys.map { row in
                let items = row.items.map { "\($0.kind.chinese) \(Money(amountInFen: $0.monthlyCapInFen))" }
                return [
                    "\(names[row.enterprise] ?? row.enterprise)",
                    row.isFrozen ? Elements.badge("已清查锁定", .good) : Elements.badge("待清查", .waiting),
                    "\(row.hasAnnuity ? "有" : "无")",
                    "\(items.isEmpty && row.isFrozen ? "无统筹外项目" : items.joined(separator: "；"))",
                ]
            })
        let open = Set(surveys.filter(\.isFrozen).map(\.enterprise))
        let choices = try WorkList.enterprises(visit).filter { !open.contains($0.code) }.map { ($0.code, $0.name) }
        guard FreezeSurvey.roles.contains(visit.officer.role), !choices.isEmpty else { return table }
        return "\(form(visit, choices))\(Elements.section("各企业清查情况", table))"
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let items = try RepeatedRows.lines(visit, Self.columns).map { line in
            guard let kind = BenefitKind(rawValue: line[1]) else { throw FormFault.refusal("项目") }
            return SurveyItem(kind: kind, monthlyCapInFen: try AmountText.fen(line[0], "每月上限"))
        }
        try Self.check(hasItems: !items.isEmpty, saysNone: visit.isTicked("none"))
        try visit.order(FreezeSurvey(enterprise: visit.text("enterprise"), items: items))
        return Flash.saved.redirect(to: Self.path)
    }

    /// An empty form must not state by accident that an enterprise pays nothing, and one that says both must not lose
    /// either.
    private static func check(hasItems: Bool, saysNone: Bool) throws {
        if hasItems && saysNone { throw GatewayRefusal.itemsAndNone }
        if !hasItems && !saysNone { throw GatewayRefusal.neitherItemsNorNone }
    }

    private func form(_ visit: Visit, _ choices: [(String, String)]) -> HTML {
        let kinds = WorkList.options(BenefitKind.self, \.chinese)
        let lines: [[HTML]] = RepeatedRows.shown(visit, Self.columns, known: []).map { line in
            [
                RepeatedRows.select("kind", "项目", kinds, selected: line[1]),
                RepeatedRows.input("cap", "每月上限（元）", value: line[0]),
            ]
        }
        let content: HTML = """
            \(Elements.select("enterprise", "企业", choices, selected: visit.optional("enterprise")))
            \(Elements.table(headers: ["项目", "每月上限（元）"], rows: lines))
            \(Elements.checkbox("none", "on", "确认没有统筹外项目", isOn: visit.isTicked("none")))
            <p class="muted">锁定后不得新增项目或提高标准（第十二条（三）、（四））。</p>
            \(Elements.button("锁定清查结果"))
            """
        return Elements.section("清查锁定", Elements.form(visit, action: Self.path, content))
    }
}

/// An amount in one cell of a repeated line.
enum AmountText {
    static func fen(_ text: String, _ label: String) throws -> Int64 {
        do {
            return try Money(text).amountInFen
        } catch {
            throw FormFault.refusal("\(label)：\(error.message)")
        }
    }
}
