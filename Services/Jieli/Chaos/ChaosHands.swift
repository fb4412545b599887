import Contracts
import Glibc
import Kernel
import Synchronization

/// Carries out a plan: two hands at a time, so that one fault meets another.
final class ChaosHands: Sendable {
    private static let count = 2

    private struct State {
        var next = 0
        var done: [ChaosFault: Int] = [:]
        /// Faults that met nobody, e.g. a service that was just down.
        var missed = 0
    }

    private let county: ChaosCounty
    private let plan: ChaosPlan
    private let state = Monitor(State())
    private let isInterrupted: @Sendable () -> Bool
    /// Two supervisors at a time would be two counties.
    private let supervising = Mutex(())

    init(_ county: ChaosCounty, _ plan: ChaosPlan, isInterrupted: @escaping @Sendable () -> Bool) {
        self.county = county
        self.plan = plan
        self.isInterrupted = isInterrupted
    }

    var done: [ChaosFault: Int] { state.read { $0.done } }
    var missed: Int { state.read { $0.missed } }

    /// Returns when every fault is over.
    /// - Parameter progress: told how many faults have been made.
    /// - Throws: when the county could not be started again.
    func run(_ progress: (Int) -> Void) throws {
        let failure = Mutex<CommandFailure?>(nil)
        let hands = (0..<Self.count).compactMap { number in
            OwnThread(name: "hand-\(number)") { [self] in
                do {
                    while let step = next(), !isInterrupted() { try make(step) }
                } catch {
                    failure.withLock { $0 = CommandFailure(describing: error) }
                }
            }
        }
        let ended = Monitor(0)
        OwnThread.essential(name: "hands") {
            for hand in hands { hand.join() }
            ended.update { $0 = 1 }
        }
        while ended.wait(forMilliseconds: 100, { $0 == 1 ? true : nil }) == nil {
            progress(state.read { min($0.next, plan.steps.count) })
        }
        progress(plan.steps.count)
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    private func next() -> ChaosPlan.Step? {
        state.update { state in
            guard state.next < plan.steps.count else { return nil }
            defer { state.next += 1 }
            return plan.steps[state.next]
        }
    }

    private func make(_ step: ChaosPlan.Step) throws {
        let hasMet = try carryOut(step)
        state.update { if hasMet { $0.done[step.fault, default: 0] += 1 } else { $0.missed += 1 } }
        Pause.milliseconds(step.pauseInMilliseconds)
    }

    /// - Returns: whether there was something to do it to.
    private func carryOut(_ step: ChaosPlan.Step) throws -> Bool {
        switch step.fault {
        case .kill, .broker:
            guard let process = target(step) else { return false }
            return county.signal(process, SIGKILL)
        case .pause:
            guard let process = target(step), county.signal(process, SIGSTOP) else { return false }
            Pause.milliseconds(step.lengthInMilliseconds)
            county.signal(process, SIGCONT)
            return true
        case .restart: return (try? county.supervised.ask(.restart, step.service)) != nil
        // The supervisor's answer may come late when it has to end a program that hangs; that is no other outcome.
        case .scale: return (try? county.supervised.ask(.scale, step.service, count: step.number)) != nil
        case .supervisor:
            return try supervising.withLock { _ in
                county.supervised.kill()
                try county.supervised.up()
                return true
            }
        case .fullDisk:
            guard let disk = county.disk, disk.fill() else { return false }
            Pause.milliseconds(step.lengthInMilliseconds)
            disk.empty()
            return true
        case .cutLink, .silentLink:
            county.relay.set(step.fault == .cutLink ? .cut : .silent)
            Pause.milliseconds(step.lengthInMilliseconds)
            county.relay.set(.open)
            return true
        }
    }

    private func target(_ step: ChaosPlan.Step) -> pid_t? {
        let processes = county.processes(of: step.service)
        return processes.isEmpty ? nil : processes[step.number % processes.count]
    }
}
