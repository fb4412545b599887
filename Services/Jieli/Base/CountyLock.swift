import Glibc
import Host

/// The lock that tells whether a county's supervisor runs. The kernel drops it with the process, however that ends.
struct CountyLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: when another supervisor holds it.
    init(_ county: CountyFolder) throws {
        let descriptor = open(county.lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure.failed("不能打开 \(county.lockFile)：\(String(cString: strerror(errno)))。请检查目录权限。")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw CommandFailure.failed(
                "已经在运行（数据目录 \(county.path)）。查看状态：jieli status；停止：jieli down；另起一套请用 --data 指定别的目录。")
        }
        self.descriptor = descriptor
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

    deinit { close(descriptor) }
}
