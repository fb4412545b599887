import Contracts
import Testing

@testable import Jieli

@Suite("Which programs hang, judged from looks a second apart")
struct HangJudgeTests {
    private var judge = HangJudge()

    private let atWork: [HangJudge.Look]

    init() { atWork = [HangJudge.Look](repeating: Self.look(true), count: HangJudge.looksToBeHeard) }

    private static func look(_ isHeard: Bool?, process: Int32 = 7, isStopped: Bool = false) -> HangJudge.Look {
        HangJudge.Look(service: .registry, instance: 1, process: process, isStopped: isStopped, isHeard: isHeard)
    }

    private func look(_ isHeard: Bool?, process: Int32 = 7, isStopped: Bool = false) -> HangJudge.Look {
        Self.look(isHeard, process: process, isStopped: isStopped)
    }

    /// - Returns: the looks, counted from one, at which it was judged to hang.
    private mutating func judged(_ looks: [HangJudge.Look]) -> [Int] {
        looks.enumerated().filter { !judge.take([$0.element]).isEmpty }.map { $0.offset + 1 }
    }

    @Test("one that was heard and no longer is hangs after ten looks")
    mutating func silent() {
        #expect(judged(atWork + [HangJudge.Look](repeating: look(false), count: 12)) == [15])
    }

    @Test("one that has not come yet is left alone: it may be migrating its store")
    mutating func notYetThere() {
        #expect(judged([HangJudge.Look](repeating: look(false), count: 60)) == [])
    }

    @Test("the next process of the instance begins anew")
    mutating func nextProcess() {
        let before = atWork + [HangJudge.Look](repeating: look(false), count: 8)
        #expect(judged(before + [HangJudge.Look](repeating: look(false, process: 8), count: 30)) == [])
    }

    @Test("while the bus does not answer nobody is silent, and the count begins anew")
    mutating func withoutBus() {
        let nine = [HangJudge.Look](repeating: look(false), count: 9)
        #expect(judged(atWork + nine + [look(nil)] + nine + [look(true)]) == [])
    }

    @Test("a stopped one hangs after ten looks, whether or not it was ever heard; one sent on in time does not")
    mutating func stopped() {
        let nine = [HangJudge.Look](repeating: look(nil, isStopped: true), count: 9)
        #expect(judged(nine + [look(nil)] + nine) == [])
        #expect(judged([look(nil, isStopped: true)]) == [1], "the tenth in a row")
    }

    @Test("what the broker still says of the process before is not taken for the new one, which may be migrating")
    mutating func predecessor() {
        let residue = [HangJudge.Look](repeating: look(true, process: 8), count: HangJudge.looksToBeHeard - 1)
        let migrating = [HangJudge.Look](repeating: look(false, process: 8), count: 30)
        #expect(judged(atWork + residue + migrating) == [])
    }
}
