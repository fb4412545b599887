import Contracts
import Domain
import Web

/// A step's fields as a form: drawn from their descriptions, with each fault beside its field, and read back.
enum StepForm {
    /// Lines left free for new entries of a table.
    private static let freeLines = 4

    // MARK: Reading back

    /// What a form sent, by field. A field that it did not have is absent.
    static func values(_ fields: [FieldDescription], _ request: WebRequest) -> [String: FieldValue] {
        var values: [String: FieldValue] = [:]
        for field in fields {
            switch field.kind {
            case .rows(let columns): values[field.name] = .rows(lines(field, columns, request))
            case .confirmation:
                values[field.name] = .text(request.fields(field.name).contains("on") ? "on" : "")
            default:
                if let text = request.field(field.name) { values[field.name] = .text(text) }
            }
        }
        return values
    }

    /// The table's lines, and behind them those that were pasted.
    private static func lines(
        _ field: FieldDescription, _ columns: [FieldDescription], _ request: WebRequest
    ) -> [FieldLine] {
        let cells = columns.map { request.fields("\(field.name).\($0.name)") }
        let count = cells.map(\.count).min() ?? 0
        var found = (0..<count).map { line in
            Dictionary(uniqueKeysWithValues: zip(columns, cells).map { ($0.name, $1[line]) })
        }
        found += pasted(request.field(field.name) ?? "", field, columns)
        return found.filter { $0.values.contains { !TextForm.trimming($0).isEmpty } }.enumerated().map {
            FieldLine(number: $0.offset + 1, cells: $0.element)
        }
    }

    /// Lines copied from a spreadsheet have their cells divided by tabs, in the order of the columns.
    private static func pasted(
        _ text: String, _ field: FieldDescription, _ columns: [FieldDescription]
    ) -> [[String: String]] {
        text.split(whereSeparator: \.isNewline).map { TextForm.trimming(String($0)) }.filter { !$0.isEmpty }.map {
            line in
            if !line.contains("\t"), let split = field.split { return split(line) }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map {
                TextForm.trimming(String($0))
            }
            return Dictionary(zip(columns.map(\.name), cells), uniquingKeysWith: { first, _ in first })
        }
    }

    // MARK: Showing

    /// The fields with what stands in them and what is wrong with it.
    static func html(
        _ fields: [FieldDescription], _ values: [String: FieldValue], _ faults: [FieldFault], today: CalendarDay
    ) -> HTML {
        fields.map { field in
            let own = faults.filter { $0.field == field.name }
            if case .rows(let columns) = field.kind { return table(field, columns, values[field.name], own) }
            return single(field, values[field.name], own, today)
        }.joined()
    }

    private static func single(
        _ field: FieldDescription, _ value: FieldValue?, _ faults: [FieldFault], _ today: CalendarDay
    ) -> HTML {
        var text = ""
        if case .text(let known) = value { text = known }
        let marks = marks(field, isWrong: !faults.isEmpty)
        let below: HTML = """
            \(field.hint.map { "<small id=\"\(field.name)-hint\">\($0)</small>" as HTML })\
            \(complaint(field.name, faults))
            """
        let label: HTML =
            "<span>\(field.label)\(field.isRequired ? HTML() : "<span class=\"muted\">（可不填）</span>" as HTML)</span>"
        switch field.kind {
        case .confirmation:
            return """
                <label class="check"><input type="checkbox" name="\(field.name)" value="on"\
                \(HTML.flag("checked", text == "on" || text == "是"))\(marks)> \(field.label)</label>\(below)
                """
        case .choice(let choices):
            let empty: HTML = field.isRequired && choices.count == 1 ? HTML() : "<option value=\"\">请选择</option>"
            return """
                <label class="field">\(label)<select name="\(field.name)"\(marks)>\(empty)\
                \(options(choices, text))</select>\(below)\
                </label>
                """
        case .lines:
            return """
                <label class="field wide">\(label)<textarea name="\(field.name)" rows="4"\(marks)>\(text)</textarea>\
                \(below)</label>
                """
        default:
            let latest = field.initial == FieldDescription.today ? today.description : nil
            return """
                <label class="field">\(label)<input name="\(field.name)" type="\(type(of: field.kind, text))" \
                value="\(text)"\(HTML.attribute("max", latest))\(list(field.name, field))\(marks)>\
                \(suggestions(field.name, field))\(below)</label>
                """
        }
    }

    private static func options(_ choices: [FieldChoice], _ text: String) -> [HTML] {
        choices.map { choice in
            let isChosen = choice.value == text || choice.chinese == text
            return "<option value=\"\(choice.value)\"\(HTML.flag("selected", isChosen))>\(choice.chinese)</option>"
        }
    }

    /// A date that cannot be read is shown as it was typed: a date field would show nothing.
    private static func type(of kind: FieldKind, _ text: String) -> String {
        switch kind {
        case .day: text.isEmpty || CalendarDay(text) != nil ? "date" : "text"
        case .month: text.isEmpty || CalendarMonth(text) != nil ? "month" : "text"
        default: "text"
        }
    }

    private static func table(
        _ field: FieldDescription, _ columns: [FieldDescription], _ value: FieldValue?, _ faults: [FieldFault]
    ) -> HTML {
        var lines: [FieldLine] = []
        if case .rows(let known) = value { lines = known }
        let blank = (0..<freeLines).map { FieldLine(number: lines.count + 1 + $0, cells: [:]) }
        let rows = (lines + blank).map { line in
            let cells = columns.map { column -> HTML in
                let own = faults.filter { $0.line == line.number && $0.column == column.name }
                let name = "\(field.name).\(column.name)"
                let fault = own.isEmpty ? nil : "\(name)-\(line.number)-fault"
                let text = line.cells[column.name] ?? ""
                let marks: HTML = """
                     aria-label="\(column.label)，第 \(line.number) 行"\
                    \(HTML.attribute("aria-invalid", own.isEmpty ? nil : "true"))\
                    \(HTML.attribute("aria-describedby", fault))
                    """
                var input: HTML = "<input name=\"\(name)\" value=\"\(text)\"\(list(name, column))\(marks)>"
                if case .choice(let choices) = column.kind {
                    let choices: [HTML] = ["<option value=\"\"></option>"] + options(choices, text)
                    input = "<select name=\"\(name)\"\(marks)>\(choices)</select>"
                }
                return """
                    <td>\(input)\(own.map { (each: FieldFault) -> HTML in
                        "<small class=\"wrong\" id=\"\(fault ?? "")\">\(each.message)</small>"
                    })</td>
                    """
            }
            return "<tr><td>\(String(line.number))</td>\(cells)</tr>" as HTML
        }
        let heads = columns.map { column in
            "<th scope=\"col\">\(column.label)\(column.isRequired ? "" : "（可不填）")</th>" as HTML
        }
        let whole = faults.filter { $0.line == nil }
        return """
            <fieldset\(marks(field, isWrong: !whole.isEmpty))><legend>\(field.label)</legend>
            \(field.hint.map { "<p class=\"muted\" id=\"\(field.name)-hint\">\($0)</p>" as HTML })\
            \(complaint(field.name, whole))
            <div class="scroll"><table class="rows"><thead><tr><th scope="col">序号</th>\(heads)</tr></thead>\
            <tbody>\(rows)</tbody></table></div>
            \(columns.map { suggestions("\(field.name).\($0.name)", $0) })
            <details\(HTML.flag("open", lines.isEmpty))><summary>从表格复制多行粘贴</summary>
            <label class="field wide"><span>每行一条，顺序：\(columns.map(\.label).joined(separator: " "))</span>\
            <textarea name="\(field.name)" rows="4"></textarea></label></details></fieldset>
            """
    }

    /// Ties the field to what stands below it, for those who do not see it.
    private static func marks(_ field: FieldDescription, isWrong: Bool) -> HTML {
        let described = (isWrong ? ["\(field.name)-fault"] : []) + (field.hint == nil ? [] : ["\(field.name)-hint"])
        return """
            \(HTML.attribute("aria-invalid", isWrong ? "true" : nil))\
            \(HTML.attribute("aria-describedby", described.isEmpty ? nil : described.joined(separator: " ")))
            """
    }

    private static func complaint(_ name: String, _ faults: [FieldFault]) -> HTML {
        guard !faults.isEmpty else { return HTML() }
        let messages = faults.map(\.message).joined(separator: "；")
        return "<small class=\"wrong\" id=\"\(name)-fault\">\(messages)</small>"
    }

    private static func list(_ name: String, _ field: FieldDescription) -> HTML {
        HTML.attribute("list", field.suggestions.isEmpty ? nil : "\(name)-list")
    }

    private static func suggestions(_ name: String, _ field: FieldDescription) -> HTML {
        guard !field.suggestions.isEmpty else { return HTML() }
        let options = field.suggestions.map { "<option value=\"\($0)\"></option>" as HTML }
        return "<datalist id=\"\(name)-list\">\(options)</datalist>"
    }
}
