import Contracts
import Domain
import Sheets

/// A step as a spreadsheet: a first sheet with a line for each person, and one for each field that is a table, with a
/// line for each of its lines. Whoever gets it fills in what is missing and sends it back; what comes back refused has
/// the reasons in a last column, which is passed over when it is read again.
struct StepSheet {
    /// A person's line: who, and what is filled in already.
    struct Line {
        var person: PersonID?
        var row: PersonRow?
        /// As it was typed, where the sheet named nobody.
        var typed: [String: String] = [:]
        var values: [String: FieldValue] = [:]
        var reason = ""
    }

    static let numberHeading = "人员编号"
    static let nameHeading = "姓名"
    static let identityHeading = "身份证号"
    static let reasonHeading = "未办原因"
    private static let keyHeadings = [numberHeading, nameHeading, identityHeading]

    let step: AnyStep

    private var singles: [FieldDescription] { step.fields.filter { $0.columns.isEmpty } }
    private var tables: [FieldDescription] { step.fields.filter { !$0.columns.isEmpty } }

    // MARK: Writing

    /// - Parameter hasReasons: whether a column tells why a line was not carried out.
    /// - Throws: a `Refusal`.
    func bytes(_ lines: [Line], hasReasons: Bool = false) throws -> [UInt8] {
        let heads = [
            TemplateColumn(Self.numberHeading, note: "系统编号，请勿改动；没有编号的可只填身份证号。"), TemplateColumn(Self.nameHeading),
            TemplateColumn(Self.identityHeading), TemplateColumn("企业"), TemplateColumn("乡镇"),
        ]
        var sheets = [
            TemplateSheet(
                name: step.title,
                columns: heads + singles.map(Self.column) + (hasReasons ? [TemplateColumn(Self.reasonHeading)] : []),
                rows: lines.map { line in
                    Self.keys(line) + [line.row?.enterpriseName ?? "", line.row.map(Self.township) ?? ""]
                        + singles.map { Self.shown($0, line.values[$0.name]) } + (hasReasons ? [line.reason] : [])
                })
        ]
        for table in tables {
            sheets.append(
                TemplateSheet(
                    name: table.label,
                    columns: Self.keyHeadings.map { TemplateColumn($0) } + table.columns.map(Self.column),
                    rows: lines.flatMap { line -> [[String]] in
                        guard case .rows(let rows) = line.values[table.name], !rows.isEmpty else {
                            return [Self.keys(line)]
                        }
                        return rows.map { row in
                            Self.keys(line) + table.columns.map { row.cells[$0.name] ?? "" }
                        }
                    }))
        }
        do throws(SheetError) {
            return try TemplateFile.bytes(sheets)
        } catch {
            throw Refusal(error.code, .busy, "\(error.message)。", details: error.hint.isEmpty ? [] : [error.hint])
        }
    }

    private static func keys(_ line: Line) -> [String] {
        [
            line.person.map { String($0.rawValue) } ?? line.typed[numberHeading] ?? "",
            line.row?.name ?? line.typed[nameHeading] ?? "",
            line.row?.maskedIdentity ?? line.typed[identityHeading] ?? "",
        ]
    }

    private static func township(_ row: PersonRow) -> String { Elements.townshipName(row.township) }

    private static func column(_ field: FieldDescription) -> TemplateColumn {
        var notes = [field.isRequired ? "必填" : "可不填"]
        if let hint = field.hint { notes.append(hint) }
        switch field.kind {
        case .choice(let choices):
            return TemplateColumn(
                field.label, note: notes.joined(separator: "。"), choices: choices.map(\.chinese), isClosed: true)
        case .confirmation:
            return TemplateColumn(field.label, note: notes.joined(separator: "。"), choices: ["是", "否"], isClosed: true)
        case .day: notes.append("如 2026-11-02")
        case .month: notes.append("如 2026-11")
        case .money: notes.append("单位：元")
        case .lines: notes.append("多条之间用分号隔开")
        case .number(let range): notes.append("\(range.lowerBound) 至 \(range.upperBound) 的整数")
        case .text, .rows: break
        }
        return TemplateColumn(field.label, note: notes.joined(separator: "。"), choices: field.suggestions)
    }

    /// As people read it: of a closed list its words, of a tick yes or no.
    private static func shown(_ field: FieldDescription, _ value: FieldValue?) -> String {
        guard case .text(let text) = value else { return "" }
        switch field.kind {
        case .choice(let choices): return choices.first { $0.value == text }?.chinese ?? text
        case .confirmation: return text == "on" ? "是" : text
        case .lines: return text.split(whereSeparator: \.isNewline).joined(separator: "；")
        default: return text
        }
    }

    // MARK: Reading back

    /// A line of the first sheet, with the lines of the others that belong to it.
    struct ReadLine {
        var sheetRow: Int
        var number: String
        var name: String
        var identity: String
        var values: [String: FieldValue]
    }

    /// What a file holds, and what of it was not used.
    struct Reading {
        var lines: [ReadLine] = []
        /// To be told to whoever sent it: unknown columns, lines of other sheets that belong to nobody.
        var remarks: [String] = []
    }

    /// - Throws: a `Refusal` when the file cannot be read or is not a table of this step.
    func read(_ bytes: [UInt8], fileName: String) throws -> Reading {
        let sheets: [Sheet]
        do throws(SheetError) {
            sheets = try SheetFile.book(bytes: bytes, name: fileName).visible
        } catch {
            throw Refusal(error.code, .invalid, "\(error.message)。", details: error.hint.isEmpty ? [] : [error.hint])
        }
        var reading = Reading()
        guard let main = sheets.lazy.compactMap({ Grid($0, singles, step.fields) }).first else {
            throw Self.notThisStep.naming(["请在“\(step.title)”页下载表格，填写后上传"])
        }
        reading.remarks += main.unknown
        var lines = main.rows.map { row in
            ReadLine(
                sheetRow: row.number, number: row.key(Self.numberHeading), name: row.key(Self.nameHeading),
                identity: row.key(Self.identityHeading), values: row.values(singles))
        }
        for table in tables {
            guard let sheet = sheets.first(where: { $0.name == table.label }),
                let grid = Grid(sheet, table.columns, table.columns)
            else { continue }
            reading.remarks += grid.unknown.map { "“\(table.label)”：\($0)" }
            var byKey: [String: [FieldLine]] = [:]
            var last = ""
            for row in grid.rows {
                let cells = row.cells(table.columns)
                let own = row.joinedKey
                // Merged or empty cells below a person's first line belong to that person.
                if !own.isEmpty { last = own }
                guard cells.values.contains(where: { !$0.isEmpty }) else { continue }
                byKey[last, default: []].append(FieldLine(number: row.number, cells: cells))
            }
            for index in lines.indices {
                lines[index].values[table.name] = .rows(byKey.removeValue(forKey: lines[index].joinedKey) ?? [])
            }
            let strays = byKey.values.joined().map(\.number).sorted()
            if !strays.isEmpty {
                let rows = strays.prefix(10).map { String($0) }.joined(separator: "、")
                reading.remarks.append("“\(table.label)”中有 \(strays.count) 行的人员不在“\(step.title)”表中，未采用：第 \(rows) 行")
            }
        }
        reading.lines = lines
        return reading
    }

    static let notThisStep = Refusal("gateway.sheet.not-this-step", .invalid, "这不是本事项的表格，请核对后重新上传：")
}

extension StepSheet.ReadLine {
    fileprivate var joinedKey: String { StepSheet.key(number, identity, name) }
}

extension StepSheet {
    /// Tells whom a line belongs to: by number, else by ID number, else by name.
    fileprivate static func key(_ number: String, _ identity: String, _ name: String) -> String {
        if !number.isEmpty { return "#\(number)" }
        return identity.isEmpty ? name : identity
    }

    /// A sheet whose heading was found.
    fileprivate struct Grid {
        struct Row {
            var number: Int
            var byHeading: [String: String]

            func key(_ heading: String) -> String { byHeading[heading] ?? "" }

            var joinedKey: String { StepSheet.key(key(numberHeading), key(identityHeading), key(nameHeading)) }

            func cells(_ columns: [FieldDescription]) -> [String: String] {
                Dictionary(uniqueKeysWithValues: columns.map { ($0.name, key($0.label)) })
            }

            func values(_ fields: [FieldDescription]) -> [String: FieldValue] {
                Dictionary(uniqueKeysWithValues: fields.map { ($0.name, FieldValue.text(key($0.label))) })
            }
        }

        private(set) var rows: [Row] = []
        private(set) var unknown: [String] = []

        /// Nil when the sheet has no heading that names people and, if the step has fields, one of them.
        init?(_ sheet: Sheet, _ columns: [FieldDescription], _ fields: [FieldDescription]) {
            let labels = Set(columns.map(\.label))
            let head = (0..<min(sheet.rowCount, 10)).first { index in
                let cells = Set(sheet.row(at: index).map(TextForm.removingBlanks))
                return !cells.isDisjoint(with: [numberHeading, identityHeading])
                    && (labels.isEmpty || !cells.isDisjoint(with: labels))
            }
            guard let head else { return nil }
            let headings = sheet.row(at: head).map(TextForm.removingBlanks)
            let known = labels.union(keyHeadings).union(["企业", "乡镇", reasonHeading])
            let strangers = headings.filter { !$0.isEmpty && !known.contains($0) }
            if !strangers.isEmpty { unknown = ["不认识的列，未采用：\(strangers.joined(separator: "、"))"] }
            for index in (head + 1)..<max(head + 1, sheet.rowCount) {
                let cells = sheet.row(at: index).map(TextForm.trimming)
                let pairs = zip(headings, cells).filter { !$0.0.isEmpty }
                let row = Row(
                    number: sheet.number(ofRow: index),
                    byHeading: Dictionary(pairs.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first }))
                if row.byHeading.values.contains(where: { !$0.isEmpty }) { rows.append(row) }
            }
        }
    }
}
