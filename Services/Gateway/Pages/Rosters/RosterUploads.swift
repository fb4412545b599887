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

    /// Takes the form's file and begins to send its rows.
    /// - Returns: the roster's number.
    /// - Throws: a `Refusal` when the file is missing, unreadable or no roster, or when the registry does not take it.
    func begin(_ visit: Visit) throws -> RosterSummary {
        guard let file = visit.request.file("file"), file.byteCount > 0 else { throw GatewayRefusal.fileMissing }
        let isTaken = uploads.withLock { uploads in
            guard uploads.inHand < Self.mostAtOnce else { return false }
            uploads.inHand += 1
            return true
        }
        guard isTaken else { throw Self.busy }
        var isHandedOn = false
        defer { if !isHandedOn { uploads.withLock { $0.inHand -= 1 } } }
        let sending = try Self.read(file)
        let opened = try visit.order(sending.opening(enterprise: visit.text("enterprise")))
        guard opened.state == .open else { return opened }
        let isFirst = uploads.withLock { uploads in
            guard uploads.states[opened.roster] != .sending else { return false }
            uploads.states[opened.roster] = .sending
            return true
        }
        guard isFirst else { return opened }
        let (desk, officer) = (visit.desk, visit.officer)
        isHandedOn = OwnThread.detached(name: "roster") { [self] in
            let outcome = Self.send(sending, to: opened, desk, officer)
            uploads.withLock { uploads in
                uploads.states[opened.roster] = outcome
                uploads.inHand -= 1
            }
        }
        guard isHandedOn else {
            uploads.withLock { $0.states[opened.roster] = nil }
            throw Self.busy
        }
        return opened
    }

    static func read(_ file: UploadedFile) throws -> RosterSending {
        do {
            return try RosterSending(bytes: file.bytes(), fileName: file.fileName)
        } catch let error as WebError {
            throw Refusal(error.code, .busy, error.message)
        }
    }

    /// Sends what the registry does not have yet.
    /// - Returns: nil once the roster is closed.
    private static func send(
        _ sending: RosterSending, to roster: RosterSummary, _ desk: Desk, _ officer: Officer
    ) -> State? {
        do {
            _ = try sending.send(
                to: roster,
                add: { batch, number in
                    try patiently { try desk.order(batch, as: officer, number: number) }
                },
                close: { close, number in
                    try patiently { try desk.order(close, as: officer, number: number) }
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
