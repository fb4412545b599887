import Glibc

/// A lock on a file that the kernel keeps: one holder at a time, over all processes.
///
/// The kernel drops it when its holder ends, however it ends, so nothing has to be cleaned up. It belongs to the open
/// file and not to the process (flock(2)), so a second holder in the same process is refused as well. The file stays:
/// removing it would let two lock two different files of the same name.
public final class FileLock: Sendable {
    /// Why a lock was not taken.
    public enum Refusal: Error, Equatable {
        /// Another holds it.
        case held
        /// The file cannot be made, opened or locked: the number of `errno`.
        case system(Int32)
    }

    private let descriptor: Int32

    /// Takes the lock on the file at `path`, which is made when it is missing, without waiting.
    public convenience init(_ path: String) throws(Refusal) {
        // Closed on exec: a program that is started must not keep the lock after the one that started it.
        try self.init(opened: open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    }

    /// Takes the lock on a folder itself, without waiting: unlike a file in it, nobody removes it by tidying up.
    public convenience init(folder: String) throws(Refusal) {
        try self.init(opened: open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    }

    private init(opened descriptor: Int32) throws(Refusal) {
        guard descriptor >= 0 else { throw .system(errno) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            if reason == EINTR { continue }
            close(descriptor)
            throw reason == EWOULDBLOCK ? .held : .system(reason)
        }
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would not do: between its fork and its exec a child process shares the open file, and the lock
        // with it (flock(2)), so that the next holder would find it taken by nobody.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
