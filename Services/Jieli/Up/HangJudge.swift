import Contracts

/// Decides from what is seen of the programs once a second which of them hang. Pure.
///
/// It counts looks and not seconds: a supervisor that was itself paused for a minute has seen nothing in that time.
struct HangJudge {
    /// So many looks in a row with the same sign, a second apart.
    static let patienceInLooks = 10

    /// What shows that a program hangs.
    enum Sign: Equatable, Sendable {
        /// A signal has stopped it (SIGSTOP), and nobody has sent it on.
        case stopped
        /// The broker no longer hears it, though it did.
        case silent
        /// Its writer has not turned although work waits.
        case stuck

        var chinese: String {
            switch self {
            case .stopped: "被暂停超过 \(patienceInLooks) 秒"
            case .silent: "总线 \(patienceInLooks) 秒听不到它"
            case .stuck: "写入停顿，积压的工作没有进展"
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
        /// Whether the broker takes its writer for hung, which it does after ten seconds of its own.
        var isStuck = false
    }

    struct Verdict: Equatable, Sendable {
        var service: ServiceName
        var instance: Int
        var process: Int32
        var sign: Sign
    }

    private struct Record {
        var process: Int32
        /// Since it was started. Who has not come yet may be migrating its store.
        var wasHeard = false
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
            if look.isHeard == true { record.wasHeard = true }
            let sign = Self.sign(look, wasHeard: record.wasHeard)
            record.looks = sign == nil ? 0 : sign == record.sign ? record.looks + 1 : 1
            record.sign = sign
            if let sign, record.looks >= Self.patienceInLooks || sign == .stuck {
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
        if look.isStuck { return .stuck }
        return look.isHeard == false && wasHeard ? .silent : nil
    }
}
