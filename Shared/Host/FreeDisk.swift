import Glibc

/// What is free on a disk for users that are not root.
public enum FreeDisk {
    /// With less, stores may not be able to keep the next command.
    public static let leastInKibibytes: Int64 = 64 * 1024

    /// Nil when the folder cannot be looked at.
    public static func inKibibytes(at path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(status.f_bavail) * Int64(status.f_frsize) / 1024
    }
}
