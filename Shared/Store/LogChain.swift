import Domain
import Sealing

/// The hash chain over a log, so that nobody can alter, drop or insert a record unnoticed.
///
/// All numbers are big-endian; `‖` joins; a text is its UTF-8 length in 2 bytes and its bytes.
///
///     genesis   = SM3("jieli-log-1" ‖ stream, bare ‖ epoch of birth, 8 bytes)
///     hash(n)   = SM3(hash(n - 1) ‖ seq, 8 ‖ at, 8 ‖ version, 4 ‖ name ‖ key ‖ actor ‖ body digest, 32)
///     digest(n) = SM3(body)
///
/// The body enters by its digest, so that it may be withheld from a reader while the chain still checks.
public enum LogChain {
    /// The longest name, key or actor, in bytes of UTF-8.
    public static let longestTextInBytes = 65_535

    /// The hash before the first record. `epoch` is the one in which the log was born (`LogHead.origin`).
    public static func genesis(stream: String, epoch: UInt64) -> [UInt8] {
        var content = Array("jieli-log-1".utf8)
        content.append(contentsOf: stream.utf8)
        append(epoch, to: &content)
        return SM3.digest(content)
    }

    /// The hash of `record` after one with the hash `previous`. The record's own `hash` and `body` do not enter.
    public static func hash(previous: [UInt8], record: LogRecord) -> [UInt8] {
        hash(
            previous: previous, seq: record.seq, at: record.at, name: record.name, version: record.version,
            key: record.key, actor: record.actor, bodyDigest: record.bodyDigest)
    }

    public static func hash(
        previous: [UInt8], seq: Int64, at: Timestamp, name: String, version: Int, key: String, actor: String,
        bodyDigest: [UInt8]
    ) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(96 + name.utf8.count + key.utf8.count + actor.utf8.count)
        content.append(contentsOf: previous)
        append(UInt64(bitPattern: seq), to: &content)
        append(UInt64(bitPattern: at.millisecondsSinceEpoch), to: &content)
        append(UInt32(truncatingIfNeeded: version), to: &content)
        append(name, to: &content)
        append(key, to: &content)
        append(actor, to: &content)
        content.append(contentsOf: bodyDigest)
        return SM3.digest(content)
    }

    /// The first `seq` at which `records` do not continue the log after `offset`; nil when all do.
    ///
    /// Checks that they are dense, that each content that is not withheld has its digest, and each hash.
    public static func firstBreak(in records: [LogRecord], after offset: StreamOffset) -> Int64? {
        var previous = offset.hash
        var expected = offset.seq
        for record in records {
            expected += 1
            guard record.seq == expected else { return expected }
            guard record.isBodyWithheld || SM3.digest(record.body) == record.bodyDigest else { return expected }
            guard hash(previous: previous, record: record) == record.hash else { return expected }
            previous = record.hash
        }
        return nil
    }

    private static func append(_ number: some FixedWidthInteger, to content: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { content.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to content: inout [UInt8]) {
        append(UInt16(truncatingIfNeeded: text.utf8.count), to: &content)
        content.append(contentsOf: text.utf8)
    }
}
