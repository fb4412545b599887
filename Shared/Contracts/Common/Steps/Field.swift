import Domain

/// What may stand in a field.
public enum FieldKind: Sendable {
    case text
    /// Several texts, one a line.
    case lines
    case choice([FieldChoice])
    case day
    case month
    /// In yuan.
    case money
    case number(ClosedRange<Int>)
    /// Ticked or not.
    case confirmation
    case rows([FieldDescription])
}

/// One of a closed list: as programs write it, and as people read it.
public struct FieldChoice: Equatable, Sendable {
    public var value: String
    public var chinese: String

    public init(_ value: String, _ chinese: String) {
        self.value = value
        self.chinese = chinese
    }
}

/// What a field is called and takes, apart from the type that its text is read into.
public struct FieldDescription: Sendable {
    /// As the command's own JSON calls it.
    public let name: String
    /// As the form and the heading of the column call it.
    public let label: String
    public let kind: FieldKind
    public let isRequired: Bool
    public internal(set) var hint: String?
    /// Differs from person to person: for many, what the system knows of each stands there, or the sheet's line.
    public internal(set) var isPersonal = false
    /// Stands there when nothing was filled in; `today` for the day of today.
    public internal(set) var initial: String?
    /// What is usually filled in; other texts are taken as well.
    public internal(set) var suggestions: [String] = []
    /// Asked of whoever fills in the form, and no part of the command.
    public internal(set) var isFormOnly = false
    /// Refusals of the service that speak of this field, by slug: they are shown beside it.
    public internal(set) var concerns: Set<String> = []
    /// How a pasted line falls into the columns, where it has no tabs.
    public internal(set) var split: (@Sendable (String) -> [String: String])?

    public static let today = "today"

    public var columns: [FieldDescription] {
        if case .rows(let columns) = kind { columns } else { [] }
    }

    /// A refusal of the service as a fault of this field; nil when it speaks of something else.
    public func fault(of refusal: Refusal) -> FieldFault? {
        guard concerns.contains(refusal.slug) else { return nil }
        return FieldFault(field: name, label: label, message: refusal.message + refusal.details.joined(separator: "、"))
    }

    init(_ name: String, _ label: String, _ kind: FieldKind, isRequired: Bool) {
        self.name = name
        self.label = label
        self.kind = kind
        self.isRequired = isRequired
    }
}

/// A field with the type that its text is read into: a step names its fields by these, and so reads each as it was
/// described.
public struct Field<Value: Sendable>: Sendable {
    public private(set) var description: FieldDescription
    let standIn: Value
    let read: @Sendable (FieldValue?, FieldDescription, Filling) throws(FieldProblem) -> Value

    init(
        _ description: FieldDescription, standIn: Value,
        read: @escaping @Sendable (FieldValue?, FieldDescription, Filling) throws(FieldProblem) -> Value
    ) {
        self.description = description
        self.standIn = standIn
        self.read = read
    }

    /// A field whose text is read by itself.
    init(
        _ description: FieldDescription, standIn: Value,
        text read: @escaping @Sendable (String, Filling) throws(FieldProblem) -> Value
    ) {
        self.init(description, standIn: standIn) { value, description, filling throws(FieldProblem) in
            let text = Self.text(value)
            guard !text.isEmpty else {
                if case .choice = description.kind { throw FieldProblem("请选择") }
                throw FieldProblem("请填写")
            }
            return try read(text, filling)
        }
    }

    static func text(_ value: FieldValue?) -> String {
        if case .text(let text) = value { TextForm.trimming(text) } else { "" }
    }

    private func with(_ change: (inout FieldDescription) -> Void) -> Field {
        var field = self
        change(&field.description)
        return field
    }

    public func hint(_ hint: String) -> Field { with { $0.hint = hint } }
    public func personal() -> Field { with { $0.isPersonal = true } }
    public func initially(_ text: String) -> Field { with { $0.initial = text } }
    public func suggesting(_ texts: [String]) -> Field { with { $0.suggestions = texts } }
    public func concerning(_ refusals: Refusal...) -> Field { with { $0.concerns.formUnion(refusals.map(\.slug)) } }
    public func formOnly() -> Field { with { $0.isFormOnly = true } }
    public func pasted(_ split: @escaping @Sendable (String) -> [String: String]) -> Field { with { $0.split = split } }

    /// The same field, which may be left empty.
    public var optional: Field<Value?> {
        var described = FieldDescription(description.name, description.label, description.kind, isRequired: false)
        described.hint = description.hint
        described.isPersonal = description.isPersonal
        described.initial = description.initial
        described.suggestions = description.suggestions
        described.concerns = description.concerns
        described.isFormOnly = description.isFormOnly
        return Field<Value?>(described, standIn: nil) { value, description, filling throws(FieldProblem) in
            Self.text(value).isEmpty ? nil : try self.read(value, description, filling)
        }
    }
}

extension Field<String> {
    /// A line of text.
    public static func text(_ name: String, _ label: String) -> Field {
        Field(FieldDescription(name, label, .text, isRequired: true), standIn: "") {
            (text, _) throws(FieldProblem) in text
        }
    }

    /// A text in a form of its own.
    /// - Parameter read: the text in its usual form; nil when it is none.
    public static func text(
        _ name: String, _ label: String, otherwise complaint: String, _ read: @escaping @Sendable (String) -> String?
    ) -> Field {
        Field(FieldDescription(name, label, .text, isRequired: true), standIn: "") {
            (text, _) throws(FieldProblem) in
            guard let read = read(text) else { throw FieldProblem(complaint) }
            return read
        }
    }
}

extension Field<String> {
    /// One of a closed list of words.
    public static func word(_ name: String, _ label: String, of words: [String]) -> Field {
        let choices = words.map { FieldChoice($0, $0) }
        return Field(FieldDescription(name, label, .choice(choices), isRequired: true), standIn: "") {
            (text, _) throws(FieldProblem) in
            guard words.contains(text) else { throw FieldProblem("请从列表中选择：\(words.joined(separator: "、"))") }
            return text
        }
    }
}

extension Field<[String]> {
    /// Several texts, one a line.
    public static func lines(_ name: String, _ label: String, isRequired: Bool = true) -> Field {
        Field(FieldDescription(name, label, .lines, isRequired: isRequired), standIn: []) {
            value, _, _ throws(FieldProblem) in
            let lines = text(value).split { $0.isNewline || $0 == "；" || $0 == ";" }
                .map { TextForm.trimming(String($0)) }.filter { !$0.isEmpty }
            if isRequired, lines.isEmpty { throw FieldProblem("请填写") }
            return lines
        }
    }
}

extension Field<Int> {
    /// - Parameter unit: may stand behind the number.
    public static func number(
        _ name: String, _ label: String, _ range: ClosedRange<Int>, unit: String = ""
    ) -> Field {
        Field(
            FieldDescription(name, label, .number(range), isRequired: true), standIn: range.lowerBound
        ) { (text, _) throws(FieldProblem) in
            var digits = TextForm.narrowingLettersAndDigits(text)
            if !unit.isEmpty, digits.hasSuffix(unit) { digits.removeLast(unit.count) }
            guard let number = Int(TextForm.trimming(digits)), range.contains(number) else {
                throw FieldProblem("请填写 \(range.lowerBound) 至 \(range.upperBound) 的整数")
            }
            return number
        }
    }
}

extension Field<Int64> {
    /// In fen; written in yuan.
    public static func money(_ name: String, _ label: String) -> Field {
        Field(FieldDescription(name, label, .money, isRequired: true), standIn: 0) {
            (text, _) throws(FieldProblem) in
            do throws(DomainError) {
                return try Money(text).amountInFen
            } catch {
                throw FieldProblem("\(error.message)，请按“元”填写，如 120.50")
            }
        }
    }
}

extension Field<CalendarDay> {
    /// A day, as a date field or as people write it.
    public static func day(_ name: String, _ label: String) -> Field {
        Field(FieldDescription(name, label, .day, isRequired: true), standIn: .earliest) {
            (text, _) throws(FieldProblem) in
            if let day = CalendarDay(text) { return day }
            guard let day = (try? RosterDate.parse(text))?.day else {
                throw FieldProblem("请填写日期，如 2026-11-02")
            }
            return day
        }
    }
}

extension Field<CalendarMonth> {
    public static func month(_ name: String, _ label: String) -> Field {
        Field(
            FieldDescription(name, label, .month, isRequired: true), standIn: CalendarDay.earliest.month
        ) { (text, _) throws(FieldProblem) in
            if let month = CalendarMonth(text) { return month }
            guard let date = try? RosterDate.parse(text) else {
                throw FieldProblem("请填写年月，如 2026-11")
            }
            return date.month
        }
    }
}

extension Field<Bool> {
    /// Ticked or not. In a sheet: 是 or 否.
    public static func confirmation(_ name: String, _ label: String) -> Field {
        Field(FieldDescription(name, label, .confirmation, isRequired: false), standIn: false) {
            value, _, _ throws(FieldProblem) in
            switch text(value) {
            case "on", "true", "是", "√", "已办", "1": return true
            case "", "false", "否", "×", "0": return false
            default: throw FieldProblem("请填写“是”或“否”")
            }
        }
    }
}

extension Field where Value: CaseIterable & RawRepresentable<String> {
    /// One of a closed list, by its name or by the words that people read.
    public static func choice(
        _ name: String, _ label: String, _ chinese: @escaping @Sendable (Value) -> String
    ) -> Field {
        guard let first = Value.allCases.first else { preconditionFailure("a closed list has cases") }
        let choices = Value.allCases.map { FieldChoice($0.rawValue, chinese($0)) }
        return Field(FieldDescription(name, label, .choice(choices), isRequired: true), standIn: first) {
            (text, _) throws(FieldProblem) in
            let known = Value.allCases.first { $0.rawValue == text || chinese($0) == text }
            guard let known else {
                throw FieldProblem("请从列表中选择：\(choices.map(\.chinese).joined(separator: "、"))")
            }
            return known
        }
    }
}

extension Field {
    /// A table, line by line.
    public static func rows<Row>(
        _ name: String, _ label: String, _ columns: [FieldDescription], isRequired: Bool,
        _ row: @escaping @Sendable (Filling) -> Row
    ) -> Field where Value == [Row] {
        Field(FieldDescription(name, label, .rows(columns), isRequired: isRequired), standIn: []) {
            value, description, filling throws(FieldProblem) in
            let rows = filling.rows(value, description, row)
            if description.isRequired, rows.isEmpty { throw FieldProblem("请至少填写一行") }
            return rows
        }
    }
}
