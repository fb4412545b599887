import Domain
import Store
import Testing

@Suite("Power cuts")
struct PowerCutTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Opens what a cut left and checks that it is exactly one of the states that were committed.
    private func checkSurvivor(_ path: String, committed: [LogHead]) throws -> Int {
        let store = try openStore(path)
        let index = try #require(committed.firstIndex(of: store.head), "head \(store.head.seq) was never committed")
        try store.commit { transaction throws in
            #expect(try transaction.scalar("SELECT count(*) FROM files") == store.head.seq)
            #expect(try transaction.offset(of: "registry")?.seq ?? 0 == Int64(index))
            #expect(try transaction.note("after") == committed[index].seq + 1)
        }
        store.close()
        #expect(try StoreInspection.verify(path: path).findings == [])
        return index
    }

    @Test("Whatever part of the write-ahead log reached the disk, a whole number of commits is there, in order")
    func cutAnywhere() throws {
        let store = try openStore(folder.file())
        // So that the write-ahead log holds these commits and nothing before them.
        store.checkpointIfNeeded(idle: true)
        var committed = [store.head]
        for number in 1...6 {
            try store.commit { transaction in
                for piece in 0..<number {
                    try transaction.addFile("卷 \(number).\(piece)")
                    try transaction.note("p\(number)", String(repeating: "x", count: 300 * piece))
                }
                try transaction.setOffset(StreamOffset(epoch: 1, seq: Int64(number), hash: []), of: "registry")
            }
            committed.append(store.head)
        }
        let main = try folder.bytes(folder.file())
        let log = try folder.bytes(folder.file() + "-wal")
        let copy = folder.file("copy.db")
        var last = 0
        var seen: Set<Int> = []
        // Frames begin after 32 bytes and are 4,120 bytes long: cut at each border, beside it and in the middle.
        let borders = stride(from: 32, through: log.count, by: 4120)
        let cuts = [0, 1, 31] + borders.flatMap { [$0 - 1, $0, $0 + 1, $0 + 2060] }
        for cut in cuts where cut <= log.count {
            try folder.write(main, to: copy)
            try folder.write(Array(log.prefix(cut)), to: copy + "-wal")
            let index = try checkSurvivor(copy, committed: committed)
            #expect(index >= last, "more of the log gave fewer commits")
            last = index
            seen.insert(index)
        }
        #expect(seen == Set(0...6))
    }

    @Test("Frames that reached the disk out of order or torn are not believed")
    func tornFrames() throws {
        let store = try openStore(folder.file())
        store.checkpointIfNeeded(idle: true)
        var committed = [store.head]
        for number in 1...5 {
            try store.commit { transaction in
                try transaction.addFile("卷 \(number)")
                try transaction.note("p\(number)")
                try transaction.setOffset(StreamOffset(epoch: 1, seq: Int64(number), hash: []), of: "registry")
            }
            committed.append(store.head)
        }
        let main = try folder.bytes(folder.file())
        let log = try folder.bytes(folder.file() + "-wal")
        let copy = folder.file("copy.db")
        let randomness = SeededRandomness(11)
        for _ in 0..<60 {
            var torn = log
            // A sector of 512 bytes that was not written.
            let sector = Int(randomness.number() % UInt64(log.count / 512)) * 512
            for offset in sector..<min(sector + 512, torn.count) { torn[offset] = 0 }
            try folder.write(main, to: copy)
            try folder.write(torn, to: copy + "-wal")
            _ = try checkSurvivor(copy, committed: committed)
        }
    }

    @Test("A copy taken in the middle of a commit holds the commits before it")
    func middleOfCommit() throws {
        let store = try openStore(folder.file())
        let committed = store.head
        try store.commit { transaction in
            for number in 0..<2000 {
                try transaction.addFile("卷 \(number)")
                try transaction.note("p", String(repeating: "x", count: 3000))
            }
            // More than the page cache holds, so that part of it lies in the files already.
            try folder.copyStore(from: folder.file(), to: folder.file("copy.db"))
        }
        #expect(try folder.bytes(folder.file("copy.db-wal")).count > 1 << 20)
        #expect(try checkSurvivor(folder.file("copy.db"), committed: [committed]) == 0)
    }

    @Test("A copy taken between the pages of the first opening is no store yet, or a whole one")
    func creation() throws {
        try openStore(folder.file()).close()
        let whole = try folder.bytes(folder.file())
        let copy = folder.file("copy.db")
        try folder.write([], to: copy)
        try openStore(copy).close()
        try folder.write(whole, to: copy)
        try openStore(copy).close()
    }
}
