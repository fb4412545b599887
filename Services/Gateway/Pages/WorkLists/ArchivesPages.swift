import Contracts
import Domain
import Web

/// The archives bureau's list: files that are awaited or went back to be put in order (第九条).
struct ArchivesPage: Page {
    static let path = "/work/archives"
    static let title = "人事档案"
    static let roles = ArchivesWork.roles
    static let menu: String? = "人事档案"

    static let list = PeopleList<FileWorkRow>(
        of: ArchivesPage.self,
        columns: [
            .init(
                "状态", html: { Elements.badge($0.row.state.chinese, $0.row.state == .returned ? .bad : .waiting) },
                text: { $0.row.state.chinese }),
            .init("提示") { hint($0.row) },
        ], empty: "没有待移交的档案。", person: { $0.person }, total: { try $0.waiting(for: .archives, $1) },
        ask: { visit, scope in
            let found = try visit.ask(ArchivesWork(narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return (found.rows, found.next)
        })

    func show(_ visit: Visit) throws -> HTML { try Self.list.html(visit) }

    private static func hint(_ row: FileWorkRow) -> String {
        if row.isCommitteeManaged { return "县委管理的领导人员档案，按规定不移交（第九条（四））" }
        let hints = [
            row.hasApplication == false ? "企业尚未提出移交申请" : nil, row.hasCatalogue == true ? "企业已登记目录" : nil,
        ]
        return hints.compactMap { $0 }.joined(separator: "；")
    }
}

/// One file: where it is, what is in it, and what can be done with it (第九条（一）、（二）、（四）).
struct ArchivesFilePage: Page {
    static let path = "/work/archives/:person"
    static let title = "人事档案"
    static let roles: Set<Role> = [.archives, .organization, .enterprise]

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let file = try visit.ask(GetFile(person: person))
        let names = try WorkList.names(visit, [person])
        let returned: HTML? =
            file.returnReasons.isEmpty ? nil : "<p>上次退回原因：\(file.returnReasons.joined(separator: "；"))</p>"
        let ground: HTML? = file.ground.map { "<p>\($0.chinese)。登记有误的可以撤销，档案重新列为待移交。</p>" }
        let contents: HTML? = file.catalogue.isEmpty ? nil : FileContentsView.show(file)
        return """
            \(Elements.table(
                headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            <p>\(Elements.badge(file.state.chinese))</p>\(returned)\(ground)\(contents)
            \(StepBar.links(visit, Self.steps(file.state), person))
            <p>\(Elements.link(ArchivesPage.path, "‹ 返回列表"))</p>
            """
    }

    /// What the file's state leaves to do.
    private static func steps(_ state: FileState) -> [String] {
        switch state {
        case .received: [ReturnFile.name]
        case .heldBack: [ReleaseFile.name]
        case .awaiting, .returned: [SubmitCatalogue.name, ReceiveFile.name, ReturnFile.name, HoldBackFile.name]
        }
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
        let title = file.state == .received ? "已接收的档案" : "企业登记的档案"
        return "\(Elements.section(title, facts))\(Elements.section("档案目录", catalogue))\(missing)"
    }
}
