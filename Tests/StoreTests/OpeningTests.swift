import Domain
import FoundationEssentials
import Glibc
import Testing

@testable import Store

@Suite("Opening a store")
struct OpeningTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeStore(records: Int = 1) throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            for number in 0..<records { try transaction.note("p\(number)", String(repeating: "x", count: 500)) }
        }
        store.close()
    }

    @Test("The settings are the ones the promises rest on")
    func settings() throws {
        let connection = try Connection(path: folder.file(), mode: .create)
        try StoreOpening.configure(connection)
        func setting(_ name: String) throws -> Int64? { try connection.integer("PRAGMA \(name)") }
        #expect(try setting("foreign_keys") == 1)
        #expect(try setting("trusted_schema") == 0)
        #expect(try setting("cache_size") == -2000)
        #expect(try setting("mmap_size") ?? 0 == 0)
        #expect(try setting("temp_store") == 2)
        #expect(try setting("busy_timeout") == 2000)
        connection.close()
        try FileManager.default.removeItem(atPath: folder.file())

        let store = try openStore(folder.file(), durability: .full)
        #expect(try store.setting("synchronous") == 2)
        #expect(try store.setting("wal_autocheckpoint") == 0)
        #expect(try store.setting("foreign_keys") == 1)
        #expect(try Connection(path: folder.file(), mode: .readOnly).texts("PRAGMA journal_mode") == ["wal"])
        store.close()
        #expect(try openStore(folder.file(), durability: .none).setting("synchronous") == 0)
    }

    @Test("A second writer is refused while the first lives, by whatever name it calls the file")
    func secondWriter() throws {
        let store = try openStore(folder.file())
        expect(.locked) { _ = try openStore(folder.file()) }
        expect(.locked) { _ = try openStore(folder.path + "/./archives.db") }
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("other.db"), withDestinationPath: folder.file())
        expect(.locked) { _ = try openStore(folder.file("other.db")) }
        store.close()
        _ = try openStore(folder.file("other.db"))
    }

    @Test("The lock is the kernel's, on a file beside the store, and goes with its holder")
    func lockFile() throws {
        let descriptor = open(folder.file() + ".lock", O_RDWR | O_CREAT, 0o600)
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        expect(.locked) { _ = try openStore(folder.file()) }
        close(descriptor)
        var store: WritableStore? = try openStore(folder.file())
        #expect(store != nil)
        store = nil
        _ = try openStore(folder.file())
    }

    @Test("A child process that still shares the lock's open file does not keep the next writer out")
    func lockSharedWithChild() throws {
        let store = try openStore(folder.file())
        // As between fork and exec: another descriptor of the same open file.
        let shared = try #require(try descriptors(of: folder.file() + ".lock").first.map { dup($0) })
        defer { close(shared) }
        expect(.locked) { _ = try openStore(folder.file()) }
        store.close()
        _ = try openStore(folder.file())
    }

    /// This process's descriptors of a file.
    private func descriptors(of path: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
        }
    }

    @Test("A writer whose opening fails lets go of the lock")
    func lockAfterFailure() throws {
        try makeStore()
        expect(.wrongStream) { _ = try openStore(folder.file(), stream: "assets") }
        _ = try openStore(folder.file())
    }

    @Test("Without its folder there is no store; a folder is no store")
    func missing() throws {
        expect(.missing) { _ = try openStore(folder.file("nowhere/a.db")) }
        expect(.missing) { _ = try ReadableStore(path: folder.file(), stream: "archives") }
        expect(.missing) { _ = try StoreInspection.verify(path: folder.file()) }
        expect(.noAccess) { _ = try openStore(folder.path) }
        #expect(!FileManager.default.fileExists(atPath: folder.file()))
    }

    @Test("A store of another service is refused by writer and reader")
    func wrongStream() throws {
        try makeStore()
        let error = expect(.wrongStream) { _ = try openStore(folder.file(), stream: "assets") }
        #expect(error?.message.contains("archives.db") == true)
        expect(.wrongStream) { _ = try ReadableStore(path: folder.file(), stream: "assets") }
    }

    @Test("A database of another program is refused and stays as it is")
    func foreign() throws {
        try Connection(path: folder.file(), mode: .create).runScript("CREATE TABLE theirs (a); PRAGMA user_version = 9")
        let before = try folder.bytes(folder.file())
        expect(.foreign) { _ = try openStore(folder.file()) }
        expect(.foreign) { _ = try ReadableStore(path: folder.file(), stream: "archives") }
        expect(.foreign) { _ = try StoreInspection.verify(path: folder.file()) }
        try tamper(folder.file(), "PRAGMA application_id = 252006674")
        expect(.foreign) { _ = try openStore(folder.file()) }
        try tamper(folder.file(), "PRAGMA application_id = 0")
        #expect(try folder.bytes(folder.file()).count == before.count)
        #expect(!FileManager.default.fileExists(atPath: folder.file() + "-wal"))
    }

    @Test("A text file is refused and stays as it is")
    func textFile() throws {
        for text in ["姓名,电话\n", "ab", String(repeating: "not a database ", count: 1000)] {
            try folder.write(Array(text.utf8), to: folder.file())
            expect(.damaged) { _ = try openStore(folder.file()) }
            expect(.damaged) { _ = try ReadableStore(path: folder.file(), stream: "archives") }
            expect(.damaged) { _ = try StoreInspection.verify(path: folder.file()) }
            #expect(try folder.bytes(folder.file()) == Array(text.utf8))
        }
    }

    @Test("A file of one byte is not written over")
    func oneByte() throws {
        try folder.write([65], to: folder.file())
        expect(.damaged) { _ = try openStore(folder.file()) }
        #expect(try folder.bytes(folder.file()) == [65])
    }

    @Test("A file cut short is noticed, wherever it is cut", arguments: [100, 4096, 5000, 40_960, -4096, -1])
    func truncated(length: Int) throws {
        try makeStore(records: 200)
        let bytes = try folder.bytes(folder.file())
        #expect(bytes.count > 50_000)
        try folder.write(Array(bytes.prefix(length > 0 ? length : bytes.count + length)), to: folder.file())
        expect(.damaged) { _ = try openStore(folder.file()) }
        expect(.damaged) { _ = try StoreInspection.verify(path: folder.file()) }
    }

    @Test("An empty main file beside a write-ahead log is damage, and the log is kept")
    func emptyBesideLog() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p1") }
        try folder.copyStore(from: folder.file(), to: folder.file("copy.db"))
        for emptied in [true, false] {
            if emptied {
                try folder.write([], to: folder.file("copy.db"))
            } else {
                try FileManager.default.removeItem(atPath: folder.file("copy.db"))
            }
            expect(.damaged) { _ = try openStore(folder.file("copy.db")) }
            #expect(try folder.bytes(folder.file("copy.db-wal")).count > 4096)
        }
    }

    @Test("A store in a newer format is refused")
    func newerFormat() throws {
        try makeStore()
        try tamper(folder.file(), "PRAGMA user_version = 2")
        expect(.newer) { _ = try openStore(folder.file()) }
        expect(.newer) { _ = try ReadableStore(path: folder.file(), stream: "archives") }
    }

    @Test("A log whose end does not match its head is refused")
    func endOfLog() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in for key in ["a", "b", "c"] { try transaction.note(key) } }
        store.close()
        let whole = try folder.bytes(folder.file())
        let changes = [
            "DELETE FROM log WHERE seq = 3", "DELETE FROM log", "UPDATE log SET key = 'x' WHERE seq = 3",
            "UPDATE store_identity SET head_seq = 2", "UPDATE store_identity SET head_hash = x'00'",
            "INSERT INTO log SELECT 4, at, name, version, key, actor, body, body_digest, hash FROM log WHERE seq = 3",
        ]
        for change in changes {
            try tamper(folder.file(), freeLog, change)
            expect(.chainBroken) { _ = try openStore(folder.file()) }
            try folder.write(whole, to: folder.file())
        }
        _ = try openStore(folder.file())
    }

    @Test("Each writer is numbered, and the number grows")
    func writerEpochs() throws {
        let numbers = try (1...3).map { _ in
            let store = try openStore(folder.file())
            defer { store.close() }
            return store.writerEpoch
        }
        #expect(numbers == [1, 2, 3])
    }
}
