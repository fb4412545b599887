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
        disk = SimulatedDisk(folder: folder)
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
            disk.settle(randomness)
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
            disk.settle(randomness)
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
}
