import Glibc
import Kernel
import Messaging
import Testing

@testable import Host

@Suite("The writer's watchdog", .serialized)
struct WriterWatchdogTests {
    @Test("A writer that has work and does none of it for ten seconds is told once; one that goes on, or rests, is not")
    func hung() async throws {
        let (stuck, slow, resting) = (WriterPulse { 0 }, WriterPulse { 5 }, WriterPulse { 0 })
        let told = Monitor<[String: Int64]>([:])
        for (name, pulse) in [("stuck", stuck), ("slow", slow), ("resting", resting)] {
            pulse.start()
            WriterWatchdog.start(pulse) { milliseconds in told.update { $0[name, default: 0] += milliseconds } }
        }
        stuck.begin()
        let begun = MonotonicClock.milliseconds()
        // On a thread of its own: the tests' pool may be busy with others for a while.
        OwnThread.essential(name: "slow") {
            while !slow.isStopped {
                slow.begin()
                usleep(200_000)
                slow.end()
            }
        }
        while told.read({ $0["stuck"] }) == nil, MonotonicClock.milliseconds() - begun < 60_000 {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(MonotonicClock.milliseconds() - begun >= 10_000)
        #expect(told.read { $0.keys.sorted() } == ["stuck"])
        for pulse in [stuck, slow, resting] { pulse.stop() }
    }

    @Test("While a store is being opened nothing is held against the writer, however much waits")
    func opening() {
        let pulse = WriterPulse { 7 }
        pulse.begin()
        #expect(!pulse.turn.hasWork)
        pulse.end()
        pulse.start()
        #expect(pulse.turn == WriterTurn(turn: 1, hasWork: true))
        pulse.stop()
        #expect(!pulse.turn.hasWork && pulse.isStopped)
    }
}
