import Web

/// A form's part that repeats line by line, such as the items of an inventory. Lines that are left empty are not sent
/// on.
enum RepeatedRows {
    /// Lines left free for new entries.
    static let freeLines = 4

    static func input(_ name: String, _ label: String, value: String) -> HTML {
        "<input name=\"\(name)\" value=\"\(value)\" aria-label=\"\(label)\">"
    }

    static func select(_ name: String, _ label: String, _ options: [(String, String)], selected: String) -> HTML {
        let choices = options.map { value, text in
            "<option value=\"\(value)\"\(HTML.flag("selected", value == selected))>\(text)</option>" as HTML
        }
        return "<select name=\"\(name)\" aria-label=\"\(label)\">\(choices)</select>"
    }

    /// What a form shows: the lines that were sent when it was refused, else those that are known; and some free ones.
    static func shown(_ visit: Visit, _ names: [String], known: [[String]]) -> [[String]] {
        let sent = lines(visit, names)
        let blank = [[String]](repeating: names.map { _ in "" }, count: freeLines)
        return (sent.isEmpty ? known : sent) + blank
    }

    /// The lines that were sent, each with its cells in the order of `names`; those whose entered cell is empty
    /// are left out.
    /// - Parameter names: the first is the cell that decides whether a line is filled.
    static func lines(_ visit: Visit, _ names: [String]) -> [[String]] {
        let columns = names.map { visit.request.fields($0) }
        guard let first = columns.first, columns.allSatisfy({ $0.count == first.count }) else { return [] }
        return first.indices.filter { !first[$0].allSatisfy(\.isWhitespace) }.map { line in columns.map { $0[line] } }
    }
}
