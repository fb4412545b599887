import Domain
import FoundationEssentials
import Testing

@testable import Store

@Suite("Backups")
struct BackupTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("A copy of a running store is whole, and goes back with a higher epoch")
    func copyAndRestore() throws {
        let clock = ManualClock()
        let store = try openStore(folder.file(), clock: clock)
        for number in 1...20 {
            try store.commit { transaction in
                try transaction.addFile("卷 \(number)")
                try transaction.note("p", String(repeating: "x", count: 5000))
            }
        }
        let head = store.head
        try StoreBackup.copy(from: folder.file(), to: folder.file("backup.db"))
        try store.commit { transaction in _ = try transaction.note("lost") }
        let report = try StoreInspection.verify(path: folder.file("backup.db"))
        #expect(report.isSound && report.recordCount == 20 && report.head == head)

        var epochs = [head.epoch]
        for round in 1...2 {
            clock.advance(byMilliseconds: 60_000)
            let path = folder.file("restored\(round).db")
            try folder.write(try folder.bytes(folder.file("backup.db")), to: path)
            let restored = try openStore(path, clock: clock, randomness: SeededRandomness(UInt64(round)))
            try restored.renewEpoch()
            #expect(restored.head.seq == 20 && restored.head.hash == head.hash && restored.head.origin == head.origin)
            #expect(try restored.commit { try $0.titles() }.count == 20)
            epochs.append(restored.head.epoch)
        }
        #expect(epochs == epochs.sorted() && Set(epochs).count == 3)
    }

    @Test("A renewed epoch is higher whatever the clock and chance say, and below 2⁶³")
    func epochs() throws {
        for origin in [0, LogEpoch.first(chance: .max)] {
            for age in [Int64.min, 0, 1, 1 << 39, .max] {
                for chance in [0, UInt64.max] {
                    let epoch = LogEpoch.renewed(origin, ageInMilliseconds: age, chance: chance)
                    #expect(epoch > origin && epoch < 1 << 63)
                }
            }
        }
        #expect(
            LogEpoch.renewed(5, ageInMilliseconds: 7, chance: .max)
                < LogEpoch.renewed(5, ageInMilliseconds: 8, chance: 0))
        // Twice in one millisecond, with chances that fall.
        let clock = ManualClock()
        let store = try openStore(folder.file(), clock: clock)
        var last = store.head.epoch
        for _ in 1...20 {
            try store.renewEpoch()
            #expect(store.head.epoch > last)
            last = store.head.epoch
        }
        #expect(try store.commit { try $0.head() } == store.head)
    }

    @Test("Nothing is overwritten, and a copy that fails leaves nothing")
    func failures() throws {
        expect(.missing) { try StoreBackup.copy(from: folder.file(), to: folder.file("backup.db")) }
        try openStore(folder.file()).close()
        try folder.write([1, 2], to: folder.file("taken.db"))
        expect(.exists) { try StoreBackup.copy(from: folder.file(), to: folder.file("taken.db")) }
        expect(.exists) { try StoreBackup.copy(from: folder.file(), to: folder.file()) }
        #expect(try folder.bytes(folder.file("taken.db")) == [1, 2])
        expect(.missing) { try StoreBackup.copy(from: folder.file(), to: folder.file("nowhere/backup.db")) }
        expect(.damaged) { try StoreBackup.copy(from: folder.file("taken.db"), to: folder.file("backup.db")) }
        // A half copy of an earlier try is no obstacle.
        try folder.write(Array(repeating: 9, count: 9000), to: folder.file("backup.db.partial"))
        try StoreBackup.copy(from: folder.file(), to: folder.file("backup.db"))
        #expect(try StoreInspection.verify(path: folder.file("backup.db")).isSound)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains { $0.contains("partial") })
    }
}
