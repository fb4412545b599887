import Contracts
import FoundationEssentials
import Glibc
import Store

/// What stands beside a store and outlives it: whose log there was and how far it had grown. A store that is gone, or
/// was put back older, is then never taken for a new or a whole one.
///
/// Written after the commits that it tells of, so it never runs ahead of a store that lost nothing.
struct StoreMark: Codable, Equatable {
    var stream: String
    var origin: UInt64
    var epoch: UInt64
    var seq: Int64

    init(_ head: LogHead) {
        stream = head.stream
        origin = head.origin
        epoch = head.epoch
        seq = head.seq
    }
}

/// The file of a store's mark.
public struct StoreMarkFile: Sendable {
    public let path: String
    private let storePath: String

    public init(besideStoreAt storePath: String) {
        self.storePath = storePath
        path = (storePath.hasSuffix(".sqlite") ? String(storePath.dropLast(7)) : storePath) + ".mark"
    }

    /// How far the log had grown by the mark; nil when there is none, or it cannot be read.
    public var lastSeq: Int64? { read()?.seq }

    func read() -> StoreMark? {
        guard let text = try? Folders.text(path) else { return nil }
        return try? JSONCoding.value(StoreMark.self, from: Array(text.utf8))
    }

    /// - Throws: when there is a mark and no store, or an empty one.
    public func requireStore() throws(OptionsError) {
        var status = stat()
        let hasStore = stat(storePath, &status) == 0 && status.st_size > 0
        guard !hasStore, access(path, F_OK) == 0 else { return }
        let known = lastSeq.map { "（日志曾到第 \($0) 条）" } ?? ""
        throw OptionsError(
            key: "data",
            message: """
                数据文件 \(storePath) 不见了\(known)，不会另建新的（store.vanished）。请从备份恢复该文件后再启动；\
                确实无法恢复时，执行 jieli reconcile --from-nothing 说明原因后从空库重新开始。
                """)
    }

    /// Written beside and renamed, so that nobody sees half of it.
    /// - Parameter isLasting: synced, for what must outlive a power cut; how far the log has grown may lag behind.
    func write(_ mark: StoreMark, isLasting: Bool) throws(OptionsError) {
        let bytes = (try? JSONCoding.bytes(mark)) ?? []
        let beside = path + ".new"
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, !isLasting || fsync(descriptor) == 0,
            rename(beside, path) == 0
        else { throw failure() }
    }

    private func failure() -> OptionsError {
        let number = errno
        return OptionsError(
            key: "data", message: "不能写入 \(path)：\(String(cString: strerror(number)))。\(Folders.advice(number))",
            errno: number)
    }
}

/// Looks after a writer's store: whether it is whole by its mark, and whether it is still where it was.
final class StoreGuardian {
    private static let intervalInMilliseconds: Int64 = 1000

    private let file: StoreMarkFile?
    private var marked: StoreMark?
    private var isBehind = false
    private var nextLook: Int64 = .min

    init(_ file: StoreMarkFile?) { self.file = file }

    /// The files were taken away from under the service.
    private(set) var hasVanished = false

    /// Why nothing may be written; nil when all is well.
    var closed: Refusal? {
        if hasVanished { return LogRefusal.vanished }
        guard isBehind else { return nil }
        return LogRefusal.behindMark.naming(marked.map { ["日志曾到第 \($0.seq) 条"] } ?? [])
    }

    /// Holds the store that was opened against the mark of before, or marks it for the first time.
    func begin(_ head: LogHead) throws {
        guard let file else { return }
        marked = file.read()
        guard let marked else { return try mark(head, isLasting: true) }
        guard marked.origin == head.origin, marked.stream == head.stream else {
            throw OptionsError(
                key: "data",
                message: """
                    数据文件不是本服务原来的那一份（store.replaced），没有改动它的内容。请放回原来的文件或它的备份；\
                    确要改用这一份时，移走 \(file.path) 再启动，然后执行 jieli reconcile。
                    """)
        }
        isBehind = (marked.epoch, marked.seq) > (head.epoch, head.seq)
        if !isBehind { try mark(head, isLasting: marked.epoch != head.epoch) }
    }

    func look(_ store: WritableStore, at now: Int64) {
        guard now >= nextLook else { return }
        nextLook = now + Self.intervalInMilliseconds
        hasVanished = !store.isInPlace
        // A mark that cannot be written lags behind, which only makes it say less.
        if closed == nil, file != nil, marked?.seq != store.head.seq { try? mark(store.head, isLasting: false) }
    }

    /// Others have applied the log up to `seq`, which is more than there is of it: the next life is to know that before
    /// anybody speaks to it.
    func isKnown(upTo seq: Int64, of head: LogHead) {
        guard let file, !isBehind else { return }
        var mark = StoreMark(head)
        mark.seq = seq
        // One that cannot be written leaves what others say again.
        guard (try? file.write(mark, isLasting: true)) != nil else { return }
        marked = mark
        isBehind = true
    }

    /// The last word of a service that ends in order.
    func finish(_ head: LogHead) {
        if closed == nil, file != nil, marked != nil, marked?.seq != head.seq { try? mark(head, isLasting: true) }
    }

    /// A person has decided that the log goes on from here.
    func reconciled(_ head: LogHead) {
        isBehind = false
        if file != nil { try? mark(head, isLasting: true) }
    }

    private func mark(_ head: LogHead, isLasting: Bool) throws {
        let mark = StoreMark(head)
        try file?.write(mark, isLasting: isLasting)
        marked = mark
    }
}
