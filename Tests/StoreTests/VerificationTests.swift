import Domain
import Sealing
import Testing

@testable import Store

@Suite("Inspection")
struct VerificationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeStore() throws -> LogHead {
        let store = try openStore(folder.file())
        defer { store.close() }
        try store.commit { transaction in
            for number in 1...20 { try transaction.note("p\(number)", "内容 \(number)") }
            try transaction.setOffset(StreamOffset(epoch: 4, seq: 2, hash: [1]), of: "registry")
            let id = CommandIdentity(caller: "gateway", session: 1, counter: 1)
            try transaction.storeResult(StoredResult(status: 0, body: [], requestDigest: 0), for: id)
        }
        return store.head
    }

    @Test("A sound store: what is in it")
    func sound() throws {
        let head = try makeStore()
        let report = try StoreInspection.verify(path: folder.file())
        #expect(report.isSound && report.findings == [] && report.firstBadSeq == nil)
        #expect(report.head == head)
        #expect(report.recordCount == 20)
        #expect(report.resultCount == 1)
        #expect(report.migrations == ["0001-files"])
        #expect(report.offsets == ["registry": StreamOffset(epoch: 4, seq: 2, hash: [1])])
    }

    @Test("A running store is inspected too, and an empty one")
    func running() throws {
        let store = try openStore(folder.file())
        #expect(try StoreInspection.verify(path: folder.file()).findings == [])
        try store.commit { transaction in _ = try transaction.note("p1") }
        let report = try StoreInspection.verify(path: folder.file())
        #expect(report.isSound && report.recordCount == 1)
        try store.commit { transaction in _ = try transaction.note("p2") }
    }

    @Test(
        "Every kind of tampering is found at its record",
        arguments: [
            ("UPDATE log SET body = x'00' WHERE seq = 7", "content", 7),
            ("UPDATE log SET body_digest = zeroblob(32) WHERE seq = 7", "content", 7),
            ("UPDATE log SET actor = 'x' WHERE seq = 7", "chain", 7),
            ("UPDATE log SET at = at + 1 WHERE seq = 7", "chain", 7),
            ("UPDATE log SET version = 2 WHERE seq = 7", "chain", 7),
            ("UPDATE log SET hash = zeroblob(32) WHERE seq = 7", "chain", 7),
            ("UPDATE log SET hash = zeroblob(32) WHERE seq = 20", "chain", 20),
            ("DELETE FROM log WHERE seq = 7", "gap", 7),
            ("DELETE FROM log WHERE seq = 1", "gap", 1),
            ("DELETE FROM log WHERE seq > 18", "head", 19),
            ("DELETE FROM log", "head", 1),
            ("UPDATE log SET seq = seq + 1 WHERE seq = 20", "gap", 20),
            ("UPDATE log SET seq = -seq WHERE seq = 3", "gap", 1),
            ("UPDATE store_identity SET head_seq = 19", "head", 20),
            ("UPDATE store_identity SET head_hash = zeroblob(32)", "head", 21),
            ("UPDATE store_identity SET stream = 'other'", "chain", 1),
            ("UPDATE store_identity SET origin = origin + 1", "chain", 1),
        ])
    func tampering(sql: String, kind: String, seq: Int) throws {
        _ = try makeStore()
        try tamper(folder.file(), freeLog, sql)
        let report = try StoreInspection.verify(path: folder.file())
        #expect(!report.isSound)
        #expect(report.firstBadSeq == Int64(seq))
        #expect(report.findings.first { $0.seq == Int64(seq) }?.kind.rawValue == "store.verify.\(kind)")
    }

    @Test("A forged record with a fitting hash of its own breaks the link to the next")
    func forgery() throws {
        _ = try makeStore()
        let records = try ReadableStore(path: folder.file(), stream: "archives")
            .read { try $0.events(after: 0, limit: 99, byteLimit: .max) }
        var forged = records[6]
        forged.body = Array("别的内容".utf8)
        forged.bodyDigest = SM3.digest(forged.body)
        forged.hash = LogChain.hash(previous: records[5].hash, record: forged)
        let connection = try Connection(path: folder.file(), mode: .readWrite)
        try connection.runScript(freeLog)
        let statement = try connection.borrow("UPDATE log SET body = ?, body_digest = ?, hash = ? WHERE seq = 7")
        try statement.bind([forged.body, forged.bodyDigest, forged.hash])
        try statement.run()
        connection.giveBack(statement)
        connection.close()
        let report = try StoreInspection.verify(path: folder.file())
        #expect(report.findings.map(\.seq) == [8])
        #expect(report.findings.map(\.kind) == [.chain])
    }

    @Test("Many faults are listed, but not without end")
    func manyFaults() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in for _ in 1...100 { try transaction.note("p") } }
        store.close()
        try tamper(folder.file(), freeLog, "UPDATE log SET body = x'01' WHERE seq > 10")
        let report = try StoreInspection.verify(path: folder.file())
        #expect(report.findings.count == VerificationReport.findingLimit)
        #expect(report.firstBadSeq == 11)
        #expect(report.recordCount == 100)
    }

    @Test("A dangling reference is found")
    func reference() throws {
        _ = try makeStore()
        try tamper(folder.file(), "PRAGMA foreign_keys = OFF", "INSERT INTO loans (file) VALUES (77)")
        #expect(try StoreInspection.verify(path: folder.file()).findings.map(\.kind) == [.reference])
    }

    @Test("A page overwritten in the file is found")
    func page() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            for number in 1...200 { try transaction.note("p\(number)", String(repeating: "x", count: 500)) }
        }
        store.close()
        let whole = try folder.bytes(folder.file())
        var found = 0
        for page in 1..<(whole.count / 4096) {
            var bytes = whole
            for offset in 0..<64 { bytes[page * 4096 + offset] = 0xFF }
            try folder.write(bytes, to: folder.file())
            let report = Result { try StoreInspection.verify(path: folder.file()) }
            switch report {
            case .success(let report): if !report.isSound { found += 1 }
            case .failure(let error): if (error as? StoreError)?.code == .damaged { found += 1 }
            }
        }
        #expect(found == whole.count / 4096 - 1)
    }
}
