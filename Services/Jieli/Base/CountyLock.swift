import Glibc
import Host
import Kernel

/// The lock that tells whether a county's supervisor runs.
struct CountyLock {
    private let lock: FileLock

    /// - Throws: when another supervisor holds it.
    init(_ county: CountyFolder) throws {
        do {
            lock = try FileLock(county.lockFile)
        } catch {
            switch error {
            case .held:
                throw CommandFailure.failed(
                    "已经在运行（数据目录 \(county.path)）。查看状态：jieli status；停止：jieli down；另起一套请用 --data 指定别的目录。")
            case .system(let number):
                throw CommandFailure.failed(
                    "不能打开 \(county.lockFile)：\(String(cString: strerror(number)))。请检查目录权限。")
            }
        }
    }

    /// Whether no supervisor runs.
    static func isFree(_ county: CountyFolder) -> Bool {
        do {
            _ = try CountyLock(county)
            return true
        } catch {
            return false
        }
    }
}
