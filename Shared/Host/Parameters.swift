import Contracts
import Domain
import Store

extension Snapshot {
    /// The value that holds on a day; nil before the first row.
    public func value<Value>(
        of parameter: Parameter<Value>, on day: CalendarDay
    ) throws -> DatedValue<Value>? {
        let shipped = parameter.defaults.last { $0.holdsFrom <= day }
        let set = try first(
            """
            SELECT holds_from, value, source FROM parameter WHERE name = ? AND holds_from <= ?
            ORDER BY holds_from DESC LIMIT 1
            """, parameter.name, day.description
        ) { row in
            DatedValue(
                try JSONCoding.value(Value.self, from: Array(try row.text(1).utf8)),
                from: try Stored.value(CalendarDay(try row.text(0))), source: try row.text(2))
        }
        guard let set else { return shipped }
        return shipped.map { $0.holdsFrom > set.holdsFrom ? $0 : set } ?? set
    }
}

extension WriteContext {
    public func value<Value>(of parameter: Parameter<Value>, on day: CalendarDay) throws -> DatedValue<Value>? {
        try transaction.value(of: parameter, on: day)
    }
}

extension ReadContext {
    public func value<Value>(of parameter: Parameter<Value>, on day: CalendarDay) throws -> DatedValue<Value>? {
        try snapshot.value(of: parameter, on: day)
    }
}

/// A parameter's new row, and the days on which it is the one that holds.
public struct ParameterChange: Sendable {
    public let parameter: String
    public let holdsFrom: CalendarDay
    /// The day of the next row; nil when none follows.
    public let until: CalendarDay?

    public init(parameter: String, holdsFrom: CalendarDay, until: CalendarDay?) {
        self.parameter = parameter
        self.holdsFrom = holdsFrom
        self.until = until
    }

    /// The day after the last, for comparisons in SQL.
    public var end: CalendarDay { until ?? .latest }
}

/// The messages about parameters, which every service answers.
enum Parameters {
    static func list(_ parameters: [any AnyParameter], _ snapshot: Snapshot) throws -> ParameterHistories {
        ParameterHistories(
            parameters: try parameters.map { parameter in
                ParameterHistory(
                    name: parameter.name, title: parameter.title, form: parameter.form,
                    roles: Role.allCases.filter(parameter.roles.contains),
                    rows: try rows(parameter, snapshot))
            })
    }

    private static func rows(_ parameter: any AnyParameter, _ snapshot: Snapshot) throws -> [ParameterRow] {
        let set = try snapshot.rows(
            "SELECT holds_from, value, source, set_by, set_at FROM parameter WHERE name = ?", parameter.name
        ) { row in
            let value = try row.text(1)
            return ParameterRow(
                holdsFrom: try Stored.value(CalendarDay(try row.text(0))), value: value,
                text: (try? parameter.check(value).text) ?? value, source: try row.text(2), setBy: try row.text(3),
                setAt: try row.timestamp(4))
        }
        return (parameter.shipped + set).sorted { $0.holdsFrom < $1.holdsFrom }
    }

    /// Enters the row and lets the service make open decisions anew. Of a preview nothing remains; its reach is that of
    /// the same work, so that it cannot tell anything else.
    static func set<Logic: ServiceLogic>(
        _ command: SetParameter, _ logic: Logic, _ context: WriteContext
    ) throws -> ParameterReach {
        guard let parameter = Logic.parameters.first(where: { $0.name == command.parameter }) else {
            throw ParameterRefusal.unknown
        }
        guard parameter.roles.contains(context.officer.role) else { throw CommonRefusal.roleNotEntitled }
        let value = try parameter.check(command.value).canonical
        let source = TextForm.trimming(command.source)
        guard (4...200).contains(source.count) else { throw ParameterRefusal.sourceMissing }
        let days = try rows(parameter, context.transaction).map(\.holdsFrom)
        guard !days.contains(command.holdsFrom) else { throw ParameterRefusal.dayTaken }
        let change = ParameterChange(
            parameter: parameter.name, holdsFrom: command.holdsFrom, until: days.first { $0 > command.holdsFrom })
        func carryOut() throws -> ParameterReach {
            try context.transaction.execute(
                """
                INSERT INTO parameter(name, holds_from, value, source, set_by, set_role, set_at)
                VALUES(?, ?, ?, ?, ?, ?, ?)
                """, parameter.name, command.holdsFrom.description, value, source, context.officer.user,
                context.officer.role.rawValue, context.now.millisecondsSinceEpoch)
            // In the chain of hashes as well, so that nobody slips a rule in. Its name is in no contract: other
            // services get it without its body, and have nothing to do with it.
            _ = try context.transaction.append(
                name: ParameterEntry.name, version: 1, key: "parameter:\(parameter.name)", actor: context.acting.text,
                body: JSONCoding.bytes(
                    ParameterEntry(
                        parameter: parameter.name, value: value, holdsFrom: command.holdsFrom, source: source)))
            return try logic.decideAnew(change, context)
        }
        guard command.isPreview else {
            let reach = try carryOut()
            guard reach.decided == 0 || command.isRetroactive else {
                throw ParameterRefusal.decided.naming(["\(reach.decided) 件"])
            }
            return reach
        }
        do {
            return try context.transaction.attempt { throw Preview(reach: try carryOut()) }
        } catch let preview as Preview {
            return preview.reach
        }
    }

    /// A row as the log tells of it.
    private struct ParameterEntry: Encodable {
        static let name = "parameter.entered"

        let parameter: String
        let value: String
        let holdsFrom: CalendarDay
        let source: String
    }

    /// Takes a preview's work back.
    private struct Preview: Error {
        let reach: ParameterReach
    }
}
