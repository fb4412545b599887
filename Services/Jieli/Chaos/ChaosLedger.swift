import Contracts
import Glibc
import Host
import Kernel
import Messaging
import Sealing

/// An event that must stand in a log because a command was acknowledged.
struct ChaosEffect: Hashable, Codable, Sendable {
    var stream: ServiceName
    var name: String
    var key: String

    init<E: Event>(_ stream: ServiceName, _ event: E) {
        self.init(stream: stream, name: E.name, key: event.key)
    }

    init(stream: ServiceName, name: String, key: String) {
        self.stream = stream
        self.name = name
        self.key = key
    }
}

/// One acknowledged command: what was answered, and what must follow from it.
struct ChaosEntry: Codable, Sendable {
    var service: ServiceName
    var message: String
    var session: UInt64
    var counter: UInt64
    var isDone: Bool
    /// Why it was refused.
    var slug: String?
    /// SM3 of the answer's body, in hexadecimal: the stored result must have the same.
    var answer: String
    /// How often it was asked before it was answered.
    var asked: Int
    var waitedInMilliseconds: Int64
    var effects: [ChaosEffect]
    /// How many people the command registered, on which roster: their numbers are not in its answer.
    var roster: Int64?
    var registered: Int?
    /// How many people a monthly list took.
    var listed: Int?
}

/// What was acknowledged during a run: one line of JSON for each command in a file, written before the writer goes on.
final class ChaosLedger: Sendable {
    /// What the writers have met, for the report.
    struct Tally: Sendable {
        var acknowledged = 0
        var refused = 0
        /// Asked once more under the same number, after a failure that may pass.
        var askedAgain = 0
        /// Refused for the moment: a full disk, a fault of the machine. Nothing is stored then.
        var putOff = 0
        /// Asked once more although it was answered: the answer has to be the same.
        var repeated = 0
        var longestWaitInMilliseconds: Int64 = 0
        /// Between one answer and the next of whichever writer.
        var longestSilenceInMilliseconds: Int64 = 0
        var queries = 0
        var failedQueries = 0
        var violations: [ChaosViolation] = []
    }

    private struct State {
        var tally = Tally()
        var lastAnswerAt = MonotonicClock.milliseconds()
    }

    let path: String
    private let file: Int32
    private let state = Monitor(State())

    init(path: String) throws {
        self.path = path
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw CommandFailure.failed("不能建立账本 \(path)：\(String(cString: strerror(errno)))。请检查目录权限。")
        }
    }

    deinit { close(file) }

    var tally: Tally { state.read { $0.tally } }

    func count(_ change: (inout Tally) -> Void) { state.update { change(&$0.tally) } }

    func violate(_ kind: ChaosViolation.Kind, _ text: String) {
        count { $0.violations.append(ChaosViolation(kind: kind, text: text)) }
    }

    func enter(_ entry: ChaosEntry) throws {
        let line = try JSONCoding.bytes(entry) + [UInt8(ascii: "\n")]
        guard write(file, line, line.count) == line.count else {
            throw CommandFailure.failed("不能写入账本 \(path)：\(String(cString: strerror(errno)))。请检查磁盘空间。")
        }
        let now = MonotonicClock.milliseconds()
        state.update { state in
            state.tally.acknowledged += 1
            if !entry.isDone { state.tally.refused += 1 }
            state.tally.longestWaitInMilliseconds = max(
                state.tally.longestWaitInMilliseconds, entry.waitedInMilliseconds)
            state.tally.longestSilenceInMilliseconds = max(
                state.tally.longestSilenceInMilliseconds, now - state.lastAnswerAt)
            state.lastAnswerAt = now
        }
    }

    /// The moment from which silence is measured: the writers begin now.
    func begin() { state.update { $0.lastAnswerAt = MonotonicClock.milliseconds() } }

    /// What the file holds.
    static func read(_ path: String) throws -> [ChaosEntry] {
        try Folders.text(path).split(separator: "\n").map {
            try JSONCoding.value(ChaosEntry.self, from: Array($0.utf8))
        }
    }
}

/// Something that must not be.
struct ChaosViolation: Codable, Sendable {
    enum Kind: String, Codable, CaseIterable, Sendable {
        /// An acknowledged command of which something is missing.
        case lost
        /// An effect that is there more than once, or that no acknowledged command has.
        case doubled
        /// The same number got another answer.
        case answer
        /// A command that was never answered.
        case unanswered
        /// A refusal that acknowledged commands exclude.
        case refusal
        /// A reader that was shown what was no longer so.
        case stale
        /// A service that did not catch up, halted, parked something or kept restarting.
        case stuck
        /// Figures that are not those of a recount.
        case figures
        /// A log that contradicts itself.
        case damaged

        var chinese: String {
            switch self {
            case .lost: "丢失"
            case .doubled: "重复"
            case .answer: "答复不一"
            case .unanswered: "没有答复"
            case .refusal: "无理拒绝"
            case .stale: "读到旧况"
            case .stuck: "没有恢复"
            case .figures: "数字不符"
            case .damaged: "日志有误"
            }
        }
    }

    var kind: Kind
    var text: String
}
