import Glibc
import Kernel

/// Ends this process when its supervisor is gone, even by kill -9, so that nobody's children stay behind.
///
/// The kernel's own way, `prctl(PR_SET_PDEATHSIG)`, is variadic and bound to the thread that forked. A pipe does the
/// same: the supervisor holds the end for writing and never writes, and the kernel closes it with the process.
public enum ParentWatch {
    /// Short: nobody waits for the answers any more, and whatever was acknowledged is durable.
    static let graceInSeconds: UInt32 = 2

    /// - Parameter descriptor: the end for reading; nil watches nothing.
    public static func start(_ descriptor: Int32?) {
        guard let descriptor else { return }
        // Children of this process must not hold the pipe.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        OwnThread.essential(name: "parent") {
            var byte: UInt8 = 0
            while true {
                let count = read(descriptor, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            // In order first; but nobody is left who would end a process that hangs.
            kill(getpid(), SIGTERM)
            sleep(graceInSeconds)
            _exit(75)
        }
    }
}
