import Domain
import Sealing
import Store
import Testing

@Suite("The log")
struct LogTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private func prefixed(_ text: String) -> [UInt8] { bytes(UInt16(text.utf8.count)) + Array(text.utf8) }

    @Test("Hashes are the written-down formula, from the genesis on")
    func formula() throws {
        let clock = ManualClock()
        let store = try openStore(folder.file(), clock: clock)
        #expect(store.head.seq == 0)
        #expect(store.head.epoch == store.head.origin)
        let genesis = SM3.digest(Array("jieli-log-1".utf8) + Array("archives".utf8) + bytes(store.head.epoch))
        #expect(store.head.hash == genesis)
        try store.commit { transaction in
            _ = try transaction.append(name: "档案.收到", version: 7, key: "", actor: "经办", body: [1, 0, 255])
        }
        let digest = SM3.digest([1, 0, 255])
        var content = genesis + bytes(Int64(1)) + bytes(clock.now().millisecondsSinceEpoch) + bytes(UInt32(7))
        content += prefixed("档案.收到") + prefixed("") + prefixed("经办") + digest
        let record = LogRecord(
            seq: 1, at: clock.now(), name: "档案.收到", version: 7, key: "", actor: "经办", body: [1, 0, 255],
            bodyDigest: digest, hash: SM3.digest(content))
        #expect(try store.commit { try $0.events(after: 0, limit: 9, byteLimit: .max) } == [record])
        #expect(store.head.hash == record.hash)
        #expect(LogChain.hash(previous: genesis, record: record) == record.hash)
    }

    @Test("The borders between texts count: moving a letter from one to the next changes the hash")
    func borders() {
        func hash(_ name: String, _ key: String, _ actor: String) -> [UInt8] {
            LogChain.hash(
                previous: [], seq: 1, at: Timestamp(millisecondsSinceEpoch: 0), name: name, version: 1, key: key,
                actor: actor, bodyDigest: [])
        }
        #expect(Set([hash("ab", "c", "d"), hash("a", "bc", "d"), hash("a", "b", "cd")]).count == 3)
    }

    @Test("Another stream or another epoch begins another chain")
    func genesis() {
        let one = LogChain.genesis(stream: "archives", epoch: 1)
        #expect(one != LogChain.genesis(stream: "archives", epoch: 2))
        #expect(one != LogChain.genesis(stream: "assets", epoch: 1))
    }

    @Test("Reading stops at the number of records or of bytes, but always gets on")
    func limits() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            for number in 1...5 { try transaction.note("p\(number)", String(repeating: "x", count: 1000)) }
        }
        try store.commit { transaction in
            func seqs(_ seq: Int64, _ limit: Int, _ byteLimit: Int) throws -> [Int64] {
                try transaction.events(after: seq, limit: limit, byteLimit: byteLimit).map(\.seq)
            }
            let size = try transaction.events(after: 0, limit: 1, byteLimit: .max)[0].sizeInBytes
            #expect(size > 1000 && size < 1200)
            #expect(try seqs(0, 9, .max) == [1, 2, 3, 4, 5])
            #expect(try seqs(3, 9, .max) == [4, 5])
            #expect(try seqs(1, 2, .max) == [2, 3])
            #expect(try seqs(0, 9, 2 * size) == [1, 2])
            #expect(try seqs(0, 9, 2 * size - 1) == [1])
            #expect(try seqs(0, 9, 1) == [1])
            #expect(try seqs(5, 9, .max) == [])
            #expect(try seqs(0, 0, .max) == [])
            #expect(try seqs(0, -1, .max) == [])
        }
    }

    @Test("An event whose version or texts do not fit the record is refused")
    func misfits() throws {
        let store = try openStore(folder.file())
        let long = String(repeating: "x", count: LogChain.longestTextInBytes + 1)
        try store.commit { transaction throws in
            for version in [-1, 1 << 32] {
                expect(.misuse) {
                    _ = try transaction.append(name: "a", version: version, key: "", actor: "", body: [])
                }
            }
            expect(.misuse) { _ = try transaction.append(name: long, version: 1, key: "", actor: "", body: []) }
            expect(.misuse) { _ = try transaction.append(name: "a", version: 1, key: long, actor: "", body: []) }
            expect(.misuse) { _ = try transaction.append(name: "a", version: 1, key: "", actor: long, body: []) }
            #expect(try transaction.head().seq == 0)
            #expect(try transaction.append(name: "a", version: 1, key: "", actor: "", body: []) == 1)
        }
    }

    @Test("A consumer checks what it is given: whole, withheld, and every way of being wrong")
    func checking() throws {
        let store = try openStore(folder.file())
        let start = StreamOffset(epoch: store.head.epoch, seq: 0, hash: store.head.hash)
        try store.commit { transaction in
            for number in 1...4 { try transaction.note("p\(number)", "内容\(number)") }
            try transaction.note("p5")
        }
        let records = try store.commit { try $0.events(after: 0, limit: 9, byteLimit: .max) }
        #expect(LogChain.firstBreak(in: records, after: start) == nil)
        let second = StreamOffset(epoch: start.epoch, seq: 2, hash: records[1].hash)
        #expect(LogChain.firstBreak(in: Array(records[2...]), after: second) == nil)
        #expect(LogChain.firstBreak(in: Array(records[2...]), after: start) == 1)

        let withheld = records.map { $0.withholdingBody() }
        #expect(withheld.map(\.isBodyWithheld) == [true, true, true, true, false])
        #expect(withheld.allSatisfy { $0.body.isEmpty })
        #expect(LogChain.firstBreak(in: withheld, after: start) == nil)

        func broken(_ change: (inout [LogRecord]) -> Void) -> Int64? {
            var altered = records
            change(&altered)
            return LogChain.firstBreak(in: altered, after: start)
        }
        #expect(broken { $0[1].body = [1] } == 2)
        #expect(broken { $0[1].bodyDigest[0] ^= 1 } == 2)
        #expect(broken { $0[2].actor = "x" } == 3)
        #expect(broken { $0[2].key = "x" } == 3)
        #expect(broken { $0[2].name = "x" } == 3)
        #expect(broken { $0[2].version = 2 } == 3)
        #expect(broken { $0[2].at = $0[2].at.advanced(byMilliseconds: 1) } == 3)
        #expect(broken { $0[3].hash[31] ^= 1 } == 4)
        #expect(broken { $0.remove(at: 1) } == 2)
        #expect(broken { $0.swapAt(0, 1) } == 1)
    }

    @Test("A renewed epoch is told to consumers, and the chain goes on")
    func renewedEpoch() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p1") }
        let before = store.head
        try store.renewEpoch()
        #expect(store.head.epoch != before.epoch)
        #expect(store.head.origin == before.origin)
        #expect(store.head.hash == before.hash)
        try store.commit { transaction in
            #expect(try transaction.head() == store.head)
            try transaction.note("p2")
        }
        let head = store.head
        store.close()
        #expect(try openStore(folder.file()).head == head)
        #expect(try StoreInspection.verify(path: folder.file()).findings == [])
    }
}
