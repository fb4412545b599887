import Glibc
import Host
import Kernel

/// The lock that tells whether a county's supervisor runs: on the data folder itself, which is there as long as the
/// county is. Beside a lock file that somebody deleted, a second supervisor would start.
struct CountyLock {
    private let lock: FileLock

    /// - Throws: when another supervisor holds it.
    init(_ county: CountyFolder) throws {
        do {
            lock = try FileLock(folder: county.path)
        } catch {
            switch error {
            case .held: throw Self.running(county)
            case .system(let number):
                throw CommandFailure.failed(
                    "不能锁定 \(county.path)：\(String(cString: strerror(number)))。请检查目录权限。")
            }
        }
    }

    /// The lock, once it is sure that no supervisor of an earlier release runs, which knows another lock.
    static func alone(_ county: CountyFolder) throws -> CountyLock {
        let lock = try CountyLock(county)
        if try ControlSocket.answer(county, ControlRequest(action: .status)) != nil { throw running(county) }
        unlink(county.formerLockFile)
        return lock
    }

    /// Whether no supervisor runs.
    static func isFree(_ county: CountyFolder) -> Bool {
        access(county.path, F_OK) != 0 || (try? CountyLock(county)) != nil
    }

    private static func running(_ county: CountyFolder) -> CommandFailure {
        .failed("已经在运行（数据目录 \(county.path)）。查看状态：jieli status；停止：jieli down；另起一套请用 --data 指定别的目录。")
    }
}
