import Contracts
import Domain
import Host
import Store

/// The monthly lists (第十六条（四）): reads.
extension BenefitsReads {
    /// The lists that hold people of the area, with those people counted, the last first. One that is still being
    /// written is not among them.
    func intakeLists(within area: Area) throws -> [IntakeListRow] {
        let (inside, value) = Self.condition(area)
        let underWay = try Set(snapshot.underWay(ListBuilding.name))
        return try snapshot.rows(
            """
            SELECT intake_list.id, month, sum(people), sum(checked), sum(differing), built_at
            FROM intake_list JOIN list_count ON list_count.list = intake_list.id WHERE \(inside)
            GROUP BY intake_list.id HAVING sum(people) > 0 ORDER BY intake_list.id DESC
            """, value
        ) { row in
            IntakeListRow(
                list: try row.integer(0), month: try Stored.value(CalendarMonth(try row.text(1))),
                people: try row.int(2), checked: try row.int(3), differing: try row.int(4),
                builtAt: try row.timestamp(5))
        }.filter { !underWay.contains($0.list) }
    }

    /// The months before `month` in which people of the area were accepted who are on no list yet.
    func unlistedMonths(within area: Area, before month: CalendarMonth) throws -> [CalendarMonth] {
        let scope = PeopleScope(area)
        var months: [CalendarMonth] = []
        var last = ""
        // From month to month by the index, however many people each has.
        while true {
            let day = try snapshot.first(
                """
                SELECT min(accepted_on) FROM person WHERE accepted_on > ? AND accepted_on < ? AND \(scope.sql)
                AND accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0
                """, values: [last, month.firstDay.description] + scope.values
            ) { try $0.optionalText(0) }
            guard let day = day ?? nil else { return months }
            let found = try Stored.value(CalendarMonth(String(day.prefix(7))))
            months.append(found)
            last = found.lastDay.description
        }
    }

    /// The first people of the area accepted up to a day who are on no list yet, in the order of their days.
    func unlisted(within area: Area, acceptedUpTo day: CalendarDay, limit: Int) throws -> [PersonID] {
        let scope = PeopleScope(area)
        return try snapshot.rows(
            """
            SELECT id FROM person WHERE accepted_on <= ? AND \(scope.sql)
            AND accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0 ORDER BY accepted_on, id LIMIT ?
            """, values: [day.description] + scope.values + [limit]
        ) { PersonID(try $0.integer(0)) }
    }

    func unlistedCount(within area: Area, acceptedUpTo day: CalendarDay) throws -> Int {
        let scope = PeopleScope(area)
        let count = try snapshot.scalar(
            """
            SELECT count(*) FROM person WHERE accepted_on <= ? AND \(scope.sql)
            AND accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0
            """, values: [day.description] + scope.values)
        return Int(count ?? 0)
    }

    func peopleCount(ofList list: Int64) throws -> Int {
        Int(try snapshot.scalar("SELECT sum(people) FROM list_count WHERE list = ?", list) ?? 0)
    }

    func month(ofList list: Int64) throws -> CalendarMonth {
        let text = try snapshot.first("SELECT month FROM intake_list WHERE id = ?", list) { try $0.text(0) }
        return try Stored.value(text.flatMap(CalendarMonth.init))
    }
}
