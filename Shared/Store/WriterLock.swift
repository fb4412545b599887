import Glibc

/// The lock that elects the one writer of a store: `flock` on a file beside it.
///
/// The kernel drops it when the holder's process ends, however it ends, so nothing has to be cleaned up. It belongs to
/// the open file and not to the process (flock(2)), so a second writer in the same process is refused as well. The file
/// stays: removing it would let two writers lock two different files of the same name.
struct WriterLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock without waiting.
    ///
    /// Throws `.locked` when another writer holds it, `.missing` without the folder, `.noAccess` without permission.
    init(besideStoreAt path: String, file: String) throws(StoreError) {
        // Closed on exec: a child process must not keep the lock alive after its parent.
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error(errno, file: file) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            if reason == EINTR { continue }
            close(descriptor)
            throw Self.error(reason, file: file)
        }
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would not do: between its fork and its exec a child process shares the open file, and the lock
        // with it (flock(2)), so that the next writer would find it taken by nobody.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func error(_ reason: Int32, file: String) -> StoreError {
        switch reason {
        case EWOULDBLOCK: .locked(file)
        case ENOENT, ENOTDIR: .missing(file)
        case ENOSPC, EDQUOT, EIO: StoreError(.full, "磁盘空间不足或出错，无法为 \(file) 建立锁文件：请清理磁盘后再试。")
        case ENOLCK, EOPNOTSUPP:
            StoreError(.unsuitableFileSystem, "\(file) 所在的文件系统不支持文件锁：请改放到本机磁盘。")
        default: StoreError(.noAccess, "无法为 \(file) 建立锁文件（errno \(reason)）：请让运行服务的账户能读写该文件夹。")
        }
    }
}
