import Domain

/// A command about one person as people meet it, described once beside its command: what it is called, by which article
/// it is done, and what is to be filled in. Form, selection, spreadsheet and the description for programs are made from
/// this by the gateway; so a field that is added here appears in all of them, and none parses by hand.
///
/// Here and not in the gateway, because title, fields and what may stand in them are part of what the command means, as
/// its roles and refusals are; how a form or a sheet looks is the gateway's own (`Services/Gateway/Steps`).
public protocol Step: Command {
    /// What is done, as the button says it.
    static var title: String { get }
    static var article: Article? { get }
    /// In the order of the form and of the spreadsheet's columns.
    static var fields: [FieldDescription] { get }
    /// The command as it was filled in. What cannot be read is noted in `filling`, and another value stands in for it:
    /// the command is thrown away then, and all faults are told at once.
    init(of person: PersonID, _ filling: Filling)
    /// What the answer tells beyond "done", e.g. the number of a paper.
    static func word(of reply: Reply) -> String?
    /// What programs send beside the person, where the command's JSON differs from the fields of the form.
    static var members: [FieldDescription] { get }
    /// How the command's JSON names the person: `person`, or `persons` for a list.
    static var personMember: String { get }
}

extension Step {
    public static func word(of reply: Reply) -> String? { nil }
    public static var members: [FieldDescription] { fields.filter { !$0.isFormOnly } }
    public static var personMember: String { "person" }

    /// Reads what was filled in.
    /// - Throws: `FieldFaults` with all that is missing or cannot be read.
    public static func read(
        of person: PersonID, _ values: [String: FieldValue], today: CalendarDay, batch: String? = nil
    ) throws(FieldFaults) -> Self {
        let filling = Filling(values, today: today, batch: batch)
        let command = Self(of: person, filling)
        guard filling.faults.isEmpty else { throw FieldFaults(faults: filling.faults) }
        return command
    }
}

/// What was filled in, as text: read from a form, a sheet or a program alike. As JSON a text or a list of lines.
public enum FieldValue: Codable, Equatable, Sendable {
    case text(String)
    case rows([FieldLine])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .rows(try container.decode([FieldLine].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .rows(let lines): try container.encode(lines)
        }
    }
}

/// A line of a field that is a table.
public struct FieldLine: Codable, Equatable, Sendable {
    /// As people count it: in the form from 1, in a spreadsheet the row there.
    public var number: Int
    /// By the column's name.
    public var cells: [String: String]

    public init(number: Int, cells: [String: String]) {
        self.number = number
        self.cells = cells
    }
}

/// What is wrong with one field. Never what stands in it.
public struct FieldFault: Equatable, Sendable {
    /// The field's name.
    public var field: String
    public var label: String
    /// The line of a table, and its column's name.
    public var line: Int?
    public var column: String?
    /// What is wrong and what to do.
    public var message: String

    /// For a list of faults: where, and what.
    public var sentence: String { "\(label)：\(message)" }
}

/// All that is wrong with what was filled in.
public struct FieldFaults: Error, Equatable, Sendable {
    public var faults: [FieldFault]

    public init(faults: [FieldFault]) { self.faults = faults }
}

/// What was filled in for one person, or in one line of a table, while it is read; collects what is wrong.
public final class Filling {
    public let today: CalendarDay
    /// The same for all who are done together; nil for one alone.
    public let batch: String?
    public private(set) var faults: [FieldFault] = []
    private let values: [String: FieldValue]
    /// Of a line of a table: the table.
    private let table: FieldDescription?
    private let line: Int?

    public convenience init(_ values: [String: FieldValue], today: CalendarDay, batch: String? = nil) {
        self.init(values, today: today, batch: batch, table: nil, line: nil)
    }

    private init(
        _ values: [String: FieldValue], today: CalendarDay, batch: String?, table: FieldDescription?, line: Int?
    ) {
        self.values = values
        self.today = today
        self.batch = batch
        self.table = table
        self.line = line
    }

    /// The field's value, or one that stands in for it, with a fault noted.
    public func callAsFunction<Value>(_ field: Field<Value>) -> Value {
        do throws(FieldProblem) {
            return try field.read(values[field.description.name], field.description, self)
        } catch {
            note(error, field.description)
            return field.standIn
        }
    }

    /// Notes what is wrong with a field although it could be read.
    public func note<Value>(_ message: String, at field: Field<Value>) {
        note(FieldProblem(message), field.description)
    }

    private func note(_ problem: FieldProblem, _ field: FieldDescription) {
        if let table {
            let label = "\(table.label)第 \(line ?? 0) 行“\(field.label)”"
            faults.append(
                FieldFault(field: table.name, label: label, line: line, column: field.name, message: problem.message))
        } else {
            faults.append(FieldFault(field: field.name, label: field.label, message: problem.message))
        }
    }

    /// Reads the lines of a table; those in which nothing stands are passed over.
    func rows<Row>(_ value: FieldValue?, _ table: FieldDescription, _ row: (Filling) -> Row) -> [Row] {
        guard case .rows(let lines) = value else { return [] }
        return lines.filter { $0.cells.values.contains { !TextForm.trimming($0).isEmpty } }.map { line in
            let filling = Filling(
                line.cells.mapValues { .text($0) }, today: today, batch: batch, table: table, line: line.number)
            let read = row(filling)
            faults += filling.faults
            return read
        }
    }
}

/// Why a field could not be read.
public struct FieldProblem: Error {
    public var message: String

    public init(_ message: String) { self.message = message }
}
