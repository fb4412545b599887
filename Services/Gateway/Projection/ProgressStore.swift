import Contracts
import Domain
import Host
import Store

/// Where people and their tracks stand, and the figures of each scope that follow from it.
extension GatewayReads {
    /// The figures of each enterprise and each township in which somebody counts, e.g. `township:532529100`, and of the
    /// `county`, which are the sum of the townships'.
    func tallies() throws -> [String: Tally] {
        var tallies: [String: Tally] = [:]
        let rows = try snapshot.rows("SELECT scope, track, what, people FROM tally WHERE people <> 0") { row in
            (
                scope: try row.text(0), figure: Figure(stored: try row.text(1), try row.text(2)),
                people: try row.int(3)
            )
        }
        for row in rows {
            tallies[row.scope, default: Tally()].add(row.people, row.figure)
            if row.scope.hasPrefix("township:") { tallies["county", default: Tally()].add(row.people, row.figure) }
        }
        return tallies
    }

    func progress(_ person: PersonID) throws -> PersonProgress? {
        try snapshot.first("SELECT enterprise, township, status FROM person WHERE id = ?", person.rawValue) { row in
            PersonProgress(
                enterprise: try row.optionalText(0), township: try row.optionalText(1),
                status: try Stored.value(PersonStatus(rawValue: row.text(2))))
        }
    }

    /// Where each of a person's tracks stands.
    func tracks(_ person: PersonID) throws -> [Track: TrackState] {
        let told = try snapshot.rows(
            "SELECT is_needed, is_done, is_late, since, track FROM track WHERE person = ?", person.rawValue
        ) { row in (try Stored.value(Track(rawValue: row.text(4))), try Self.state(row)) }
        return Dictionary(uniqueKeysWithValues: Track.allCases.map { ($0, TrackState($0)) })
            .merging(told) { $1 }
    }

    func track(_ track: Track, of person: PersonID) throws -> TrackState {
        try snapshot.first(
            "SELECT is_needed, is_done, is_late, since FROM track WHERE person = ? AND track = ?", person.rawValue,
            track.rawValue
        ) { try Self.state($0) } ?? TrackState(track)
    }

    private static func state(_ row: Row) throws -> TrackState {
        TrackState(
            isNeeded: try row.bool(0), isDone: try row.bool(1), isLate: try row.bool(2),
            since: try row.optionalInteger(3).map { Timestamp(millisecondsSinceEpoch: $0) })
    }
}

extension GatewayWriter {
    private var reads: GatewayReads { GatewayReads(context.transaction) }

    /// Changes where a person stands by what an event says of itself, moves the figures by the difference, and enters
    /// the event in the timeline.
    func update(by event: any PersonEvent, _ received: ReceivedEvent) throws {
        let person = event.person
        let before = try reads.progress(person)
        var after = before ?? PersonProgress()
        if let status = event.statusChange { after.status = status }
        if let event = event as? PersonRegistered {
            after.enterprise = event.enterprise
            after.township = event.township
        }
        if after != before ?? PersonProgress() { try save(after, before: before ?? PersonProgress(), of: person) }
        if let change = event.trackChange {
            let track = change.track
            let was = try reads.track(track, of: person)
            var state = was
            state.apply(change, at: received.at)
            if state != was { try save(state, before: was, track, of: person, in: after.scopes) }
        }
        try context.transaction.execute(
            "INSERT OR IGNORE INTO timeline(person, at, stream, seq, name) VALUES(?, ?, ?, ?, ?)", person.rawValue,
            received.at, received.stream.rawValue, received.seq, type(of: event).name)
    }

    /// A person who left with an undone roster counts nowhere any more.
    func remove(_ person: PersonID) throws {
        let before = try reads.progress(person) ?? PersonProgress()
        try count(try figures(before, of: person), -1, in: before.scopes)
        for table in ["person WHERE id", "track WHERE person", "timeline WHERE person"] {
            try context.transaction.execute("DELETE FROM \(table) = ?", person.rawValue)
        }
    }

    private func save(_ after: PersonProgress, before: PersonProgress, of person: PersonID) throws {
        try context.transaction.execute(
            """
            INSERT INTO person(id, enterprise, township, status) VALUES(?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET enterprise = excluded.enterprise, township = excluded.township,
                status = excluded.status
            """, person.rawValue, after.enterprise, after.township, after.status.rawValue)
        if before.scopes == after.scopes {
            guard before.status != after.status else { return }
            try count([Figure(before.status)], -1, in: before.scopes)
            try count([Figure(after.status)], 1, in: after.scopes)
        } else {
            // Told of for the first time, or under another enterprise or township: leaves the old figures whole and
            // enters the new ones whole.
            try count(try figures(before, of: person), -1, in: before.scopes)
            try count(try figures(after, of: person), 1, in: after.scopes)
        }
    }

    private func save(
        _ after: TrackState, before: TrackState, _ track: Track, of person: PersonID, in scopes: [String]
    ) throws {
        try context.transaction.execute(
            """
            INSERT INTO track(person, track, is_needed, is_done, is_late, since) VALUES(?, ?, ?, ?, ?, ?)
            ON CONFLICT(person, track) DO UPDATE SET is_needed = excluded.is_needed, is_done = excluded.is_done,
                is_late = excluded.is_late, since = excluded.since
            """, person.rawValue, track.rawValue, after.isNeeded, after.isDone, after.isLate,
            after.since?.millisecondsSinceEpoch)
        let (gone, come) = (before.figures(track), after.figures(track))
        try count(gone.filter { !come.contains($0) }, -1, in: scopes)
        try count(come.filter { !gone.contains($0) }, 1, in: scopes)
    }

    /// Everything that a person counts in.
    private func figures(_ progress: PersonProgress, of person: PersonID) throws -> [Figure] {
        guard !progress.scopes.isEmpty else { return [] }
        return [Figure(progress.status)] + (try reads.tracks(person)).flatMap { $1.figures($0) }
    }

    private func count(_ figures: [Figure], _ people: Int, in scopes: [String]) throws {
        for scope in scopes {
            for figure in figures {
                try context.transaction.execute(
                    """
                    INSERT INTO tally(scope, track, what, people) VALUES(?, ?, ?, ?)
                    ON CONFLICT(scope, track, what) DO UPDATE SET people = people + excluded.people
                    """, scope, figure.track, figure.what, people)
            }
        }
    }
}
