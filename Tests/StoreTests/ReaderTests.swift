import Domain
import FoundationEssentials
import Kernel
import Store
import Synchronization
import Testing

@Suite("Readers")
struct ReaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func openReader() throws(StoreError) -> ReadableStore {
        try ReadableStore(path: folder.file(), stream: "archives", migrations: schema)
    }

    @Test("A view stays the same while the writer commits; the next one sees it all")
    func stableView() throws {
        let store = try openStore(folder.file())
        let id = CommandIdentity(caller: "gateway", session: 1, counter: 1)
        let result = StoredResult(status: StoredResult.refused, body: [1], requestDigest: 2)
        let reader = try openReader()
        func commit(_ title: String) throws {
            try store.commit { transaction in
                try transaction.addFile(title)
                try transaction.note("p1", title)
            }
        }
        try commit("卷一")
        let head = store.head
        try reader.read { snapshot in
            // The view is taken at the beginning, not with the first query.
            try commit("卷二")
            #expect(try snapshot.head() == head)
            #expect(try snapshot.titles() == ["卷一"])
            try commit("卷三")
            try store.commit { transaction in
                try transaction.setOffset(StreamOffset(epoch: 1, seq: 2, hash: [3]), of: "registry")
                try transaction.storeResult(result, for: id)
            }
            store.checkpointIfNeeded(idle: true)
            #expect(try snapshot.titles() == ["卷一"])
            #expect(try snapshot.events(after: 0, limit: 9, byteLimit: .max).map(\.seq) == [1])
            #expect(try snapshot.offset(of: "registry") == nil)
            #expect(try snapshot.result(for: id) == nil)
        }
        try reader.read { snapshot throws in
            #expect(try snapshot.head() == store.head)
            #expect(try snapshot.titles() == ["卷一", "卷二", "卷三"])
            #expect(try snapshot.offset(of: "registry")?.seq == 2)
            #expect(try snapshot.result(for: id) == result)
        }
    }

    @Test("Uncommitted work is not seen")
    func uncommitted() throws {
        let store = try openStore(folder.file())
        let reader = try openReader()
        try store.commit { transaction in
            try transaction.addFile("卷一")
            #expect(try reader.read { try $0.titles() } == [])
        }
        #expect(try reader.read { try $0.titles() } == ["卷一"])
    }

    @Test("A reader can't write")
    func readOnly() throws {
        let store = try openStore(folder.file())
        let reader = try openReader()
        for sql in [
            "INSERT INTO files (title) VALUES ('x') RETURNING id", "DELETE FROM files RETURNING id",
            "UPDATE store_identity SET writer_epoch = 99 RETURNING 1",
        ] {
            expect(.noAccess) { _ = try reader.read { try $0.scalar(sql) } }
        }
        expect(.misuse) { _ = try reader.read { try $0.scalar("PRAGMA query_only = OFF") } }
        try store.commit { transaction in try transaction.addFile("卷一") }
    }

    @Test("A reader works without a writer, and after the writer has closed and another has come")
    func writersComeAndGo() throws {
        var store = try openStore(folder.file())
        try store.commit { transaction in try transaction.addFile("卷一") }
        store.close()
        let reader = try openReader()
        #expect(try reader.read { try $0.titles() } == ["卷一"])
        store = try openStore(folder.file())
        try store.commit { transaction in try transaction.addFile("卷二") }
        #expect(try reader.read { try $0.titles() } == ["卷一", "卷二"])
        store.close()
        #expect(try reader.read { try $0.titles() } == ["卷一", "卷二"])
        reader.close()
        // The reader, last to leave, carried nothing over and did no harm.
        #expect(try StoreInspection.verify(path: folder.file()).findings == [])
    }

    @Test("Two uses at once, a closed reader and a view kept too long are refused")
    func misuse() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in try transaction.addFile("卷一") }
        let reader = try openReader()
        var kept: Snapshot?
        var keptRow: Row?
        try reader.read { snapshot in
            kept = snapshot
            expect(.misuse) { try reader.read { _ in } }
            _ = try snapshot.rows("SELECT title FROM files") { row in keptRow = row }
            expect(.misuse) { _ = try keptRow?.text(0) }
        }
        expect(.misuse) { _ = try kept?.titles() }
        #expect(throws: Refusal()) { try reader.read { _ in throw Refusal() } }
        #expect(try reader.read { try $0.titles() } == ["卷一"])
        reader.close()
        reader.close()
        expect(.closed) { try reader.read { _ in } }
    }

    @Test("An empty file is not yet a store")
    func empty() throws {
        try folder.write([], to: folder.file())
        expect(.missing) { _ = try openReader() }
        try openStore(folder.file()).close()
        _ = try openReader()
    }

    @Test("While one thread commits, others always see state and log agree")
    func threads() throws {
        let store = try openStore(folder.file())
        let readers = try (0..<2).map { _ in try openReader() }
        let isDone = Atomic<Bool>(false)
        let failures = Mutex<[String]>([])
        let views = Atomic<Int>(0)
        var threads: [OwnThread] = []
        try withExtendedLifetime(isDone) {
            for reader in readers {
                let thread = OwnThread(name: "reader") {
                    while !isDone.load(ordering: .acquiring) {
                        do {
                            try reader.read { snapshot in
                                let files = try snapshot.scalar("SELECT count(*) FROM files")
                                let seq = try snapshot.head().seq
                                let last = try snapshot.events(after: max(0, seq - 1), limit: 9, byteLimit: .max)
                                if files != seq || last.map(\.seq) != (seq == 0 ? [] : [seq]) {
                                    failures.withLock { $0.append("\(files ?? -1) files at seq \(seq)") }
                                }
                            }
                            views.add(1, ordering: .relaxed)
                        } catch {
                            failures.withLock { $0.append("\(error)") }
                        }
                    }
                }
                threads.append(try #require(thread))
            }
            defer {
                isDone.store(true, ordering: .releasing)
                for thread in threads { thread.join() }
            }
            for number in 0..<300 {
                try store.commit { transaction in
                    try transaction.addFile("卷\(number)")
                    try transaction.note("p\(number)")
                }
                if number % 50 == 0 { store.checkpointIfNeeded(idle: true) }
            }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(views.load(ordering: .relaxed) > 0)
    }
}
