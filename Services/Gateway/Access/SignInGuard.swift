import Domain
import Synchronization

/// Keeps passwords from being tried, without letting anybody lock others out: what is counted is who tries what from
/// where. An attempt counts from the moment that it begins, so that many at once are no way around.
///
/// An account at an address where it was in use before has a count of its own, which nobody elsewhere can touch. The
/// tables have an end; what is given up first is what is oldest.
final class SignInGuard: Sendable {
    /// Wrong passwords within a minute.
    private enum Allowed {
        /// One account, from one address.
        static let pair = 5
        /// The same, where the account was in use before: colleagues share an address.
        static let familiarPair = 20
        /// One address, whatever accounts it tries.
        static let address = 20
        /// One account, from all addresses where it was not in use before.
        static let account = 20
    }

    private static let pauseInMilliseconds: Int64 = 60_000
    private static let mostCounts = 10_000
    private static let mostFamiliar = 20_000

    private enum Key: Hashable {
        case pair(user: String, address: String)
        case address(String)
        case account(String)
    }

    private struct Pair: Hashable {
        var user: String
        var address: String
    }

    private struct State {
        var counts = Aging<Key, Int>(most: SignInGuard.mostCounts)
        var familiar = Aging<Pair, Void>(most: SignInGuard.mostFamiliar)
    }

    private let state = Mutex(State())

    /// Counts an attempt that begins now.
    /// - Returns: whether its password may be checked; nil when it may not.
    func begin(_ user: String, from address: String, now: Timestamp) -> Attempt? {
        state.withLock { state in
            let isFamiliar = state.familiar[Pair(user: user, address: address)] != nil
            let limits = Self.limits(user, address, isFamiliar: isFamiliar)
            for (key, _) in limits {
                state.counts.forget(key, olderThan: now.advanced(byMilliseconds: -Self.pauseInMilliseconds))
            }
            guard limits.allSatisfy({ state.counts[$0.key] ?? 0 < $0.allowed }) else { return nil }
            for (key, _) in limits { state.counts.set(key, (state.counts[key] ?? 0) + 1, at: now) }
            return Attempt(user: user, address: address, isFamiliar: isFamiliar)
        }
    }

    /// The password was right: the attempt was no guess.
    func succeeded(_ attempt: Attempt, now: Timestamp) {
        state.withLock { state in
            for (key, _) in Self.limits(attempt.user, attempt.address, isFamiliar: attempt.isFamiliar) {
                if case .pair = key {
                    state.counts.remove(key)
                } else if let count = state.counts[key] {
                    state.counts.replace(key, count - 1)
                }
            }
        }
        isInUse(attempt.user, at: attempt.address, now: now)
    }

    /// An account is in use at an address: it signed in there, or goes on with its session.
    func isInUse(_ user: String, at address: String, now: Timestamp) {
        state.withLock { $0.familiar.set(Pair(user: user, address: address), (), at: now) }
    }

    private static func limits(_ user: String, _ address: String, isFamiliar: Bool) -> [(key: Key, allowed: Int)] {
        let pair = Key.pair(user: user, address: address)
        return isFamiliar
            ? [(pair, Allowed.familiarPair)]
            : [(pair, Allowed.pair), (.address(address), Allowed.address), (.account(user), Allowed.account)]
    }

    struct Attempt: Sendable {
        let user: String
        let address: String
        let isFamiliar: Bool
    }
}

/// A table that has an end: beyond it, what was set first goes first.
struct Aging<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let most: Int
    private var values: [Key: (value: Value, at: Timestamp, number: Int)] = [:]
    /// The keys in the order in which they were set; those that were set again since are passed over.
    private var order: [(key: Key, number: Int)] = []
    private var first = 0
    private var lastNumber = 0

    init(most: Int) { self.most = most }

    var count: Int { values.count }

    subscript(key: Key) -> Value? { values[key]?.value }

    mutating func set(_ key: Key, _ value: Value, at time: Timestamp) {
        lastNumber += 1
        values[key] = (value, time, lastNumber)
        order.append((key, lastNumber))
        while values.count > most { dropOldest() }
        // Keys that are set again and again must not make the order endless either.
        while order.count - first > 4 * most { dropOldest(onlyPassedOver: true) }
        if first > most {
            order.removeFirst(first)
            first = 0
        }
    }

    /// Another value, as old as the one before.
    mutating func replace(_ key: Key, _ value: Value) { values[key]?.value = value }

    mutating func remove(_ key: Key) { values[key] = nil }

    mutating func forget(_ key: Key, olderThan time: Timestamp) {
        if let at = values[key]?.at, at < time { values[key] = nil }
    }

    private mutating func dropOldest(onlyPassedOver: Bool = false) {
        let oldest = order[first]
        first += 1
        guard values[oldest.key]?.number == oldest.number else { return }
        if onlyPassedOver {
            order.append(oldest)
        } else {
            values[oldest.key] = nil
        }
    }
}
