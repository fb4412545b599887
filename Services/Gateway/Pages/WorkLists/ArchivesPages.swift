import Contracts
import Domain
import Web

/// The archives bureau's list: files that are awaited or went back to be put in order (第九条).
struct ArchivesPage: Page {
    static let path = "/work/archives"
    static let title = "人事档案"
    static let roles = ArchivesWork.roles
    static let menu: String? = "人事档案"

    func show(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(
            ArchivesWork(narrowing: visit.narrowing, after: visit.after, limit: WorkList.rowsPerPage))
        let names = try WorkList.names(visit, found.rows.map(\.person))
        let mayReceive = ReceiveFile.roles.contains(visit.officer.role)
        let table = Elements.table(
            headers: WorkList.personHeaders + ["状态", "提示"] + (mayReceive ? [""] : []),
            rows: found.rows.map { row in
                WorkList.personCells(row.person, names[row.person]) + [
                    Elements.badge(row.state.chinese, row.state == .returned ? .bad : .waiting),
                    "\(Self.hint(row))",
                ] + (mayReceive ? [Elements.link("/work/archives/\(row.person.rawValue)", "办理")] : [])
            }, empty: WorkList.none(visit, "没有待移交的档案。"))
        return "\(try WorkList.filters(visit))\(table)\(WorkList.next(visit, found.next))"
    }

    private static func hint(_ row: FileWorkRow) -> String {
        if row.isCommitteeManaged { return "县委管理的领导人员，档案按规定不移交（第九条（四））" }
        return row.hasApplication == false ? "企业尚未提出移交申请" : ""
    }
}

/// Taking over one file with its catalogue, sending it back, or noting that it stays (第九条（一）、（二）、（四）).
struct ArchivesFilePage: Page {
    static let path = "/work/archives/:person"
    static let title = "办理人事档案"
    static let roles: Set<Role> = [.archives, .organization]
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let file = try visit.ask(GetFile(person: person))
        let names = try WorkList.names(visit, [person])
        let action = "/work/archives/\(person.rawValue)"
        let returned: HTML =
            file.returnReasons.isEmpty
            ? HTML() : "<p>上次退回原因：\(file.returnReasons.joined(separator: "；"))</p>"
        // The number is the store's: an address cannot claim one.
        let receipt = visit.request.query("did") == "received" ? file.receiptNumber : nil
        let received: HTML? = receipt.map { "<p class=\"done\" role=\"status\">已接收，交接书编号：\($0)</p>" }
        return """
            \(received)\(Elements.table(
                headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            <p>\(Elements.badge(file.state.chinese))</p>\(returned)
            \(steps(visit, file, action))
            <p>\(Elements.link(ArchivesPage.path, "‹ 返回列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let person = try visit.person()
        switch visit.text("step") {
        case "return":
            try visit.order(ReturnFile(person: person, reasons: CatalogueText.lines(visit.text("reasons"))))
            return Flash.refused.redirect(to: ArchivesPage.path)
        case "hold-back":
            try visit.order(
                HoldBackFile(person: person, ground: try visit.choice("ground", "依据", of: HoldBackGround.self)))
            return Flash.saved.redirect(to: ArchivesPage.path)
        case "release":
            try visit.order(ReleaseFile(person: person))
            return Flash.undone.redirect(to: "/work/archives/\(person.rawValue)")
        default:
            guard let volumes = Int(visit.text("volumes")) else { throw FormFault.refusal("卷数") }
            try visit.order(
                ReceiveFile(
                    person: person, scheme: try visit.choice("scheme", "档案类别", of: FileScheme.self),
                    volumes: volumes, catalogue: try CatalogueText.catalogue(visit.text("catalogue")),
                    missing: try CatalogueText.missing(visit.text("missing")),
                    dated: try visit.day("dated", "接收日期")))
            return .redirect(to: Address("/work/archives/\(person.rawValue)", [("did", "received")]).string)
        }
    }

    /// What the file's state leaves to do; what was received is shown as it was entered.
    private func steps(_ visit: Visit, _ file: FileRecord, _ action: String) -> HTML {
        func section(_ title: String, _ content: HTML) -> HTML {
            Elements.section(title, Elements.form(visit, action: action, content))
        }
        switch file.state {
        case .received where !ReturnFile.roles.contains(visit.officer.role): return FileContentsView.show(file)
        case .received:
            return "\(FileContentsView.show(file))\(section("退回整理", returning(visit)))"
        case .heldBack:
            let release: HTML = """
                \(WorkList.hidden("step", "release"))
                <p>\(file.ground?.chinese)。登记有误的可以撤销，档案重新列为待移交。</p>
                \(Elements.button("撤销不移交登记", kind: "danger"))
                """
            return section("不移交登记（第九条（四））", release)
        case .awaiting, .returned:
            guard ReceiveFile.roles.contains(visit.officer.role) else { return section("按规定不移交", holding(visit)) }
            return """
                \(section("接收档案", receiving(visit)))\(section("退回整理", returning(visit)))\
                \(section("按规定不移交", holding(visit)))
                """
        }
    }

    private func receiving(_ visit: Visit) -> HTML {
        """
        \(WorkList.hidden("step", "receive"))<div>
        \(Elements.select(
            "scheme", "档案类别", WorkList.options(FileScheme.self, \.chinese), selected: visit.optional("scheme")))
        \(Elements.field("volumes", "卷数", value: visit.optional("volumes") ?? "1", type: "number", required: true))
        \(Elements.dateField("dated", "接收日期", value: visit.shownDay("dated"), latest: visit.desk.today))</div>
        \(Elements.textArea(
            "catalogue", "档案目录（每行一份材料：类号 材料名称 形成时间 页数 备注）", value: visit.text("catalogue"), rows: 8,
            hint: "例：1 履历表 1985-06 4。类号 1 至 10，干部档案的 4、9 类写到小类，如 4-1。"))
        \(Elements.textArea(
            "missing", "缺少的材料（每行一份：类号 材料名称 证明文号）", value: visit.text("missing"), rows: 3,
            hint: "确实无法补齐的，须有书面说明（第九条（一））。"))
        \(Elements.button("接收并生成交接书编号"))
        """
    }

    private func returning(_ visit: Visit) -> HTML {
        """
        \(WorkList.hidden("step", "return"))
        \(Elements.textArea("reasons", "需要整理的问题（每行一条）", value: visit.text("reasons"), rows: 3))
        \(Elements.button("退回企业整理", kind: "danger"))
        """
    }

    private func holding(_ visit: Visit) -> HTML {
        """
        \(WorkList.hidden("step", "hold-back"))<div class="row">
        \(Elements.select(
            "ground", "依据", WorkList.options(HoldBackGround.self, \.chinese), selected: visit.optional("ground")))
        \(Elements.button("登记为不移交", kind: "danger"))</div>
        """
    }
}

/// A received file as it was entered: the hand-over document's number, the catalogue and what is missing.
enum FileContentsView {
    static func show(_ file: FileRecord) -> HTML {
        let facts = WorkList.facts([
            ("交接书编号", file.receiptNumber ?? ""), ("接收日期", file.receivedOn?.chinese ?? ""),
            ("档案类别", file.scheme?.chinese ?? ""), ("卷数", String(file.volumes)),
        ])
        let catalogue = Elements.table(
            headers: ["序号", "类号", "材料名称", "形成时间", "页数", "备注"],
            rows: file.catalogue.enumerated().map { index, entry in
                [
                    "\(index + 1)", "\(entry.classNumber)", "\(entry.title)", "\(entry.formedOn)", "\(entry.pages)",
                    "\(entry.remark)",
                ]
            })
        let missing: HTML =
            file.missing.isEmpty
            ? HTML()
            : Elements.section(
                "缺少的材料",
                Elements.table(
                    headers: ["类号", "材料名称", "证明"],
                    rows: file.missing.map { ["\($0.classNumber)", "\($0.title)", "\($0.proof)"] }))
        return "\(Elements.section("已接收的档案", facts))\(Elements.section("档案目录", catalogue))\(missing)"
    }
}
