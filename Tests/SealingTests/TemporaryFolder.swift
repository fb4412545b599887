import FoundationEssentials
import Glibc
import Sealing

/// A folder of one test, removed with what lies in it.
final class TemporaryFolder {
    let path: String

    init() {
        path = "/tmp/jieli-sealing-\(Hex.encode(Secret.random(8)))"
        precondition(mkdir(path, 0o700) == 0)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes `content` to a new file of `mode` and answers its path.
    func write(_ content: [UInt8], as name: String, mode: mode_t = 0o600) -> String {
        let path = file(name)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, mode)
        precondition(descriptor >= 0 && Glibc.write(descriptor, content, content.count) == content.count)
        fchmod(descriptor, mode)
        close(descriptor)
        return path
    }

    static func mode(of path: String) -> mode_t {
        var status = stat()
        precondition(stat(path, &status) == 0)
        return status.st_mode & 0o7777
    }
}
