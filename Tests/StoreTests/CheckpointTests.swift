import Domain
import FoundationEssentials
import Testing

@testable import Store

@Suite("Carrying over the write-ahead log")
struct CheckpointTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func logLength() -> Int64 { FileStatus.lengthInBytes(folder.file() + "-wal") ?? 0 }

    private func fill(_ store: WritableStore, megabytes: Int) throws {
        try store.commit { transaction in
            for _ in 0..<(megabytes * 16) { try transaction.note("p", String(repeating: "x", count: 65_536)) }
        }
    }

    @Test("Below 4 MiB nothing is done, above it the log is carried over and started again")
    func size() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p") }
        #expect(store.checkpointIfNeeded() == false)
        var carriedOver = 0
        for _ in 1...25 {
            try fill(store, megabytes: 1)
            if store.checkpointIfNeeded() { carriedOver += 1 }
            #expect(store.checkpointIfNeeded() == false)
        }
        #expect(carriedOver == 6 || carriedOver == 5)
        // 25 MiB went through one log of little more than 5 MiB.
        #expect(logLength() < 7 << 20)
        #expect(try #require(FileStatus.lengthInBytes(folder.file())) > 20 << 20)
        store.close()
        #expect(try StoreInspection.verify(path: folder.file()).recordCount == 401)
    }

    @Test("Idle time empties the log's file")
    func idle() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p") }
        #expect(logLength() > 0)
        #expect(store.checkpointIfNeeded(idle: true) == true)
        #expect(logLength() == 0)
        // Again and again, as an idle service asks every second.
        for _ in 1...3 { #expect(store.checkpointIfNeeded(idle: true) == true) }
        try store.commit { transaction in _ = try transaction.note("p") }
        #expect(store.head.seq == 2)
    }

    @Test("A reader in the middle is neither disturbed nor waited for")
    func readerInTheWay() throws {
        let store = try openStore(folder.file())
        try fill(store, megabytes: 1)
        let reader = try ReadableStore(path: folder.file(), stream: "archives")
        try reader.read { snapshot in
            let head = try snapshot.head()
            try fill(store, megabytes: 5)
            let begin = ContinuousClock.now
            #expect(store.checkpointIfNeeded() == false)
            #expect(store.checkpointIfNeeded(idle: true) == false)
            #expect(ContinuousClock.now - begin < .seconds(1))
            #expect(try snapshot.head() == head)
            #expect(try snapshot.events(after: 0, limit: 1000, byteLimit: .max).count == 16)
        }
        #expect(store.checkpointIfNeeded(idle: true) == true)
        #expect(logLength() == 0)
    }

    @Test("Inside a commit nothing is carried over")
    func insideCommit() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.note("p")
            #expect(store.checkpointIfNeeded(idle: true) == false)
        }
        #expect(store.checkpointIfNeeded(idle: true) == true)
    }

    @Test("With a reader in the way it is tried again only when the log has grown as much once more")
    func plan() {
        let step = CheckpointPlan.framesBetween
        var plan = CheckpointPlan()
        #expect(!plan.isDue(frames: step - 1))
        #expect(plan.isDue(frames: step))
        plan.done(frames: step + 5)
        #expect(!plan.isDue(frames: 2 * step))
        #expect(plan.isDue(frames: 2 * step + 5))
        plan.done(frames: 2 * step + 5)
        // The log has started over.
        plan.look(frames: 3)
        #expect(!plan.isDue(frames: 3))
        #expect(plan.isDue(frames: step))
        #expect(plan.mode(frames: step, idle: false) == .passive)
        #expect(plan.mode(frames: CheckpointPlan.framesToInsist, idle: false) == .restart)
        #expect(plan.mode(frames: step, idle: true) == .truncate)
    }

    @Test("Closing carries everything over and leaves one file and the lock's")
    func closing() throws {
        let store = try openStore(folder.file())
        try fill(store, megabytes: 1)
        store.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["archives.db", "archives.db.lock"])
    }
}
