import Contracts
import Domain
import Host
import Store

/// What is read of rosters.
extension RegistryReads {
    func roster(_ id: Int64) throws -> StoredRoster? { try rosters(where: "id = ?", id).first }

    func roster(enterprise: String, fileDigest: String) throws -> StoredRoster? {
        try rosters(
            where: "enterprise = ? AND file_digest = ? AND state NOT IN ('undoing', 'undone')", enterprise, fileDigest
        ).first
    }

    /// Townships have no rosters.
    func rosters(enterprise: String?, within area: Area) throws -> [StoredRoster] {
        switch area {
        case .township: return []
        case .enterprise(let own): return enterprise ?? own == own ? try rosters(where: "enterprise = ?", own) : []
        case .county: break
        }
        if let enterprise { return try rosters(where: "enterprise = ?", enterprise) }
        return try rosters(where: "1 = ?", 1)
    }

    private func rosters(where condition: String, _ values: any SQLBindable...) throws -> [StoredRoster] {
        try snapshot.rows(
            """
            SELECT id, enterprise, file_name, headings, row_count, received, registered, set_aside, out_of_scope,
                state, imported_at,
                NOT EXISTS(SELECT 1 FROM person WHERE person.roster = roster.id
                    AND status IN ('verified', 'applied', 'accepted', 'handed-over'))
            FROM roster WHERE \(condition) ORDER BY id DESC LIMIT 200
            """, values: values
        ) { try StoredRoster($0) }
    }

    func declined(_ roster: Int64) throws -> [DeclinedRow] {
        try snapshot.rows(
            "SELECT sheet_row, cause, at FROM declined WHERE roster = ? ORDER BY sheet_row", roster
        ) { row in
            DeclinedRow(
                sheetRow: try row.int(0), cause: try Stored.value(DeclineCause(rawValue: row.text(1))),
                at: try row.timestamp(2))
        }
    }

    /// Nil while the roster stands; nil as well for one that was taken back before this was kept.
    func undoing(ofRoster roster: Int64) throws -> RosterUndoing? {
        try snapshot.first(
            "SELECT undone_at, undone_by, undo_reason FROM roster WHERE id = ? AND undone_at IS NOT NULL", roster
        ) { row in
            RosterUndoing(
                at: try row.timestamp(0), user: try row.text(1),
                reason: try RegistrySealed.undoReason.openText(row.blob(2), row: roster, with: sealer, in: snapshot))
        }
    }

    /// What was said of the file; nil for rosters that came before that was kept.
    func notes(ofRoster roster: Int64) throws -> [RosterNote]? {
        try snapshot.first("SELECT notes FROM roster WHERE id = ? AND notes IS NOT NULL", roster) {
            try RosterNotes(stored: Array(try $0.text(0).utf8)).notes
        }
    }

    /// What was noted about registered rows, the commonest first.
    func noted(ofRoster roster: Int64) throws -> [NotedGroup] {
        let groups = try snapshot.rows(
            """
            SELECT slug, heading, text, count(*) FROM noted WHERE roster = ? GROUP BY slug, heading, text
            ORDER BY count(*) DESC, slug, heading
            """, roster
        ) { row in
            NotedGroup(
                column: try row.optionalText(1), slug: try row.text(0), text: try row.text(2), count: try row.int(3),
                sheetRows: [])
        }
        return try groups.map { group in
            var group = group
            group.sheetRows = try snapshot.rows(
                """
                SELECT sheet_row FROM noted WHERE roster = ? AND slug = ? AND heading IS ? AND text = ?
                ORDER BY sheet_row LIMIT 200
                """, values: [roster, group.slug, group.column, group.text]
            ) { try $0.int(0) }
            return group
        }
    }

    /// What was noted about one row.
    func noted(ofRoster roster: Int64, sheetRow: Int) throws -> [NotedRow] {
        try snapshot.rows(
            "SELECT heading, slug, text FROM noted WHERE roster = ? AND sheet_row = ? ORDER BY slug", roster, sheetRow
        ) { row in
            NotedRow(
                sheetRow: sheetRow, column: try row.optionalText(0), slug: try row.text(1), text: try row.text(2))
        }
    }

    func setAside(_ roster: Int64, after: Int, limit: Int) throws -> [SetAsideOriginal] {
        try snapshot.rows(
            """
            SELECT sheet_row, kind, heading, slug, reason, hint, article, original FROM set_aside
            WHERE roster = ? AND sheet_row > ? ORDER BY sheet_row LIMIT ?
            """, roster, after, limit
        ) { row in
            SetAsideOriginal(
                row: SetAsideRow(
                    sheetRow: Int(try row.integer(0)), kind: try Stored.value(SetAsideKind(rawValue: try row.text(1))),
                    column: try row.optionalText(2), slug: try row.text(3), reason: try row.text(4),
                    hint: try row.text(5),
                    article: try row.optionalText(6).flatMap(Article.init)),
                original: try [String](
                    stored: RegistrySealed.original.open(
                        row.blob(7), row: roster, row.integer(0), with: sealer, in: snapshot)))
        }
    }
}

/// A roster as stored.
struct StoredRoster: Sendable {
    var summary: RosterSummary
    var headings: [String]

    init(_ row: Row) throws {
        headings = try [String](stored: Array(try row.text(3).utf8))
        let state = try Stored.value(RosterState(rawValue: try row.text(9)))
        summary = RosterSummary(
            roster: try row.integer(0), enterprise: try row.text(1), fileName: try row.text(2), state: state,
            rowCount: Int(try row.integer(4)), received: Int(try row.integer(5)), registered: Int(try row.integer(6)),
            setAside: Int(try row.integer(7)), outOfScope: Int(try row.integer(8)),
            undoable: try [.open, .closed].contains(state) && row.integer(11) != 0, isRepeat: false,
            importedAt: Timestamp(millisecondsSinceEpoch: try row.integer(10)))
    }
}

/// What was said of a roster's file, as it is stored.
struct RosterNotes: StoredJSON {
    var notes: [RosterNote]
}
