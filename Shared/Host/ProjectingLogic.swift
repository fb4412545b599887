import Contracts
import Store

/// A service with tables that hold nothing but what followed logs tell. They can be cleared and built up anew from
/// those logs, and come out the same.
///
/// What followed events make such a service do, it would do again then. So it may emit nothing while it applies them:
/// an attempt halts the log. A service that decides or tells something on account of others' events, or keeps beside
/// them what the clock brought about, cannot follow anew, and does not conform.
public protocol ProjectingLogic: ServiceLogic {
    /// All tables that followed events fill, and nothing else does.
    static var projection: [String] { get }
}

struct EmitsWhileProjecting: Error {}

extension Migration {
    /// Has the service's followed logs followed once more from their beginning, into cleared tables. Parked events of
    /// before are met again; what a person has discarded stays discarded.
    ///
    /// The lists are part of the migration and stay as they are once released, whatever the service follows later.
    /// - Parameters:
    ///   - streams: every log whose events fill one of the tables.
    ///   - tables: all that these logs' events fill, those that point at others first.
    ///   - sql: changes of the tables' shape, after they are cleared.
    public static func refollow<Logic: ProjectingLogic>(
        _ logic: Logic.Type, _ name: String, _ streams: [ServiceName], clearing tables: [String], _ sql: String = ""
    ) -> Migration {
        let list = streams.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let clearing = tables.map { "DELETE FROM \($0);" }.joined(separator: "\n")
        return Migration(
            name,
            """
            \(clearing)
            DELETE FROM parked WHERE stream IN (\(list)) AND discarded IS NULL;
            DELETE FROM passed_over WHERE stream IN (\(list));
            DELETE FROM stream_offsets WHERE stream IN (\(list));
            \(sql)
            """)
    }
}
