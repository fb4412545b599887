import Contracts
import Domain
import Sealing
import Store

/// How long the host's own tables keep what they hold, in days. What has passed its period is deleted in small bites,
/// so that nobody waits for it.
public enum Retention {
    /// A command's answer: far longer than anybody asks again. A form ends with its session after half a day, and a
    /// roster that is sent again skips what the registry has.
    public static let commandResultsInDays = 90
    /// Who looked at whose data: three years, as records of how personal data were handled are kept (个人信息保护法 第五十六条).
    public static let lookedInDays = 3 * 366
    /// Parked events that an operator discarded, with the reason.
    public static let discardedEventsInDays = 3 * 366
    /// The most rows of each table in one go.
    public static let mostRows = 2_000

    /// One bite of each table. Once a minute that is nearly three million rows a day, more than a county adds.
    static func prune(_ transaction: Transaction) throws {
        let today = CalendarDay(transaction.now)
        func moment(_ days: Int) -> Timestamp {
            transaction.now.advanced(byMilliseconds: -Int64(days) * 86_400_000)
        }
        _ = try transaction.purgeResults(olderThan: moment(commandResultsInDays), limit: mostRows)
        try transaction.execute(
            """
            DELETE FROM looked WHERE (subject, user, message, day) IN (
                SELECT subject, user, message, day FROM looked WHERE day < ? ORDER BY day LIMIT ?)
            """, today.adding(days: -lookedInDays).description, mostRows)
        try transaction.execute(
            """
            DELETE FROM parked WHERE (stream, epoch, seq) IN (
                SELECT stream, epoch, seq FROM parked WHERE discarded IS NOT NULL AND at < ? LIMIT ?)
            """, moment(discardedEventsInDays), mostRows)
    }
}

/// Answers to commands lie sealed: they tell amounts and numbers. Earlier releases kept them in the clear.
public enum SealedResults {
    static func purpose(_ identity: CommandIdentity) -> String {
        "host.result:\(identity.caller):\(identity.session):\(identity.counter)"
    }

    /// The answer as it was given.
    public static func body(_ stored: StoredResult, of identity: CommandIdentity, _ sealer: Sealer) throws -> [UInt8] {
        isClear(stored.body) ? stored.body : try sealer.open(stored.body, purpose: purpose(identity))
    }

    /// JSON begins with a brace, a sealed value with its version.
    private static func isClear(_ body: [UInt8]) -> Bool { body.first == UInt8(ascii: "{") || body.isEmpty }

    /// Seals what an earlier release left in the clear, once for each store, before the service takes work.
    static func sealOldOnes(_ store: WritableStore, _ sealer: Sealer) throws {
        let isDue = try store.commit { try $0.scalar("SELECT count(*) FROM clear_results") == 1 }
        guard isDue else { return }
        var last: (caller: Int64, session: Int64, counter: Int64)? = (.min, .min, .min)
        while let after = last {
            last = try store.commit { transaction in
                let rows = try transaction.rows(
                    """
                    SELECT caller, session, counter, body, name FROM command_results
                    JOIN command_callers ON command_callers.id = caller
                    WHERE (caller, session, counter) > (?, ?, ?) ORDER BY caller, session, counter LIMIT 5000
                    """, after.caller, after.session, after.counter
                ) { row in
                    (
                        key: (try row.integer(0), try row.integer(1), try row.integer(2)), body: try row.blob(3),
                        caller: try row.text(4)
                    )
                }
                for row in rows where isClear(row.body) {
                    let identity = CommandIdentity(
                        caller: row.caller, session: UInt64(bitPattern: row.key.1), counter: row.key.2)
                    try transaction.execute(
                        "UPDATE command_results SET body = ? WHERE caller = ? AND session = ? AND counter = ?",
                        sealer.seal(row.body, purpose: purpose(identity)), row.key.0, row.key.1, row.key.2)
                }
                if rows.isEmpty { try transaction.execute("DELETE FROM clear_results") }
                return rows.last?.key
            }
        }
    }
}
