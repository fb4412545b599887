import Contracts
import Domain
import Synchronization

/// How many messages an account has not read, for the menu of every page. A page does not wait long for it: when the
/// notifications service is away, nobody asks for a while and the menu stands without the figure.
final class UnreadMessages: Sendable {
    /// From so many on the menu tells only that there are more.
    static let most = 100
    static let patienceInMilliseconds: Int64 = 1000
    private static let pauseInMilliseconds: Int64 = 10_000

    private let silentUntil = Mutex<Timestamp?>(nil)

    func count(_ visit: Visit) -> Int? {
        let now = visit.desk.now
        guard silentUntil.withLock({ $0.map { $0 <= now } ?? true }) else { return nil }
        do {
            return try visit.desk.ask(
                CountUnread(), as: visit.acting, patienceInMilliseconds: Self.patienceInMilliseconds
            ).unread
        } catch {
            silentUntil.withLock { $0 = now.advanced(byMilliseconds: Self.pauseInMilliseconds) }
            return nil
        }
    }
}
