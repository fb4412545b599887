import Domain
import Store
import Testing

@Suite("Commits")
struct CommitTests {
    let folder: TemporaryFolder
    let clock = ManualClock()

    init() throws { folder = try TemporaryFolder() }

    @Test("State, log, offset and result of one commit are there after reopening")
    func allTogether() throws {
        let id = CommandIdentity(caller: "gateway", session: .max, counter: 1)
        let offset = StreamOffset(epoch: .max, seq: 9, hash: [1, 2])
        let result = StoredResult(status: StoredResult.done, body: [3], requestDigest: -4)
        var store: WritableStore? = try openStore(folder.file())
        try store?.commit { transaction in
            try transaction.addFile("卷一")
            #expect(try transaction.note("p1") == 1)
            try transaction.setOffset(offset, of: "registry")
            try transaction.storeResult(result, for: id)
        }
        let head = try #require(store?.head)
        store = nil

        let reopened = try openStore(folder.file())
        #expect(reopened.head == head)
        try reopened.commit { transaction throws in
            #expect(try transaction.titles() == ["卷一"])
            #expect(try transaction.offset(of: "registry") == offset)
            #expect(try transaction.offset(of: "assets") == nil)
            #expect(try transaction.offsets() == ["registry": offset])
            #expect(try transaction.result(for: id) == result)
        }
    }

    @Test("An error in the body undoes all of it and is thrown on")
    func bodyFails() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p1") }
        let head = store.head
        #expect(throws: Refusal()) {
            try store.commit { transaction in
                try transaction.addFile("卷一")
                try transaction.note("p2")
                throw Refusal()
            }
        }
        #expect(store.head == head)
        try store.commit { transaction throws in
            #expect(try transaction.titles().isEmpty)
            #expect(try transaction.head() == head)
            #expect(try transaction.note("p3") == 2)
        }
    }

    @Test("A refused attempt leaves no trace and the log dense, while the others of the commit stay")
    func attempts() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.attempt {
                try transaction.addFile("卷一")
                try transaction.note("p1")
            }
            let between = try transaction.head()
            #expect(throws: Refusal()) {
                try transaction.attempt {
                    try transaction.addFile("卷二")
                    try transaction.note("p2")
                    try transaction.setOffset(StreamOffset(epoch: 1, seq: 1, hash: []), of: "registry")
                    throw Refusal()
                }
            }
            #expect(try transaction.head() == between)
            #expect(try transaction.attempt { try transaction.note("p3") } == 2)
        }
        try store.commit { transaction throws in
            #expect(try transaction.titles() == ["卷一"])
            #expect(try transaction.offsets().isEmpty)
            #expect(try transaction.events(after: 0, limit: 9, byteLimit: .max).map(\.key) == ["p1", "p3"])
        }
        store.close()
        #expect(try StoreInspection.verify(path: folder.file()).findings == [])
    }

    @Test("Attempts nest: the inner one is undone alone, the outer one with all inside")
    func nestedAttempts() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.attempt {
                try transaction.addFile("外")
                try? transaction.attempt {
                    try transaction.addFile("内")
                    throw Refusal()
                }
                try transaction.note("p1")
            }
            try? transaction.attempt {
                try transaction.attempt {
                    try transaction.addFile("里")
                    try transaction.note("p2")
                }
                throw Refusal()
            }
            #expect(try transaction.titles() == ["外"])
            #expect(try transaction.head().seq == 1)
        }
        #expect(store.head.seq == 1)
    }

    @Test("A failing statement inside an attempt does not stop the commit")
    func constraintInAttempt() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.addFile("卷一")
            let error = expect(.constraint) { try transaction.attempt { try transaction.addFile("卷一") } }
            #expect(error?.isUniqueViolation == true && error?.isCausedByWork == true)
            try transaction.addFile("卷二")
        }
        #expect(try store.commit { transaction in try transaction.titles() } == ["卷一", "卷二"])
    }

    @Test("A rule checked only at COMMIT undoes the whole commit, and the head is the file's")
    func deferredConstraint() throws {
        let store = try openStore(folder.file())
        let head = store.head
        let error = expect(.constraint) {
            try store.commit { transaction in
                try transaction.note("p1")
                try transaction.execute("INSERT INTO loans (file) VALUES (?)", 77)
            }
        }
        #expect(error?.isReferenceViolation == true)
        #expect(store.head == head)
        try store.commit { transaction throws in
            #expect(try transaction.head() == head)
            #expect(try transaction.scalar("SELECT count(*) FROM loans") == 0)
            #expect(try transaction.note("p2") == 1)
        }
    }

    @Test("Time is fixed for the whole commit and stands in its records")
    func time() throws {
        let store = try openStore(folder.file(), clock: clock)
        let begin = clock.now()
        try store.commit { transaction in
            clock.advance(byMilliseconds: 5)
            #expect(transaction.now == begin)
            try transaction.note("p1")
        }
        try store.commit { transaction throws in
            #expect(transaction.now == begin.advanced(byMilliseconds: 5))
            #expect(try transaction.events(after: 0, limit: 1, byteLimit: .max).map(\.at) == [begin])
        }
    }

    @Test("Row number and count of changes are those of the last execute")
    func counts() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.note("p1")
            #expect(transaction.lastInsertedRow == 0)
            try transaction.execute("INSERT INTO files (id, title) VALUES (?, ?)", 40, "卷一")
            try transaction.note("p2")
            #expect(transaction.lastInsertedRow == 40)
            #expect(transaction.changedRows == 1)
            try transaction.addFile("卷二")
            try transaction.execute("UPDATE files SET pages = pages + ?", 1)
            #expect(transaction.changedRows == 2)
        }
    }

    @Test("A commit inside a commit, and a transaction kept too long, are refused")
    func misuse() throws {
        let store = try openStore(folder.file())
        var kept: Transaction?
        try store.commit { transaction in
            kept = transaction
            expect(.misuse) { try store.commit { _ in } }
            try transaction.addFile("卷一")
        }
        expect(.misuse) { try kept?.addFile("卷二") }
        expect(.misuse) { _ = try kept?.titles() }
        try store.commit { _ in _ = expect(.misuse) { try kept?.addFile("卷二") } }
        #expect(try store.commit { transaction in try transaction.titles() } == ["卷一"])
    }

    @Test("A transaction that SQLite gave up is not taken for done, even when its error is swallowed")
    func lostTransaction() throws {
        let store = try openStore(folder.file())
        let head = store.head
        expect(.constraint) {
            try store.commit { transaction in
                try transaction.addFile("卷一")
                try transaction.note("p1")
                try? transaction.attempt {
                    try transaction.execute("INSERT OR ROLLBACK INTO files (title) VALUES (?)", "卷一")
                }
                // Outside a transaction this would be a commit of its own.
                expect(.constraint) { try transaction.addFile("卷二") }
                expect(.constraint) { _ = try transaction.titles() }
                expect(.constraint) { try transaction.attempt {} }
            }
        }
        #expect(store.head == head)
        #expect(try store.commit { transaction in try transaction.titles() } == [])
    }

    @Test("A service can't end the transaction or change settings by statements")
    func endedByHand() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in
            try transaction.addFile("卷一")
            for sql in [
                "COMMIT", "ROLLBACK", "-- x\n END", "SAVEPOINT a", "ATTACH 'x' AS y", "PRAGMA foreign_keys = OFF",
            ] {
                expect(.misuse) { try transaction.execute(sql) }
            }
            expect(.misuse) { _ = try transaction.scalar("COMMIT") }
        }
        #expect(try store.commit { transaction in try transaction.titles() } == ["卷一"])
    }

    @Test("The log refuses changes by statements")
    func appendOnly() throws {
        let store = try openStore(folder.file())
        try store.commit { transaction in _ = try transaction.note("p1") }
        expect(.constraint) { try store.commit { try $0.execute("DELETE FROM log") } }
        expect(.constraint) { try store.commit { try $0.execute("UPDATE log SET actor = 'x'") } }
    }
}
