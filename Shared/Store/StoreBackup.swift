import CSQLite
import Glibc

/// Copies a store while its service runs.
///
/// A backup is put back by copying it to the store's path while the service is stopped, without any `-wal` or `-shm`
/// file beside it. All stores of copies that go together are put back as they are. One that is put back alone, older
/// than what others have applied of its log, must begin a new epoch (`Transaction.renewEpoch`) before it grows, or
/// consumers would take new records for ones that they have already applied.
public struct StoreBackup {
    /// Writes one view of the store at `path` to the new file `target`, whole and synced when this returns.
    ///
    /// Throws `.exists` when there is a file at `target`, and as opening a reader does: `.missing`, `.foreign`,
    /// `.newer`, `.damaged`, `.noAccess`, `.busy`, `.full`. No half-written file stays at `target`.
    public static func copy(from path: String, to target: String) throws(StoreError) {
        let target = FileStatus.canonical(target)
        let name = target.split(separator: "/").last.map(String.init) ?? target
        guard !FileStatus.exists(target) else { throw StoreError.exists(name) }
        let source = try Connection(path: FileStatus.canonical(path), mode: .readOnly)
        guard try StoreOpening.isStore(source) else { throw StoreError.missing(source.file) }
        // Under another name until it is whole, so that a copy cut short is never taken for a backup.
        let partial = target + ".partial"
        unlink(partial)
        unlink(partial + "-journal")
        do {
            let copy = try Connection(path: partial, mode: .create)
            try copy.run("PRAGMA synchronous = FULL")
            try copy.copyAll(of: source)
            copy.close()
        } catch {
            unlink(partial)
            unlink(partial + "-journal")
            throw error
        }
        // Fails when the target has appeared meanwhile, which rename(2) would overwrite.
        guard link(partial, target) == 0 else {
            unlink(partial)
            throw errno == EEXIST
                ? StoreError.exists(name) : StoreError.sqlite(SQLITE_CANTOPEN, file: name, remark: "link")
        }
        unlink(partial)
        syncFolder(of: target)
    }

    /// A new name in a folder outlives a power cut only once the folder itself is synced (fsync(2)).
    private static func syncFolder(of path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let descriptor = open(String(path[...slash]), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
