import FoundationEssentials
import Glibc
import Kernel
import Synchronization
import Testing

@testable import Host

@Suite("Waiting for what was done to be seen")
struct AppliedPositionsTests {
    @Test("Whoever waits for a place sleeps until it is reached, however often the writer turns meanwhile")
    func sleepsThrough() throws {
        let positions = AppliedPositions()
        let woken = Mutex<Int?>(nil)
        let isReady = Monitor(false)
        let thread = try #require(
            OwnThread(name: "waiter") {
                let before = Self.switches()
                isReady.update { $0 = true }
                guard positions.wait(for: .registry, seq: 1_000, timeoutInMilliseconds: 60_000) else { return }
                woken.withLock { $0 = Self.switches() - before }
            })
        _ = isReady.wait(forMilliseconds: 10_000) { $0 ? true : nil }
        for seq in 1...999 {
            positions.set(.registry, Int64(seq))
            positions.set(.archives, Int64(seq))
            usleep(100)
        }
        #expect(woken.withLock { $0 } == nil)
        positions.set(.registry, 1_000)
        thread.join()
        let count = try #require(woken.withLock { $0 })
        #expect(count < 50, "woken \(count) times")
    }

    @Test("A place that is reached already is not waited for; one that is never reached ends with the time")
    func ends() {
        let positions = AppliedPositions()
        positions.set(.registry, 7)
        #expect(positions.wait(for: .registry, seq: 7, timeoutInMilliseconds: 0))
        #expect(!positions.wait(for: .registry, seq: 8, timeoutInMilliseconds: 1))
        #expect(!positions.wait(for: .archives, seq: 1, timeoutInMilliseconds: 1))
        let version = positions.waitForChange(after: .max, timeoutInMilliseconds: 0)
        positions.set(.registry, 7)
        #expect(positions.waitForChange(after: version, timeoutInMilliseconds: 1) == version)
        positions.set(.registry, 9)
        #expect(positions.waitForChange(after: version, timeoutInMilliseconds: 1) == version + 1)
    }

    /// How often the calling thread has gone to sleep.
    private static func switches() -> Int {
        let status = (try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
        return line?.split(separator: "\t").last.flatMap { Int($0) } ?? 0
    }
}
