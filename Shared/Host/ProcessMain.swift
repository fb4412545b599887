import Contracts
import Domain
import Glibc
import Kernel
import Messaging
import Sealing
import Store

extension ServiceProcess {
    /// The life of a service's process: options, start, wait for SIGTERM or SIGINT, stop in order.
    /// - Parameters:
    ///   - extra: further options with their default values.
    ///   - help: a line for each of these.
    ///   - beside: started after the service, e.g. the gateway's web server; gives back how to stop it.
    public static func main(
        extra: [String: String] = [:], help: String = "",
        beside: ((ServiceProcess<Logic>) throws -> (() -> Void))? = nil
    ) -> Never {
        CoreDumps.prevent()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") || arguments.contains("-h") {
            print(
                "\(Logic.name.rawValue)：\(Logic.name.chinese)服务\n\n\(ServiceOptions.help)"
                    + (help.isEmpty ? "" : "\n\(help)")
            )
            exit(0)
        }
        Signals.blockTermination()
        do {
            let options = try ServiceOptions(arguments, extra: extra)
            ParentWatch.start(options.parentPipe)
            let process = try started(options)
            let stopBeside = try beside?(process)
            Signals.waitForTermination()
            stopBeside?()
            process.stop()
            // Some threads live as long as the process: nothing is cleared up under them.
            _exit(0)
        } catch {
            ServiceLog.write(Logic.name.rawValue, "不能启动：\(StartError.message(error))")
            _exit(StartError.exitCode(error))
        }
    }

    /// What may pass (no room, no memory, no descriptors) is tried again with a growing pause, here and not by a
    /// restart, so that no supervisor gives up on it.
    private static func started(_ options: ServiceOptions) throws -> ServiceProcess {
        var pauseInSeconds = 1
        while true {
            do {
                let process = try ServiceProcess(options: options)
                do {
                    try process.start()
                } catch {
                    process.stop()
                    throw error
                }
                return process
            } catch  where StartError.mayPass(error) {
                ServiceLog.write(
                    Logic.name.rawValue, "暂不能启动，\(pauseInSeconds) 秒后再试：\(StartError.message(error))")
                if Signals.waitForTermination(forSeconds: pauseInSeconds) { _exit(0) }
                pauseInSeconds = min(2 * pauseInSeconds, 30)
            }
        }
    }
}

/// What to say of an error that prevents a start.
public enum StartError {
    public static func message(_ error: any Error) -> String {
        switch error {
        case let error as OptionsError: error.message
        case let error as StoreError: "\(error.code.rawValue) \(error.message)"
        case let error as SealingError: "\(error.code.rawValue) \(error.message)"
        case let error as BusSetupError: "\(error.code) \(error.message)"
        default: String(describing: error)
        }
    }

    /// The machine's fault and not the configuration's: no room, no memory, no descriptors.
    public static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case let error as OptionsError: error.mayPass
        case let error as StoreError: error.isPassing
        case let error as BusSetupError: error == .resources
        default: false
        }
    }

    /// Those of sysexits.h: a supervisor starts 75 and 70 again, and 78 only once somebody has changed something.
    public static func exitCode(_ error: any Error) -> Int32 {
        if mayPass(error) { return 75 }
        switch error {
        case is OptionsError, is StoreError, is SealingError, is BusSetupError: return 78
        default: return 70
        }
    }
}

/// The end of a process by signal, in order.
public enum Signals {
    /// Before the first thread is started: every thread inherits the mask, and only `waitForTermination` takes them.
    public static func blockTermination() {
        var set = termination()
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// - Returns: the signal that came.
    @discardableResult
    public static func waitForTermination() -> Int32 {
        var set = termination()
        var received: Int32 = 0
        sigwait(&set, &received)
        return received
    }

    /// - Returns: true when the end was asked for, false when the time is over.
    public static func waitForTermination(forSeconds seconds: Int) -> Bool {
        var set = termination()
        var limit = timespec(tv_sec: seconds, tv_nsec: 0)
        return sigtimedwait(&set, nil, &limit) > 0
    }

    private static func termination() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        // The terminal was closed: in order as well.
        sigaddset(&set, SIGHUP)
        return set
    }
}

/// What /proc says of a process.
public enum ProcessMemory {
    /// Resident memory in KiB; nil when there is no such process.
    public static func residentInKibibytes(_ process: Int32) -> Int64? {
        field("VmRSS:", of: "/proc/\(process)/status")
    }

    /// The process's share of memory (proportional set size) in KiB: shared pages count once over all processes.
    public static func proportionalInKibibytes(_ process: Int32) -> Int64? {
        field("Pss:", of: "/proc/\(process)/smaps_rollup")
    }

    private static func field(_ name: String, of path: String) -> Int64? {
        guard let text = try? Folders.text(path) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: " ", omittingEmptySubsequences: true).dropFirst().first.flatMap { Int64($0) }
            ?? line?.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first.flatMap { Int64($0) }
    }
}
