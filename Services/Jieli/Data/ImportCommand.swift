import Contracts
import Domain
import Glibc
import Host
import Messaging
import Rosters
import Sheets

/// Reads a roster's file into the ledger.
enum ImportCommand: Subcommand {
    static let name = "import"
    static let summary = "导入退休人员名册"
    static let english = "read a roster of retirees"
    static let options = ["enterprise", "set-aside", "column", "template"] + CommandAccount.options
    static let flags = ["json", "hidden", "preview"] + CommandAccount.flags
    static let wordLimit = 1
    static let help = """
        用法：jieli import 文件 --enterprise 代码 [参数]
          文件             .xlsx 或 .csv 名册，至少有“姓名”“身份证号”两列；几张工作表上的名册分别导入
          --enterprise C   企业的统一社会信用代码（18 位）
          --set-aside F    把未导入的行连同原因写入文件 F，改正后可再次导入
          --preview        只核对、不登记：列出名册、各列的读法、会被搁置的行、已在台账而内容不同的人员
          --column X=Y,…   列名 X 读作 Y（Y 为列名或 - 表示不采用）；为该企业记住，下次自动采用
          --template F     不导入，把空表写入文件 F
          --hidden         筛选掉或隐藏的行一并导入（默认列为未导入）
        \(CommandAccount.help)
          --json           以 JSON 输出结果
        """

    static func run(_ arguments: Arguments) throws {
        if let target = arguments["template"] {
            guard access(target, F_OK) != 0 else { throw CommandFailure.failed("\(target) 已经存在，不会覆盖。请换一个文件名。") }
            try RosterForm.write(path: target)
            return Terminal.print("空表已写入 \(target)。")
        }
        let county = try CountyFolder(arguments)
        let path = try arguments.word(0, "名册文件")
        guard let enterprise = arguments["enterprise"] else { throw CommandFailure.usage("缺少 --enterprise 企业代码。") }
        // Those rows hold whole persons: they are given to an account, and it is written down who got them.
        guard arguments["set-aside"] == nil || arguments["user"] != nil else {
            throw CommandFailure.usage("--set-aside 写出的是个人信息，请同时用 --user 指明账号（人社或企业）。")
        }
        let told = try arguments["column"].map(ImportColumns.read) ?? []
        let bytes = try WholeFile.read(path, limitInBytes: SheetLimits().fileInBytes)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let bus = try RunningBus.connect(county)
        defer { bus.stop() }
        let officer = try CommandAccount.officer(arguments, bus)
        let remembered = try bus.ask(GetHeadings(enterprise: enterprise), of: .registry, as: officer).rows
        let delivery = try RosterDelivery(
            bytes: bytes, fileName: name,
            choices: RosterChoices(
                remembered: remembered, told: told, takesHiddenRows: arguments.has("hidden")))
        if arguments.has("preview") {
            return try ImportPreview(delivery, enterprise, arguments.has("json")).show {
                try bus.ask($0, of: .registry, as: officer)
            }
        }
        for roster in delivery.rosters { if let refusal = roster.refusal { throw refusal } }
        let targets = arguments["set-aside"].map { SetAsideTargets($0, delivery) }
        // Before anything is imported: the file named there may be the only copy of something.
        if let taken = targets?.paths.first(where: { access($0, F_OK) == 0 }) {
            throw CommandFailure.failed("\(taken) 已经存在，不会覆盖。请给 --set-aside 换一个文件名。")
        }
        var reports: [ImportReport] = []
        var texts: [String] = []
        if !told.isEmpty {
            _ = try bus.ask(RememberHeadings(enterprise: enterprise, headings: told), of: .registry, as: officer)
        }
        for (index, sending) in delivery.rosters.enumerated() {
            let outcome = try send(sending, to: enterprise, bus, officer)
            let target = targets?.paths[index]
            if let target { try writeSetAside(outcome.summary.roster, sending, bus, officer, to: target) }
            reports.append(ImportReport(outcome, sending))
            texts.append(text(outcome, sending, setAsideFile: target))
        }
        guard arguments.has("json") else { return Terminal.print(texts.joined(separator: "\n\n")) }
        var report = reports.removeFirst()
        report.further = reports.isEmpty ? nil : reports
        Terminal.print(String(decoding: try JSONCoding.canonical(report), as: UTF8.self))
    }

    private static func send(
        _ sending: RosterSending, to enterprise: String, _ bus: BusClient, _ officer: Officer?
    ) throws -> RosterSending.Outcome {
        var line = ProgressLine("已送出", unit: "行")
        defer { line.end() }
        do {
            let opened = try bus.ask(sending.opening(enterprise: enterprise), of: .registry, as: officer)
            let total = sending.table.rows.count
            return try sending.send(
                to: opened,
                add: { try bus.ask($0, of: .registry, as: officer, command: $1) },
                close: { try bus.ask($0, of: .registry, as: officer, command: $1) },
                progress: { line.show($0, of: total) })
        } catch let refusal as Refusal where refusal.slug == RegistryRefusal.unknownEnterprise.slug {
            line.end()
            throw CommandFailure.failed("\(refusal.message)\n\(try knownEnterprises(bus))")
        }
    }

    private static func knownEnterprises(_ bus: BusClient) throws -> String {
        let rows = try bus.ask(ListEnterprises(), of: .registry, as: .program).rows
        if rows.isEmpty { return "目前没有登记任何企业，请先在网页“企业”页登记。" }
        return "已登记的企业：\n" + Text.table(rows.map { ["  \($0.code)", $0.name] })
    }

    private static func text(
        _ outcome: RosterSending.Outcome, _ sending: RosterSending, setAsideFile: String?
    ) -> String {
        let summary = outcome.summary
        var lines: [String] = []
        if summary.isRepeat {
            lines.append("同一文件已经导入过（名册 \(summary.roster)），没有改动。")
        } else if outcome.resumedAt > 0 {
            lines.append("从上次中断的第 \(outcome.resumedAt + 1) 行继续。")
        }
        lines.append(
            "名册 \(summary.roster)：共 \(summary.rowCount) 行，登记 \(summary.registered) 人，"
                + "未导入 \(summary.setAside) 行，不属移交范围 \(summary.outOfScope) 行。")
        let notes = sending.notes
        lines += notes.filter(\.isLoss).map { "注意：\($0.text)。" } + notes.filter { !$0.isLoss }.map { "\($0.text)。" }
        lines += noted(outcome.noted)
        if !outcome.setAside.isEmpty {
            let shown = outcome.setAside.prefix(20)
            lines.append("")
            lines.append(
                Text.table(
                    [["行", "列", "原因", "怎么办"]]
                        + shown.map {
                            let article = $0.article.map { "（\($0.citation)）" } ?? ""
                            return [String($0.sheetRow), $0.column ?? "-", $0.reason + article, $0.hint]
                        }, right: [0]))
            let rest = outcome.setAside.count - shown.count
            if rest > 0 { lines.append("……还有 \(rest) 行。") }
            lines.append(setAsideFile.map { "已写入 \($0)，改正后可再次导入。" } ?? "用 --set-aside 文件 可把这些行写出来改正。")
        } else if let setAsideFile, summary.setAside + summary.outOfScope > 0 {
            lines.append("未导入的行已写入 \(setAsideFile)。")
        }
        return lines.joined(separator: "\n")
    }

    /// What is to be verified about rows that are registered, the same of several rows in one line.
    private static func noted(_ rows: [NotedRow]) -> [String] {
        var groups: [(text: String, column: String?, rows: [Int])] = []
        for row in rows {
            if let index = groups.firstIndex(where: { $0.text == row.text && $0.column == row.column }) {
                groups[index].rows.append(row.sheetRow)
            } else {
                groups.append((row.text, row.column, [row.sheetRow]))
            }
        }
        guard !groups.isEmpty else { return [] }
        return ["已登记、须核实："]
            + groups.map { group in
                let column = group.column.map { "\($0)：" } ?? ""
                return "  \(column)\(group.text)（\(group.rows.count) 行：第 \(RowList.text(group.rows)) 行）"
            }
    }

    /// All set-aside rows of the roster, those of an earlier sending as well.
    private static func writeSetAside(
        _ roster: Int64, _ sending: RosterSending, _ bus: BusClient, _ officer: Officer?, to path: String
    ) throws {
        var rows: [SetAsideLine] = []
        var after: Int?
        repeat {
            let page = try bus.ask(
                GetSetAside(roster: roster, after: after, limit: 500), of: .registry, as: officer)
            rows += page.rows.map {
                SetAsideLine(
                    sheetRow: $0.row.sheetRow, original: $0.original,
                    reason: $0.row.reason + ($0.row.article.map { "（\($0.citation)）" } ?? ""), hint: $0.row.hint)
            }
            after = page.next
        } while after != nil
        try SetAsideFile.write(
            headings: sending.table.headings, rows: rows, format: sending.table.format, path: path)
    }
}

/// What `import --json` prints. Names are stable.
private struct ImportReport: Codable {
    var roster: RosterSummary
    var setAside: [SetAsideRow]
    var resumedAt: Int
    var skippedRows: Int
    var unrecognizedColumns: [String]
    var notes: [RosterNote]
    var noted: [NotedRow]
    /// The other rosters of the same file.
    var further: [ImportReport]?

    init(_ outcome: RosterSending.Outcome, _ sending: RosterSending) {
        roster = outcome.summary
        setAside = outcome.setAside
        resumedAt = outcome.resumedAt
        skippedRows = sending.table.skippedRows.count
        unrecognizedColumns = sending.table.unrecognizedColumns
        notes = sending.notes
        noted = outcome.noted
    }
}

/// Where the set-aside rows of each roster go: the file that was named, and beside it one for each further roster.
private struct SetAsideTargets {
    let paths: [String]

    init(_ path: String, _ delivery: RosterDelivery) {
        let name = path.split(separator: "/").last ?? ""
        let point = name.contains(".") ? path.lastIndex(of: ".") : nil
        paths = delivery.rosters.indices.map { index in
            guard index > 0 else { return path }
            guard let point else { return "\(path)-\(index + 1)" }
            return "\(path[..<point])-\(index + 1)\(path[point...])"
        }
    }
}
