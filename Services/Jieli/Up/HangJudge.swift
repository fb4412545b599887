import Contracts

/// Decides from what is seen of the programs once a second which of them hang. Pure.
///
/// A writer that hangs while the rest of its process goes on is none of its business: that process ends itself
/// (`WriterWatchdog`). It counts looks and not seconds: a supervisor that was itself paused for a minute has seen
/// nothing in that time.
struct HangJudge {
    /// So many looks in a row with the same sign, a second apart.
    static let patienceInLooks = 10
    /// So many looks in a row it has to be heard before its silence counts: the broker goes on naming a process that
    /// is gone for three seconds, and the next one bears the same name.
    static let looksToBeHeard = 5

    /// What shows that a program hangs.
    enum Sign: Equatable, Sendable {
        /// A signal has stopped it (SIGSTOP), and nobody has sent it on.
        case stopped
        /// The broker no longer hears it, though it did.
        case silent

        var chinese: String {
            switch self {
            case .stopped: "被暂停超过 \(patienceInLooks) 秒"
            case .silent: "总线 \(patienceInLooks) 秒听不到它"
            }
        }
    }

    /// One program in one look.
    struct Look: Sendable {
        var service: ServiceName
        var instance: Int
        var process: Int32
        /// Whether a signal has stopped it.
        var isStopped: Bool
        /// Whether it is registered on the bus and heard there; for the bus, whether it answers. Nil when the bus does
        /// not answer and so nobody knows.
        var isHeard: Bool?
    }

    struct Verdict: Equatable, Sendable {
        var service: ServiceName
        var instance: Int
        var process: Int32
        var sign: Sign
    }

    private struct Record {
        var process: Int32
        /// In how many looks in a row it was heard, at most. Who has not come yet may be migrating its store.
        var heard = 0
        var wasHeard: Bool { heard >= looksToBeHeard }
        var sign: Sign?
        var looks = 0
    }

    private struct Name: Hashable {
        var service: ServiceName
        var instance: Int
    }

    private var records: [Name: Record] = [:]

    /// - Parameter looks: one for each program that runs.
    mutating func take(_ looks: [Look]) -> [Verdict] {
        var next: [Name: Record] = [:]
        var verdicts: [Verdict] = []
        for look in looks {
            let name = Name(service: look.service, instance: look.instance)
            let known = records[name].flatMap { $0.process == look.process ? $0 : nil }
            var record = known ?? Record(process: look.process)
            if !record.wasHeard, let isHeard = look.isHeard { record.heard = isHeard ? record.heard + 1 : 0 }
            let sign = Self.sign(look, wasHeard: record.wasHeard)
            record.looks = sign == nil ? 0 : sign == record.sign ? record.looks + 1 : 1
            record.sign = sign
            if let sign, record.looks >= Self.patienceInLooks {
                verdicts.append(
                    Verdict(service: look.service, instance: look.instance, process: look.process, sign: sign))
                record.looks = 0
            }
            next[name] = record
        }
        records = next
        return verdicts
    }

    private static func sign(_ look: Look, wasHeard: Bool) -> Sign? {
        if look.isStopped { return .stopped }
        return look.isHeard == false && wasHeard ? .silent : nil
    }
}
