import Contracts
import Domain
import Glibc
import Kernel
import Messaging
import Rosters
import Synchronization
import Web

/// Rosters that are being registered. A roster of thousands takes longer than a browser waits, so the file is read
/// while the form waits, and its rows are sent afterwards. Nothing but the progress is kept here: when the gateway
/// stops midway, the same file sent again goes on where it stopped, because the registry knows what it has.
final class RosterUploads: Sendable {
    enum State: Equatable {
        case sending
        /// Broken off; why, and what to do.
        case broken(Refusal)
    }

    /// A roster of 100,000 people holds some 40 MiB while it is sent.
    private static let mostAtOnce = 3
    private struct Uploads {
        var states: [Int64: State] = [:]
        /// Files that are being read or sent.
        var inHand = 0
    }
    private let uploads = Mutex(Uploads())

    /// How the sending of a roster stands; nil when this gateway sends none. To be asked before the registry is asked
    /// for the roster: a sending that ends in between has then ended in the registry as well.
    func state(of roster: Int64) -> State? { uploads.withLock { $0.states[roster] } }

    /// Reads a file while there is room: few are in memory at a time.
    /// - Throws: `gateway.roster.busy` when there is none; what `body` throws.
    func reading<Result>(_ body: () throws -> Result) throws -> Result {
        try take()
        defer { uploads.withLock { $0.inHand -= 1 } }
        return try body()
    }

    private func take() throws {
        let isTaken = uploads.withLock { uploads in
            guard uploads.inHand < Self.mostAtOnce else { return false }
            uploads.inHand += 1
            return true
        }
        guard isTaken else { throw Self.busy }
    }

    /// Opens rosters and begins to send their rows, one after the other.
    /// - Returns: the rosters, in the order given.
    /// - Throws: a `Refusal` when one lacks required columns, or when the registry does not take it.
    func begin(_ visit: Visit, _ rosters: [RosterSending], enterprise: String) throws -> [RosterSummary] {
        for roster in rosters { if let refusal = roster.refusal { throw refusal } }
        try take()
        var isHandedOn = false
        defer { if !isHandedOn { uploads.withLock { $0.inHand -= 1 } } }
        var opened: [RosterSummary] = []
        for (index, roster) in rosters.enumerated() {
            opened.append(try visit.order(roster.opening(enterprise: enterprise), part: index))
        }
        let waiting = uploads.withLock { uploads in
            zip(rosters, opened).filter { _, summary in
                guard summary.state == .open, uploads.states[summary.roster] != .sending else { return false }
                uploads.states[summary.roster] = .sending
                return true
            }
        }
        guard !waiting.isEmpty else { return opened }
        let (desk, acting) = (visit.desk, visit.acting)
        isHandedOn = OwnThread.detached(name: "roster") { [self] in
            for (roster, summary) in waiting {
                let outcome = Self.send(roster, to: summary, desk, acting)
                uploads.withLock { $0.states[summary.roster] = outcome }
            }
            uploads.withLock { $0.inHand -= 1 }
        }
        guard isHandedOn else {
            uploads.withLock { uploads in
                for (_, summary) in waiting { uploads.states[summary.roster] = nil }
            }
            throw Self.busy
        }
        return opened
    }

    static func read(_ file: UploadedFile, _ choices: RosterChoices) throws -> RosterDelivery {
        do {
            return try RosterDelivery(bytes: file.bytes(), fileName: file.fileName, choices: choices)
        } catch let error as WebError {
            throw Refusal(error.code, .busy, error.message)
        }
    }

    /// Sends what the registry does not have yet.
    /// - Returns: nil once the roster is closed.
    private static func send(
        _ sending: RosterSending, to roster: RosterSummary, _ desk: Desk, _ acting: Acting
    ) -> State? {
        do {
            _ = try sending.send(
                to: roster,
                add: { batch, number in
                    try patiently { try desk.order(batch, as: acting, number: number) }
                },
                close: { close, number in
                    try patiently { try desk.order(close, as: acting, number: number) }
                }, progress: { _ in })
            return nil
        } catch let refusal as Refusal {
            return .broken(refusal)
        } catch {
            return .broken(interrupted)
        }
    }

    /// Asks again while the registry restarts: the command number makes that safe.
    private static func patiently<Reply>(_ order: () throws -> Reply) throws -> Reply {
        for _ in 0..<12 {
            do {
                return try order()
            } catch is BusFailure {
                usleep(2_500_000)
            }
        }
        return try order()
    }

    static let busy = Refusal("gateway.roster.busy", .busy, "正在导入的名册较多，请等其中一份导入完毕后再上传。")
    static let interrupted = Refusal(
        "gateway.roster.interrupted", .busy, "导入中断：台账服务没有答复。请稍后重新上传同一文件，系统会从中断处继续，不会重复登记。")
}
