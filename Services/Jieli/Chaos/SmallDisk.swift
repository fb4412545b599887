import Glibc
import Host

/// A disk of its own for one folder, small enough to be filled: a tmpfs (mount(8)). Needs root.
struct SmallDisk: Sendable {
    private static let sizeInMebibytes = 256

    let folder: String

    /// - Returns: nil when this user may not mount.
    static func mount(on folder: String) throws -> SmallDisk? {
        guard geteuid() == 0 else { return nil }
        try Folders.make(folder)
        let options = "size=\(sizeInMebibytes)m,mode=700"
        let status = try ChildProcess.run("/bin/mount", ["-t", "tmpfs", "-o", options, "jieli-chaos", folder])
        return status == 0 ? SmallDisk(folder: folder) : nil
    }

    /// Takes all that is free. - Returns: false when it could not.
    func fill() -> Bool {
        let descriptor = open(filling, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var end: off_t = 0
        var piece: off_t = 64 << 20
        while piece >= 4096 {
            if posix_fallocate(descriptor, end, piece) == 0 { end += piece } else { piece /= 2 }
        }
        return end > 0
    }

    func empty() { unlink(filling) }

    /// Ends it. What lies on it is kept beside when it is still to be looked at.
    func unmount(keeping: Bool) throws {
        empty()
        let kept = "\(folder).kept"
        if keeping { _ = try ChildProcess.run("/bin/cp", ["-a", folder, kept]) }
        _ = try ChildProcess.run("/bin/umount", ["-l", folder])
        if keeping {
            rmdir(folder)
            rename(kept, folder)
        }
    }

    private var filling: String { "\(folder)/filling" }
}
