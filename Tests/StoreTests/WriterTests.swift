import Domain
import Testing

@testable import Store

@Suite("The one writer")
struct WriterTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("A writer that was replaced may not commit, checkpoint or renew any more")
    func fenced() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p1") }
        let head = store.head
        try tamper(folder.file(), "UPDATE store_identity SET writer_epoch = writer_epoch + 1")
        #expect(store.checkpointIfNeeded(idle: true) == false)
        var ran = false
        for _ in 1...2 {
            let error = expect(.fenced) {
                try store.commit { transaction in
                    ran = true
                    try transaction.note("p2")
                }
            }
            #expect(error?.isCausedByWork == false)
        }
        expect(.fenced) { try store.renewEpoch() }
        // Also when the number were to come back: the file may have changed meanwhile.
        try tamper(folder.file(), "UPDATE store_identity SET writer_epoch = \(store.writerEpoch)")
        expect(.fenced) { try store.commit { _ in } }
        #expect(!ran)
        #expect(store.head == head)
        store.close()
        #expect(try openStore(folder.file()).head == head)
    }

    @Test("Closing is idempotent and final")
    func closing() throws {
        let store = try openStore(folder.file())
        let head = store.head
        store.close()
        store.close()
        expect(.closed) { try store.commit { _ in } }
        expect(.closed) { try store.renewEpoch() }
        #expect(store.checkpointIfNeeded() == false)
        #expect(store.head == head)
    }

    @Test("Closing inside a commit waits for its end")
    func closingInsideCommit() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            store.close()
            expect(.locked) { _ = try openStore(folder.file()) }
            try transaction.addFile("卷一")
        }
        expect(.closed) { try store.commit { _ in } }
        #expect(try openStore(folder.file()).commit { try $0.titles() } == ["卷一"])
    }

    @Test("A file that another program has locked is busy after two seconds, and can be used later")
    func busy() throws {
        let store = try openStore(folder.file())
        let other = try Connection(path: folder.file(), mode: .readWrite)
        try other.run("BEGIN IMMEDIATE")
        let begin = ContinuousClock.now
        let error = expect(.busy) { try store.commit { try $0.addFile("卷一") } }
        let waited = ContinuousClock.now - begin
        #expect(waited > .milliseconds(1500) && waited < .seconds(20))
        #expect(error?.isCausedByWork == false)
        try other.run("ROLLBACK")
        try store.commit { transaction in try transaction.addFile("卷一") }
        #expect(try store.commit { try $0.titles() } == ["卷一"])
    }

    @Test("A full disk undoes the commit and nothing else; with room again the store goes on")
    func fullDisk() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.addFile("卷一")
            try transaction.note("p1")
        }
        let head = store.head
        let pages = try #require(try store.setting("page_count"))
        try store.limitPages(Int(pages) + 8)
        let error = expect(.full) {
            try store.commit { transaction in
                for number in 1...100 {
                    try transaction.note("p\(number)", String(repeating: "x", count: 4000))
                }
            }
        }
        #expect(error?.isCausedByWork == false)
        #expect(store.head == head)
        // Small work still fits.
        try store.commit { transaction in _ = try transaction.note("p2") }
        try store.limitPages(1_000_000)
        try store.commit { transaction in
            for number in 1...100 { try transaction.note("p\(number)", String(repeating: "x", count: 4000)) }
        }
        #expect(store.head.seq == 102)
        store.close()
        #expect(try StoreInspection.verify(path: folder.file()).findings == [])
    }

    @Test("A disk that fills inside an attempt never leaves half of it, whether the error is swallowed or not")
    func fullDiskInAttempt() throws {
        let store = try openStore(folder.file())
        let pages = try #require(try store.setting("page_count"))
        try store.limitPages(Int(pages) + 20)
        for round in 0..<40 {
            let before = store.head
            let result = Result {
                try store.commit { transaction in
                    for piece in 0..<3 {
                        try? transaction.attempt {
                            try transaction.addFile("卷 \(round).\(piece)")
                            try transaction.note("p\(round)", String(repeating: "x", count: 900 + 700 * piece))
                        }
                    }
                    return try transaction.head()
                }
            }
            switch result {
            case .success(let head): #expect(store.head == head)
            case .failure(let error):
                #expect((error as? StoreError)?.code == .full)
                #expect(store.head == before)
            }
            // Each file has its record: never one without the other.
            #expect(try store.commit { try $0.scalar("SELECT count(*) FROM files") } == store.head.seq)
        }
        #expect(store.head.seq > 3 && store.head.seq < 100)
        store.close()
        #expect(try StoreInspection.verify(path: folder.file()).findings == [])
    }
}
