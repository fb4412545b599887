import FoundationEssentials
import Glibc
import Simulation

/// What a worker says of a seed.
enum WorkerLine {
    case held(RunFigures)
    case broken(seed: UInt64, what: String)
}

/// The processes that run the seeds: a trap in one of them costs its seed and no other's verdict.
final class Workers {
    private final class One {
        let process: pid_t
        let pipe: Int32
        var buffer: [UInt8] = []
        var seed: UInt64?

        init(process: pid_t, pipe: Int32) {
            self.process = process
            self.pipe = pipe
        }
    }

    private let options: SimulateOptions
    private let jobs: UInt64

    init(_ options: SimulateOptions) {
        self.options = options
        jobs = min(options.jobs, options.seeds)
    }

    /// Blocks until all have ended.
    /// - Parameter take: gives back whether to go on.
    func run(_ take: (WorkerLine) -> Bool) {
        var goesOn = true
        let take: (WorkerLine) -> Void = { goesOn = take($0) && goesOn }
        var workers: [One] = []
        for job in 0..<jobs {
            let start = options.first + job
            guard let worker = start <= options.first + options.seeds - 1 ? spawn(start) : nil else { continue }
            workers.append(worker)
        }
        while !workers.isEmpty {
            var polls = workers.map { pollfd(fd: $0.pipe, events: Int16(POLLIN), revents: 0) }
            guard poll(&polls, nfds_t(polls.count), 1000) > 0 else { continue }
            for (worker, poll) in zip(workers, polls) where poll.revents != 0 {
                if read(worker, take), goesOn { continue }
                if !goesOn { return workers.forEach(stop) }
                workers.removeAll { $0 === worker }
                if let next = end(worker, take), let successor = spawn(next) { workers.append(successor) }
            }
        }
    }

    private func stop(_ worker: One) {
        kill(worker.process, SIGTERM)
        close(worker.pipe)
        var status: Int32 = 0
        while waitpid(worker.process, &status, 0) == -1 && errno == EINTR {}
    }

    private func spawn(_ start: UInt64) -> One? {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        // This process has one thread, so that nobody starts a program in between.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        let left = options.first + options.seeds - start
        let words = [
            "simulate", "--seed", String(start), "--seeds", String(left), "--stride", String(jobs), "--county",
            options.county.rawValue,
        ]
        var argv = words.map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        var process = pid_t()
        let result = posix_spawn(&process, "/proc/self/exe", &actions, nil, &argv, environ)
        close(ends[1])
        guard result == 0 else {
            close(ends[0])
            return nil
        }
        return One(process: process, pipe: ends[0])
    }

    /// - Returns: false when the worker has nothing more to say.
    private func read(_ worker: One, _ take: (WorkerLine) -> Void) -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(worker.pipe, &piece, piece.count)
        if count < 0, errno == EINTR { return true }
        guard count > 0 else { return false }
        worker.buffer += piece[..<count]
        while let end = worker.buffer.firstIndex(of: UInt8(ascii: "\n")) {
            let words = String(decoding: worker.buffer[..<end], as: UTF8.self).split(separator: " ", maxSplits: 2)
            worker.buffer.removeSubrange(...end)
            guard words.count >= 2, let seed = UInt64(words[1]) else { continue }
            worker.seed = words[0] == "begun" ? seed : nil
            switch words[0] {
            case "held":
                let text = words.count > 2 ? String(words[2]) : "{}"
                let figures = try? JSONDecoder().decode(RunFigures.self, from: Data(text.utf8))
                take(.held(figures ?? RunFigures()))
            case "broken": take(.broken(seed: seed, what: words.count > 2 ? String(words[2]) : ""))
            default: break
            }
        }
        return true
    }

    /// - Returns: the seed from which another has to go on, where the worker was lost in the middle of one.
    private func end(_ worker: One, _ take: (WorkerLine) -> Void) -> UInt64? {
        close(worker.pipe)
        var status: Int32 = 0
        while waitpid(worker.process, &status, 0) == -1 && errno == EINTR {}
        guard let seed = worker.seed else { return nil }
        let signal = status & 0x7f
        take(.broken(seed: seed, what: signal == 0 ? "the process ended" : "the process ended by signal \(signal)"))
        let next = seed + jobs
        return next < options.first + options.seeds ? next : nil
    }
}
