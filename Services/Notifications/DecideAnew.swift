import Contracts
import Domain
import Host
import Store

extension NotificationsWriter {
    /// Sets the days of open tracks anew that began on the days of the change. Those that are done, or were reported as
    /// late, keep theirs.
    func decideAnew(_ change: ParameterChange) throws -> ParameterReach {
        guard let track = Track.track(ofDeadline: change.parameter),
            let dated = try context.value(of: track.deadline, on: change.holdsFrom)
        else { return ParameterReach() }
        let reach = ParameterReach(
            changed: try tracksByTownship(track, change, areOpen: true),
            kept: try tracksByTownship(track, change, areOpen: false), upcoming: try notBegunByTownship(track))
        try setDays(of: track, change, dated)
        return reach
    }
}

extension NotificationsReads {
    /// Tracks that began on the days of the change.
    fileprivate func tracksByTownship(
        _ track: Track, _ change: ParameterChange, areOpen: Bool
    ) throws -> [ParameterReach.Unit] {
        try byTownship(
            """
            SELECT track.township, count(*) FROM track JOIN person ON person.id = track.person
            WHERE track.track = ? AND due IS NOT NULL AND (is_done = 0 AND is_passed = 0) = ?
                AND \(track.start.column) >= ? AND \(track.start.column) < ?
            GROUP BY track.township ORDER BY track.township
            """, [track.rawValue, areOpen, change.holdsFrom.description, change.end.description])
    }

    fileprivate func notBegunByTownship(_ track: Track) throws -> [ParameterReach.Unit] {
        let concerned =
            switch track {
            case .party: " AND is_party_member = 1"
            case .benefits: " AND has_out_of_pool = 1"
            case .acceptance, .archives, .confirmation, .socialInsurance, .health: ""
            }
        return try byTownship(
            """
            SELECT township, count(*) FROM person WHERE \(track.start.column) IS NULL\(concerned)
            GROUP BY township ORDER BY township
            """, [])
    }

    private func byTownship(_ sql: String, _ values: [any SQLBindable]) throws -> [ParameterReach.Unit] {
        try snapshot.rows(sql, values: values) {
            ParameterReach.Unit(area: .township(try $0.text(0)), count: try $0.int(1))
        }
    }
}
