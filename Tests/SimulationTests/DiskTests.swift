import Domain
import FoundationEssentials
import Store
import Support
import Testing

@testable import Simulation

@Suite("The simulated disk, and a store on it")
struct DiskTests {
    let disk: SimulatedDisk
    let folder: String
    let randomness = SeededRandomness(seed: 3)

    init() throws {
        folder = try TemporaryFolder.make()
        disk = SimulatedDisk(folder: folder, randomness: randomness)
        SimulatedFileSystem.mount(disk)
    }

    private func open() throws -> WritableStore {
        try WritableStore(
            path: "\(folder)/archives.sqlite", stream: "archives", migrations: [], clock: ManualClock(),
            randomness: randomness)
    }

    private func append(_ store: WritableStore, _ key: String) throws {
        _ = try store.commit {
            try $0.append(name: "archives.file.received", version: 1, key: key, actor: "a", body: [])
        }
    }

    private func end() {
        SimulatedFileSystem.unmount(disk)
        TemporaryFolder.remove(folder)
    }

    @Test("A store lies in memory alone, and a commit outlives every power cut")
    func commits() throws {
        defer { end() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        for count in 1...30 {
            disk.owner = "life \(count)"
            let store = try open()
            #expect(store.head.seq == Int64(count - 1) && store.writerEpoch == Int64(count))
            try append(store, "key")
            disk.kill(disk.owner)
            store.close()
            disk.settle()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["archives.sqlite.lock"])
    }

    @Test("Power that fails at any write leaves the commits before, and at most the one under way")
    func cutAnywhere() throws {
        defer { end() }
        var least: Int64 = 0
        for writes in 0..<60 {
            disk.owner = "life \(writes)"
            guard let store = try? open() else {
                Issue.record("the store cannot be opened")
                return
            }
            #expect(store.head.seq >= least, "an acknowledged event is gone")
            disk.writesUntilCut = writes
            least = store.head.seq
            while !disk.isCut {
                guard (try? append(store, "key")) != nil else { break }
                if !disk.isCut { least += 1 }
            }
            disk.kill(disk.owner)
            store.close()
            disk.settle()
        }
        #expect(least > 60)
    }

    @Test("A writer whose number could not be stored for want of room is no writer")
    func fullDisk() throws {
        defer { end() }
        disk.owner = "first"
        try open().close()
        disk.isFull = true
        disk.owner = "second"
        #expect(throws: StoreError.self) { try open() }
        disk.isFull = false
        disk.owner = "third"
        let store = try open()
        #expect(store.writerEpoch == 2)
        try append(store, "key")
    }

    private func readHead() throws -> Int64 {
        let reader = try ReadableStore(path: "\(folder)/archives.sqlite", stream: "archives")
        defer { reader.close() }
        return try reader.read { try $0.head().seq }
    }

    @Test("A commit whose sync failed is seen by nobody; what stands in the log after it stays for good")
    func failedSync() throws {
        defer { end() }
        for life in 1...80 {
            disk.owner = "life \(life)"
            let store = try open()
            try append(store, "key")
            var least = store.head.seq
            let failures = 1 + randomness.number(below: 3)
            disk.failingSyncs = failures
            #expect(throws: StoreError.self) { try append(store, "doubtful") }
            // With the first sync that succeeds the doubtful commit is undone; without one nobody knows.
            if failures == 1 {
                try append(store, "after")
                least += 1
            } else {
                do {
                    try append(store, "after")
                    Issue.record("the store goes on although nobody knows where it stands")
                } catch let error as StoreError {
                    #expect(error.code == .unsynced)
                }
            }
            disk.kill(disk.owner)
            store.close()
            disk.failingSyncs = 0
            disk.owner = "reader \(life)"
            #expect(try readHead() == least, "life \(life): a reader sees what may be gone tomorrow")
            disk.owner = "next \(life)"
            let next = try open()
            #expect(next.head.seq == least)
            let more = randomness.number(below: 3)
            for _ in 0..<more { try append(next, "acknowledged") }
            if randomness.chance(50) { next.checkpointIfNeeded(idle: true) }
            disk.kill(disk.owner)
            next.close()
            disk.settle()
            disk.owner = "last \(life)"
            let last = try open()
            #expect(last.head.seq == least + Int64(more), "life \(life): what was acknowledged is gone")
            disk.kill(disk.owner)
            last.close()
        }
    }

    @Test("A store that cannot be made durable is not opened, and is once the disk does its work again")
    func failedOpening() throws {
        defer { end() }
        disk.owner = "first"
        let store = try open()
        try append(store, "key")
        disk.kill(disk.owner)
        store.close()
        disk.owner = "second"
        disk.failingSyncs = 100
        #expect(throws: StoreError.self) { try open() }
        disk.kill(disk.owner)
        disk.failingSyncs = 0
        disk.owner = "third"
        #expect(try open().head.seq == 1)
    }
}
