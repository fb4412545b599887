import CLinux
import Glibc

/// Descriptors that are closed on exec from their first moment on: a flag set afterwards leaves a gap in which another
/// thread may start a program that inherits them.
public enum Descriptors {
    /// SOCK_CLOEXEC of accept(2) has the value of O_CLOEXEC.
    /// - Returns: a descriptor below zero when there is none; `errno` says why.
    public static func accept(_ listening: Int32) -> Int32 { accept4(listening, nil, nil, O_CLOEXEC) }

    /// - Returns: nil when there are none left; `errno` says why.
    public static func pipe() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        return pipe2(&ends, O_CLOEXEC) == 0 ? (ends[0], ends[1]) : nil
    }
}
