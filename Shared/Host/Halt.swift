/// Why a followed log stands still. What was applied stays; nothing further is taken until the cause is gone.
public struct Halt: Error, Equatable, Sendable, CustomStringConvertible {
    /// Stable for programs.
    public let slug: String
    /// Chinese: what is wrong and what to do.
    public let message: String

    public var description: String { "\(message)（\(slug)）" }

    /// An altered, missing or foreign record.
    static func broken(at seq: Int64) -> Halt {
        Halt(slug: "stream.broken", message: "日志第 \(seq) 条校验不符，请用 jieli verify 核对该服务的数据")
    }

    /// Another log than the one that was followed, and it does not say where it goes on from that one.
    static let otherEpoch = Halt(slug: "stream.other-epoch", message: "日志已换代，与已取用的不相连，请执行 jieli reconcile 核对")

    /// The producer has lost what it had told.
    static let shorter = Halt(slug: "stream.shorter", message: "日志比已取用的短，请执行 jieli reconcile 核对")

    /// A statement that SQLite does not accept, or a misuse of the host: no event is at fault, and none is parked.
    static func programFault(at seq: Int64, _ what: String) -> Halt {
        Halt(slug: "stream.program-fault", message: "处理第 \(seq) 条时程序出错（\(what)），升级程序后自动继续")
    }
}
