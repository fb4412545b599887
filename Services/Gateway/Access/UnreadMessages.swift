import Contracts
import Domain
import Synchronization

/// How many messages an account has not read, for the menu of every page. A page does not wait long for it: when the
/// notifications service is away, nobody asks for a while and the menu stands without the figure.
final class UnreadMessages: Sendable {
    /// So many messages are looked at; more unread ones than can be counted are told as such.
    static let most = 100
    static let patienceInMilliseconds: Int64 = 1000
    private static let pauseInMilliseconds: Int64 = 10_000

    private let silentUntil = Mutex<Timestamp?>(nil)

    func count(_ visit: Visit) -> Int? {
        let now = visit.desk.now
        guard silentUntil.withLock({ $0.map { $0 <= now } ?? true }) else { return nil }
        do {
            let inbox = Inbox(limit: Self.most)
            let found = try visit.desk.ask(
                inbox, as: visit.officer, patienceInMilliseconds: Self.patienceInMilliseconds)
            return found.rows.count { !$0.isRead }
        } catch {
            silentUntil.withLock { $0 = now.advanced(byMilliseconds: Self.pauseInMilliseconds) }
            return nil
        }
    }
}
