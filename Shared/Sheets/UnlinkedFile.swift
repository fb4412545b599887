import Glibc

/// A file without a name that vanishes with its handle, in memory where the system offers that: libxlsxwriter writes to
/// paths only, and what it writes is personal data.
struct UnlinkedFile: ~Copyable {
    private let descriptor: Int32

    /// Errors: `sheet.cannot-write`.
    init() throws(SheetError) {
        let folder = Self.memoryFolder(roomInBytes: 64 * 1_048_576) ?? "/tmp"
        // mkstemp(3) replaces six capital X.
        let name = "\(folder)/jieli-sheet-" + String(repeating: "X", count: 6)
        guard let pattern = strdup(name) else { throw .cannotWrite }
        defer { free(pattern) }
        let opened = mkstemp(pattern)
        guard opened >= 0 else { throw .cannotWrite }
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        // Only the handle is needed from here on; a process that is killed leaves nothing behind.
        unlink(pattern)
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// Valid in this process while the handle is open (proc(5), `/proc/pid/fd`).
    var path: String { "/proc/self/fd/\(descriptor)" }

    /// Everything that was written. Errors: `sheet.cannot-write`.
    borrowing func contents() throws(SheetError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotWrite }
        let size = Int(status.st_size)
        let source = descriptor
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size, let base = buffer.baseAddress {
                let received = pread(source, base + count, size - count, off_t(count))
                guard received > 0 else { break }
                count += received
            }
        }
        guard bytes.count == size else { throw .cannotWrite }
        return bytes
    }

    /// The shared-memory folder, when this process may write there and it has room; containers often give it little.
    static func memoryFolder(roomInBytes: Int) -> String? {
        let folder = "/dev/shm"
        var status = statvfs()
        guard access(folder, W_OK) == 0, statvfs(folder, &status) == 0,
            status.f_bavail * status.f_frsize >= UInt(roomInBytes)
        else { return nil }
        return folder
    }
}
