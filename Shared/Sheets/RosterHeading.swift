import Domain

extension RosterField {
    /// The column that a heading means, whatever blanks, line breaks, stars, numbering and notes in brackets it
    /// carries; nil when it is none of these.
    public init?(heading: String) {
        var rest = Heading.normalized(heading)
        if let column = Self.byHeading[Heading.withoutBrackets(rest)] {
            self = column
            return
        }
        // Brackets may belong to the heading, 社区(村), and a note may follow in others.
        while true {
            if let column = Self.byHeading[rest] {
                self = column
                return
            }
            guard rest.hasSuffix(")"), let opening = rest.lastIndex(of: "(") else { return nil }
            rest = String(rest[..<opening])
        }
    }

    private static let byHeading: [String: RosterField] = {
        var result: [String: RosterField] = [:]
        for column in allCases {
            for heading in column.headings { result[heading] = column }
        }
        return result
    }()
}

/// What headings mean: what a sender said of them by hand, before what is known.
public struct HeadingMeanings: Sendable {
    /// By the normalised heading; nil for a column that is not to be used.
    private let told: [String: RosterField?]

    /// - Parameter told: the headings as they stand in the file, and what each means; nil for not to be used.
    public init(_ told: [String: RosterField?] = [:]) {
        self.told = Dictionary(told.map { (Heading.normalized($0.key), $0.value) }, uniquingKeysWith: { $1 })
    }

    /// What was said of a heading; nil when nothing was.
    func told(_ heading: String) -> RosterField?? { told[Heading.normalized(heading)] }

    func field(_ heading: String) -> RosterField? {
        if let told = told(heading) { return told }
        return RosterField(heading: heading)
    }
}

/// The text of headings.
enum Heading {
    static func isSame(_ left: String, _ right: String) -> Bool { normalized(left) == normalized(right) }

    /// ASCII width, no blanks or stars, square brackets as round ones, no numbering in front, no colon behind.
    static func normalized(_ heading: String) -> String {
        // No heading is long; long cells are not worth the work, and every cell of the first rows comes by here.
        guard heading.utf8.count <= 300 else { return heading }
        var scalars = TextForm.removingBlanks(TextForm.narrowing(heading)).unicodeScalars.compactMap {
            scalar -> Unicode.Scalar? in
            switch scalar {
            case "*", "★", "▲", "●", "\"": nil
            case "[", "【", "〔", "〈": "("
            case "]", "】", "〕", "〉": ")"
            default: scalar
            }
        }
        let numbering = scalars.prefix { ("0"..."9").contains($0) }.count
        if numbering > 0, numbering < scalars.count, [".", "、", ")"].contains(scalars[numbering]) {
            scalars.removeFirst(numbering + 1)
        }
        while scalars.last == ":" { scalars.removeLast() }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Without notes such as `(必填)`, `(元)` or `(格式1955.12)`.
    static func withoutBrackets(_ normalized: String) -> String {
        var depth = 0
        return normalized.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth = max(0, depth - 1) } }
            return depth == 0
        }
    }

    /// True for the column that only counts the rows.
    static func isSerial(_ heading: String) -> Bool {
        ["序号", "编号", "顺序号", "行号", "号", "No", "NO", "No.", "NO."].contains(normalized(heading))
    }

    /// True for a heading over several columns that are about somebody else.
    static func isAboutOthers(_ heading: String) -> Bool {
        let text = normalized(heading)
        return text.count <= 12
            && ["配偶", "子女", "家属", "亲属", "联系人", "遗属", "供养", "监护人"].contains { text.contains($0) }
    }
}
