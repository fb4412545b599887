import FoundationEssentials
import Kernel
import Testing

@Suite("A thread of our own")
struct OwnThreadTests {
    @Test("runs beside its maker, under its own name, and can be waited for")
    func joined() throws {
        let name = Monitor("")
        let thread = try #require(
            OwnThread(name: "jieli-own") {
                let own = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
                name.update { $0 = own ?? "no name" }
            })
        thread.join()
        #expect(name.read { $0 } == "jieli-own\n")
    }

    @Test("need not be waited for")
    func detached() {
        let isDone = Monitor(false)
        #expect(OwnThread.detached(name: "jieli-own") { isDone.update { $0 = true } })
        #expect(isDone.wait(forMilliseconds: 10_000) { $0 ? true : nil } == true)
    }
}
