import Domain
import FoundationEssentials
import Synchronization
import Testing

@testable import Store

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path() + "jieli-store-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "archives.db") -> String { "\(path)/\(name)" }

    /// Copies a store with its write-ahead log, as a power cut would leave them.
    func copyStore(from source: String, to target: String) throws {
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: source + suffix) {
            try write(try bytes(source + suffix), to: target + suffix)
        }
    }

    func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }
}

extension WritableStore {
    /// A new epoch in a commit of its own.
    func renewEpoch() throws { _ = try commit { try $0.renewEpoch(above: 0, chance: 0) } }
}

/// A clock that stands until the test moves it.
final class ManualClock: WallClock {
    private let moment = Mutex(Timestamp(millisecondsSinceEpoch: 1_700_000_000_000))

    func now() -> Timestamp { moment.withLock { $0 } }

    func advance(byMilliseconds milliseconds: Int64) {
        moment.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) }
    }
}

/// Repeatable random numbers (SplitMix64).
final class SeededRandomness: Randomness, RandomNumberGenerator {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) { state = Mutex(seed) }

    func number() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    func next() -> UInt64 { number() }
}

let schema = [
    Migration(
        "0001-files",
        """
        CREATE TABLE files (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, pages INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE loans (
            id INTEGER PRIMARY KEY,
            file INTEGER NOT NULL REFERENCES files (id) DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        """)
]

/// A store of the stream "archives" in `folder`, without syncing unless asked.
func openStore(
    _ path: String, stream: String = "archives", migrations: [Migration] = schema, clock: any WallClock = ManualClock(),
    randomness: any Randomness = SeededRandomness(7), durability: Durability = .none
) throws(StoreError) -> WritableStore {
    try WritableStore(
        path: path, stream: stream, migrations: migrations, clock: clock, randomness: randomness, durability: durability
    )
}

extension Transaction {
    @discardableResult
    func note(_ key: String, _ text: String = "") throws -> Int64 {
        try append(name: "archives.file.received", version: 1, key: key, actor: "clerk", body: Array(text.utf8))
    }

    func addFile(_ title: String) throws { try execute("INSERT INTO files (title) VALUES (?)", title) }
}

extension Snapshot {
    func titles() throws -> [String] { try rows("SELECT title FROM files ORDER BY id") { row in try row.text(0) } }
}

/// Expects `body` to throw a `StoreError` with `code`, and returns it.
@discardableResult
func expect(
    _ code: StoreError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> StoreError? {
    do {
        try body()
        Issue.record("no error, expected \(code)", sourceLocation: sourceLocation)
    } catch let error as StoreError {
        #expect(error.code == code, "\(error.message)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("\(error), expected \(code)", sourceLocation: sourceLocation)
    }
    return nil
}

/// An error of the work itself.
struct Refusal: Error, Equatable {}

/// Runs SQL on the file past the store, as an intruder or an operator would.
func tamper(_ path: String, _ statements: String...) throws {
    let connection = try Connection(path: path, mode: .readWrite)
    for statement in statements { try connection.runScript(statement) }
    connection.close()
}

let freeLog = "DROP TRIGGER log_keeps_records; DROP TRIGGER log_loses_nothing"

extension WritableStore {
    /// A setting of the writing connection.
    func setting(_ name: String) throws -> Int64? { try connection.integer("PRAGMA \(name)") }
}
