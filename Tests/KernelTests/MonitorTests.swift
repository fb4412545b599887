import Dispatch
import Kernel
import Testing

@Suite("A monitor")
struct MonitorTests {
    @Test("wakes who waits for a change, and may be changed by who was woken")
    func wakes() {
        let monitor = Monitor([Int]())
        DispatchQueue.global().async { monitor.update { $0.append(7) } }
        let taken = monitor.wait(forMilliseconds: 10_000) { $0.popLast() }
        #expect(taken == 7)
        #expect(monitor.read { $0.isEmpty })
    }

    @Test("gives nothing when the time is over, not before")
    func timesOut() {
        let monitor = Monitor(0)
        let began = MonotonicClock.milliseconds()
        monitor.update { $0 = 1 }
        #expect(monitor.wait(forMilliseconds: 50) { $0 == 2 ? true : nil } == nil)
        #expect(MonotonicClock.milliseconds() - began >= 50)
    }

    @Test("asks once more after the time, so that a moment in the past is a look without waiting")
    func looks() {
        #expect(Monitor(3).wait(untilMilliseconds: 0) { $0 } == 3)
    }
}
