import Contracts
import Domain
import Web

/// Where each enterprise's assets for retirees stand (第十一条、第十六条（五）).
struct AssetsPage: Page {
    static let path = "/work/assets"
    static let title = "资产划转"
    static let roles = AssetsWork.roles
    static let menu: String? = "资产划转"

    func show(_ visit: Visit) throws -> HTML {
        let names = try WorkList.enterpriseNames(visit)
        let rows = try visit.ask(AssetsWork()).rows
        return Elements.table(
            headers: ["企业", "状态", "资产项数", "账面价值（元）", "接收乡镇", "协议编号", ""],
            rows: rows.map { row in
                [
                    "\(names[row.enterprise] ?? row.enterprise)", Self.badge(row.state), "\(row.items.count)",
                    "\(row.writeDown.map { Money(amountInFen: $0.bookValueInFen).description })",
                    "\(row.township.map(Elements.townshipName))", "\(row.agreementNumber)",
                    Elements.link("/work/assets/\(row.enterprise)", "办理"),
                ]
            }, empty: "没有企业。")
    }

    static func badge(_ state: AssetState) -> HTML {
        switch state {
        case .handedOver, .none: Elements.badge(state.chinese, .good)
        default: Elements.badge(state.chinese, .waiting)
        }
    }
}

/// One enterprise's assets: inventory or none, agreement, hand-over.
struct EnterpriseAssetsPage: Page {
    static let path = "/work/assets/:enterprise"
    static let title = "办理资产划转"
    static let roles = GetAssets.roles
    static let hasForm = true
    private static let columns = ["itemName", "itemKind", "itemSeparable", "itemValue"]

    func show(_ visit: Visit) throws -> HTML {
        let code = visit.request.parameter("enterprise") ?? ""
        let record = try visit.ask(GetAssets(enterprise: code))
        let names = try WorkList.enterpriseNames(visit)
        let role = visit.officer.role
        var steps: [HTML] = []
        if RecordInventory.roles.contains(role), [.awaiting, .inventoried, .none].contains(record.state) {
            steps.append(step(visit, code, "资产清查（第十一条（一））", inventory(visit, record)))
        }
        if DeclareNoAssets.roles.contains(role), record.state == .awaiting {
            let content: HTML = """
                \(WorkList.hidden("step", "none"))<p>企业确无退休人员专用资产的，乡镇不得要求划转或新建（第十一条（三））。</p>
                \(Elements.button("申报无专用资产", kind: "quiet"))
                """
            steps.append(step(visit, code, "无专用资产", content))
        }
        if SignAgreement.roles.contains(role), record.state == .inventoried {
            steps.append(step(visit, code, "签订划转协议（第十六条（五））", agreement(visit, record)))
        }
        if HandOverAssets.roles.contains(role), record.state == .agreed {
            let content: HTML = """
                \(WorkList.hidden("step", "hand-over"))<div class="row">
                \(Elements.dateField("dated", "交接日期", value: visit.shownDay("dated"), latest: visit.desk.today))
                \(Elements.button("办结交接"))</div>
                """
            steps.append(step(visit, code, "资产交接", content))
        }
        return """
            <p><strong>\(names[code] ?? code)</strong>　\(AssetsPage.badge(record.state))</p>
            \(WorkList.facts(facts(record)))\(items(record))\(steps.joined())
            <p>\(Elements.link(AssetsPage.path, "‹ 返回列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let code = visit.request.parameter("enterprise") ?? ""
        switch visit.text("step") {
        case "inventory":
            try visit.order(
                RecordInventory(
                    enterprise: code, items: try Self.items(visit),
                    shareholders: Int(try visit.number("shareholders", "股东数")),
                    stateShareNumerator: try visit.number("numerator", "国有股权比例（分子）"),
                    stateShareDenominator: try visit.number("denominator", "国有股权比例（分母）")))
        case "none": try visit.order(DeclareNoAssets(enterprise: code))
        case "agreement":
            try visit.order(
                SignAgreement(
                    enterprise: code, township: visit.text("township"), agreementNumber: visit.text("agreementNumber"),
                    dated: try visit.day("dated", "签订日期"), decisionDocument: visit.optional("decision"),
                    settlement: visit.optional("settlement")))
        case "hand-over":
            try visit.order(HandOverAssets(enterprise: code, dated: try visit.day("dated", "交接日期")))
        default: throw FormFault.refusal("步骤")
        }
        return Flash.saved.redirect(to: "/work/assets/\(code)")
    }

    private static func items(_ visit: Visit) throws -> [AssetItem] {
        try RepeatedRows.lines(visit, columns).map { line in
            guard let kind = AssetKind(rawValue: line[1]) else { throw FormFault.refusal("资产类别") }
            return AssetItem(
                name: line[0], kind: kind, isSeparable: line[2] != "no",
                bookValueInFen: try AmountText.fen(line[3], "账面价值"))
        }
    }

    private func step(_ visit: Visit, _ code: String, _ title: String, _ content: HTML) -> HTML {
        Elements.section(title, Elements.form(visit, action: "/work/assets/\(code)", content))
    }

    private func facts(_ record: AssetRecord) -> [(String, String)] {
        let share = record.writeDown.map { "\($0.stateShareNumerator)/\($0.stateShareDenominator)" }
        let book = record.writeDown.map { "\(Money(amountInFen: $0.bookValueInFen)) 元" }
        let reduced = record.writeDown.map { "\(Money(amountInFen: $0.writeDownInFen)) 元（第十一条（四））" }
        return [
            ("账面价值", book ?? ""), ("国有股权比例", share ?? ""), ("核减国有权益", reduced ?? ""),
            ("接收乡镇", record.township.map(Elements.townshipName) ?? ""), ("协议编号", record.agreementNumber ?? ""),
            ("签订日期", record.agreedOn?.chinese ?? ""), ("决议文号", record.decisionDocument ?? ""),
            ("交接日期", record.handedOverOn?.chinese ?? ""),
        ]
    }

    private func items(_ record: AssetRecord) -> HTML {
        guard !record.items.isEmpty else { return HTML() }
        return Elements.table(
            headers: ["资产", "类别", "能否分割", "账面价值（元）"],
            rows: record.items.map { item in
                [
                    "\(item.name)", "\(item.kind.chinese)", "\(item.isSeparable ? "可分割" : "难以分割")",
                    "\(Money(amountInFen: item.bookValueInFen).description)",
                ]
            })
    }

    private func inventory(_ visit: Visit, _ record: AssetRecord) -> HTML {
        let known = record.items.map { item in
            [
                item.name, item.kind.rawValue, item.isSeparable ? "yes" : "no",
                Money(amountInFen: item.bookValueInFen).description,
            ]
        }
        let kinds = WorkList.options(AssetKind.self, \.chinese)
        let lines: [[HTML]] = RepeatedRows.shown(visit, Self.columns, known: known).map { line in
            [
                RepeatedRows.input("itemName", "资产名称", value: line[0]),
                RepeatedRows.select("itemKind", "类别", kinds, selected: line[1]),
                RepeatedRows.select(
                    "itemSeparable", "能否分割", [("yes", "可分割"), ("no", "难以分割")], selected: line[2]),
                RepeatedRows.input("itemValue", "账面价值（元）", value: line[3]),
            ]
        }
        let share = record.writeDown
        return """
            \(WorkList.hidden("step", "inventory"))
            \(Elements.table(headers: ["资产名称", "类别", "能否分割", "账面价值（元）"], rows: lines))<div class="row">
            \(Elements.field(
                "shareholders", "股东数", value: visit.optional("shareholders") ?? String(max(1, record.shareholders)),
                type: "number", required: true))
            \(Elements.field(
                "numerator", "国有股权比例：分子",
                value: visit.optional("numerator") ?? String(share?.stateShareNumerator ?? 1), type: "number",
                required: true))
            \(Elements.field(
                "denominator", "分母", value: visit.optional("denominator") ?? String(share?.stateShareDenominator ?? 1),
                type: "number", required: true))
            \(Elements.button("报送清查清单"))</div>
            """
    }

    private func agreement(_ visit: Visit, _ record: AssetRecord) -> HTML {
        """
        \(WorkList.hidden("step", "agreement"))<div>
        \(Elements.select("township", "接收乡镇", Elements.townshipOptions, selected: visit.optional("township")))
        \(Elements.field("agreementNumber", "协议编号", value: visit.text("agreementNumber"), required: true))
        \(Elements.dateField("dated", "签订日期", value: visit.shownDay("dated"), latest: visit.desk.today))
        \(Elements.field(
            "decision", "董事会或股东会决议文号", value: visit.text("decision"),
            hint: record.shareholders > 1 ? "有 \(record.shareholders) 个股东，必填（第十一条（四））" : "单一股东不需填写"))</div>
        \(Elements.textArea(
            "settlement", "难以分割资产的处理", value: visit.text("settlement"), rows: 2, hint: "调换或其他办法（第十一条（二））"))
        \(Elements.button("登记协议"))
        """
    }
}
