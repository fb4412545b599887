import Glibc
import Kernel

/// Who writes a store: the holder of the lock on the file beside it.
enum WriterElection {
    /// Takes the lock without waiting.
    ///
    /// Throws `.locked` when another writer holds it, `.missing` without the folder, `.noAccess` without permission.
    static func lock(besideStoreAt path: String, file: String) throws(StoreError) -> FileLock {
        do {
            return try FileLock(path + ".lock")
        } catch {
            switch error {
            case .held: throw .locked(file)
            case .system(let number): throw Self.error(number, file: file)
            }
        }
    }

    private static func error(_ number: Int32, file: String) -> StoreError {
        switch number {
        case ENOENT, ENOTDIR: .missing(file)
        case ENOSPC, EDQUOT, EIO: StoreError(.full, "磁盘空间或文件数（inode）用尽，或磁盘出错，无法为 \(file) 建立锁文件：请清理磁盘后再试。")
        case ENOLCK, EOPNOTSUPP:
            StoreError(.unsuitableFileSystem, "\(file) 所在的文件系统不支持文件锁：请改放到本机磁盘。")
        default: StoreError(.noAccess, "无法为 \(file) 建立锁文件（errno \(number)）：请让运行服务的账户能读写该文件夹。")
        }
    }
}
