import Contracts
import Domain
import Host

/// Reads of what a new value of a parameter concerns.
extension PartyRelationsReads {
    /// Dues reckoned on the days of the change and written on no letter yet.
    func openDues(
        _ change: ParameterChange
    ) throws -> [(person: PersonID, township: String, baseInFen: Int64, on: CalendarDay)] {
        try snapshot.rows(
            """
            SELECT \(StoredTransfer.columns), dues_on FROM transfer
            WHERE is_withdrawn = 0 AND state IN ('prepared', 'returned') AND dues_on >= ? AND dues_on < ?
            ORDER BY person
            """, change.holdsFrom.description, change.end.description
        ) { row in
            let transfer = try StoredTransfer(row, sealer)
            let day = try row.text(12 + TransferDetails.formerCount)
            return (
                transfer.person, transfer.township, try Stored.value(transfer.duesBaseInFen),
                try Stored.value(CalendarDay(day))
            )
        }
    }

    func closedDuesByTownship(_ change: ParameterChange) throws -> [ParameterReach.Unit] {
        try byTownship(
            """
            SELECT township, count(*) FROM transfer
            WHERE (is_withdrawn = 1 OR state NOT IN ('prepared', 'returned')) AND dues_on >= ? AND dues_on < ?
            GROUP BY township ORDER BY township
            """, change.holdsFrom.description, change.end.description)
    }

    func lettersByTownship(_ change: ParameterChange) throws -> [ParameterReach.Unit] {
        try byTownship(
            """
            SELECT transfer.township, count(*) FROM letter JOIN transfer ON transfer.person = letter.person
            WHERE dated >= ? AND dated < ? GROUP BY transfer.township ORDER BY transfer.township
            """, change.holdsFrom.description, change.end.description)
    }

    func unpreparedByTownship() throws -> [ParameterReach.Unit] { try upcoming(states: "'awaiting'") }

    func unsentByTownship() throws -> [ParameterReach.Unit] {
        try upcoming(states: "'awaiting', 'prepared', 'returned'")
    }

    private func upcoming(states: String) throws -> [ParameterReach.Unit] {
        try byTownship(
            """
            SELECT township, count(*) FROM transfer WHERE is_withdrawn = 0 AND state IN (\(states))
            GROUP BY township ORDER BY township
            """)
    }

    private func byTownship(_ sql: String, _ values: String...) throws -> [ParameterReach.Unit] {
        try snapshot.rows(sql, values: values) {
            ParameterReach.Unit(area: .township(try $0.text(0)), count: try $0.int(1))
        }
    }
}
