import Domain
import Store
import Testing

@Suite("Command results")
struct ResultTests {
    let folder: TemporaryFolder
    let clock = ManualClock()

    init() throws { folder = try TemporaryFolder() }

    private func id(_ caller: String, _ session: UInt64, _ counter: Int64) -> CommandIdentity {
        CommandIdentity(caller: caller, session: session, counter: counter)
    }

    private func result(_ number: Int64) -> StoredResult {
        StoredResult(status: StoredResult.done, body: [UInt8(number)], requestDigest: number)
    }

    @Test("Caller, session and counter tell commands apart")
    func identities() throws {
        let store = try openStore(folder.file())
        let ids = [id("甲", 1, 1), id("乙", 1, 1), id("甲", .max, 1), id("甲", 1, 2), id("", 0, 0), id("甲", 1, -1)]
        try store.commit { transaction in
            for (number, id) in ids.enumerated() { try transaction.storeResult(result(Int64(number)), for: id) }
        }
        try store.commit { transaction throws in
            for (number, id) in ids.enumerated() { #expect(try transaction.result(for: id) == result(Int64(number))) }
            #expect(try transaction.result(for: id("甲", 2, 1)) == nil)
            #expect(try transaction.result(for: id("丙", 1, 1)) == nil)
        }
    }

    @Test("A second result for the same command is refused, and the first stays")
    func twice() throws {
        let store = try openStore(folder.file())
        try store.commit { try $0.storeResult(result(1), for: id("甲", 1, 1)) }
        try store.commit { transaction throws in
            let error = expect(.resultExists) {
                try transaction.attempt { try transaction.storeResult(result(2), for: id("甲", 1, 1)) }
            }
            #expect(error?.isCausedByWork == true)
            #expect(try transaction.result(for: id("甲", 1, 1)) == result(1))
        }
    }

    @Test("A caller first met in an attempt that is undone can be met again")
    func callerUndone() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try? transaction.attempt {
                try transaction.storeResult(result(1), for: id("甲", 1, 1))
                try transaction.storeResult(result(1), for: id("甲", 1, 2))
                throw Refusal()
            }
            #expect(try transaction.result(for: id("甲", 1, 1)) == nil)
            try transaction.storeResult(result(2), for: id("乙", 1, 1))
            try transaction.storeResult(result(3), for: id("甲", 1, 1))
        }
        try store.commit { transaction throws in
            #expect(try transaction.result(for: id("乙", 1, 1)) == result(2))
            #expect(try transaction.result(for: id("甲", 1, 1)) == result(3))
        }
    }

    @Test("A caller first met in a commit that is undone can be met again")
    func callerUndoneWithCommit() throws {
        let store = try openStore(folder.file())
        #expect(throws: Refusal()) {
            try store.commit { transaction in
                try transaction.storeResult(result(1), for: id("甲", 1, 1))
                throw Refusal()
            }
        }
        try store.commit { try $0.storeResult(result(2), for: id("乙", 1, 1)) }
        try store.commit { try $0.storeResult(result(3), for: id("甲", 1, 1)) }
        try store.commit { transaction throws in
            #expect(try transaction.result(for: id("乙", 1, 1)) == result(2))
            #expect(try transaction.result(for: id("甲", 1, 1)) == result(3))
        }
    }

    @Test("Old results are forgotten, oldest first and no more than asked")
    func purge() throws {
        let store = try openStore(folder.file(), clock: clock)
        for counter in 1...6 {
            try store.commit { try $0.storeResult(result(Int64(counter)), for: id("甲", 1, Int64(counter))) }
            clock.advance(byMilliseconds: 1000)
        }
        let afterFour = clock.now().advanced(byMilliseconds: -2000)
        func left(_ transaction: Transaction) throws -> [Int64] {
            try (1...6).filter { try transaction.result(for: id("甲", 1, $0)) != nil }
        }
        try store.commit { transaction throws in
            #expect(try transaction.purgeResults(olderThan: afterFour, limit: 3) == 3)
            #expect(try left(transaction) == [4, 5, 6])
            #expect(try transaction.purgeResults(olderThan: afterFour, limit: 3) == 1)
            #expect(try transaction.purgeResults(olderThan: afterFour) == 0)
            #expect(try left(transaction) == [5, 6])
        }
    }

    @Test("Offsets are replaced, one for each stream")
    func offsets() throws {
        let store = try openStore(folder.file())
        let offsets = (1...3).map { StreamOffset(epoch: UInt64($0), seq: Int64($0), hash: [UInt8($0)]) }
        try store.commit { transaction in
            try transaction.setOffset(offsets[0], of: "registry")
            try transaction.setOffset(offsets[1], of: "assets")
            try transaction.setOffset(offsets[2], of: "registry")
        }
        try store.commit { transaction throws in
            #expect(try transaction.offsets() == ["registry": offsets[2], "assets": offsets[1]])
            #expect(try transaction.offset(of: "registry") == offsets[2])
        }
    }
}
