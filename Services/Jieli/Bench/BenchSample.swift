import Kernel
import Synchronization

/// Answers of one span of measuring, with what each took.
struct BenchSample: Sendable {
    var answers: Int
    var durationInMicroseconds: Int64
    /// In ascending order.
    var latenciesInMicroseconds: [Int32]

    var perSecond: Double { Double(answers) * 1_000_000 / Double(max(1, durationInMicroseconds)) }

    func latency(atHundredth hundredth: Int) -> Double {
        guard !latenciesInMicroseconds.isEmpty else { return 0 }
        return Double(
            latenciesInMicroseconds[
                min(latenciesInMicroseconds.count - 1, latenciesInMicroseconds.count * hundredth / 100)])
    }
}

/// Callers of whom each has one request under way: counts answers from the end of a warming up until time is up.
final class BenchClock: Sendable {
    private struct State {
        var latencies: [Int32] = []
        var underWay = 0
        var failure: String?
    }

    private let beginsAt: Int64
    private let endsAt: Int64
    private let state = Monitor(State())

    /// A fifth of the span is warming up, before it begins.
    init(forMilliseconds span: Int) {
        beginsAt = MonotonicClock.microseconds() + Int64(span) * 200
        endsAt = beginsAt + Int64(span) * 1000
    }

    var isOver: Bool { MonotonicClock.microseconds() >= endsAt }

    func began() { state.update { $0.underWay += 1 } }

    /// - Returns: whether the caller goes on.
    func answered(since start: Int64) -> Bool {
        let now = MonotonicClock.microseconds()
        return state.update { state in
            if now >= beginsAt, now < endsAt { state.latencies.append(Int32(clamping: now - start)) }
            guard now < endsAt, state.failure == nil else {
                state.underWay -= 1
                return false
            }
            return true
        }
    }

    func failed(_ what: String) {
        state.update { state in
            state.failure = state.failure ?? what
            state.underWay -= 1
        }
    }

    /// Waits until all callers have ended.
    func result() throws -> BenchSample {
        let ended: Bool? = state.wait(forMilliseconds: 120_000) { $0.underWay == 0 ? true : nil }
        let (latencies, failure) = state.read { ($0.latencies, $0.failure) }
        if let failure { throw CommandFailure.failed(failure) }
        guard ended == true else { throw CommandFailure.failed("测量没有按时结束。") }
        return BenchSample(
            answers: latencies.count, durationInMicroseconds: endsAt - beginsAt,
            latenciesInMicroseconds: latencies.sorted())
    }
}

/// Somebody who is measured: we ourselves, or a rival.
protocol BenchContestant {
    /// As the table names it.
    var name: String { get }
    /// So many callers, each with one request under way, for so long.
    func measure(callers: Int, forMilliseconds span: Int) throws -> BenchSample
}
