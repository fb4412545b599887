import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Synchronization

/// Carries the runs on, piece by piece, each run in its turn. What was begun and what came of it lies in the store, so
/// nothing is lost with this: a piece that was sent before a restart is sent again under the same numbers, and the
/// service answers as then.
final class RunKeeper: Sendable {
    /// Some tens of milliseconds of a service's writer.
    static let itemsInOnePiece = 100
    /// Far below what a frame of the bus holds.
    private static let bytesInOnePiece = 2_000_000
    private static let pauseInMilliseconds = 1000

    private struct State {
        var isAtWork = false
        var isStopped = false
        var waiting: [Int64: Refusal] = [:]
    }

    private let state = Monitor(State())

    /// Why a run does not go on for now; nil when it does.
    func waiting(_ run: Int64) -> Refusal? { state.read { $0.waiting[run] } }

    func stop() { state.update { $0.isStopped = true } }

    /// Begins to work, unless it is at work already.
    func poke(_ desk: Desk) {
        let isFree = state.update { state in
            guard !state.isAtWork, !state.isStopped else { return false }
            state.isAtWork = true
            return true
        }
        guard isFree else { return }
        let isBegun = OwnThread.detached(name: "runs") { [self] in work(desk) }
        if !isBegun { state.update { $0.isAtWork = false } }
    }

    /// Looks once a second whether there is something to go on with: after a restart, or when this instance has taken
    /// over.
    func keep(_ desk: Desk) {
        _ = OwnThread.detached(name: "runs-watch") { [self] in
            while !state.read({ $0.isStopped }) {
                if desk.isWriter { poke(desk) }
                usleep(UInt32(Self.pauseInMilliseconds) * 1000)
            }
        }
    }

    private func work(_ desk: Desk) {
        var last: Int64 = 0
        var idleTurns = 0
        while !state.read({ $0.isStopped }) {
            let run = (try? desk.read { try $0.runningRun(after: last) }) ?? nil
            guard let run else { break }
            last = run.id
            if advance(run, desk) {
                idleTurns = 0
            } else {
                // Nothing could be done for this one; the others have had their turn when it comes again.
                idleTurns += 1
                usleep(UInt32(Self.pauseInMilliseconds) * 1000)
                // Whoever watches begins anew.
                if idleTurns > 60 { break }
            }
        }
        state.update { $0.isAtWork = false }
    }

    /// - Returns: whether something was done.
    private func advance(_ run: StoredRun, _ desk: Desk) -> Bool {
        do {
            let outcomes = try outcomes(of: run, desk)
            _ = try desk.place(
                NoteRun(run: run.id, outcomes: outcomes), as: .itself, number: desk.nextCommandNumber())
            state.update { $0.waiting[run.id] = nil }
            return true
        } catch is SignedOut {
            _ = try? desk.place(StopRun(run: run.id), as: .itself, number: desk.nextCommandNumber())
            return true
        } catch let refusal as Refusal {
            state.update { $0.waiting[run.id] = refusal }
        } catch let failure as BusFailure {
            state.update { $0.waiting[run.id] = Unanswered.question(failure) }
        } catch {
            ServiceLog.write("gateway", "批量办理未能继续：\(type(of: error))")
            state.update { $0.waiting[run.id] = CommonRefusal.internalFault }
        }
        return false
    }

    /// Whoever began it has signed out, or is another now: nobody acts in that name any more.
    private struct SignedOut: Error {}

    /// Sends the next items that follow each other without a gap.
    private func outcomes(of run: StoredRun, _ desk: Desk) throws -> [NoteRun.Outcome] {
        guard let session = run.proof.flatMap(desk.sealer.session(ofRun:)),
            let account = try desk.account(of: session), account.officer == run.officer
        else { throw SignedOut() }
        let untried = try desk.read {
            try $0.items(of: run.id, .untried, limit: Self.itemsInOnePiece, desk.sealer.sealer)
        }
        var bytes = 0
        let items = untried.enumerated().prefix { offset, item in
            bytes += item.command?.utf8.count ?? 0
            return item.place == untried[0].place + offset && (offset == 0 || bytes <= Self.bytesInOnePiece)
        }.map(\.element)
        guard let first = items.first else { return [] }
        guard let step = Steps.step(run.step), step.version == run.version else {
            return items.map { NoteRun.Outcome(place: $0.place, refusal: CommonRefusal.unknownMessage) }
        }
        do {
            let commands = items.map { Array(($0.command ?? "").utf8) }
            let found = try step.orderEach(
                Asker(desk: desk, acting: desk.acting(account, session)), commands, run.number(ofItemAt: first.place))
            return zip(items, found).map {
                NoteRun.Outcome(place: $0.place, refusal: $1.refusal, word: $1.word)
            }
        } catch let refusal as Refusal where refusal.slug == AccountsRefusal.sessionEnded.slug {
            throw SignedOut()
        } catch let refusal as Refusal where refusal.kind != .busy {
            // It holds of each of them, such as a duty that the account does not have.
            return items.map { NoteRun.Outcome(place: $0.place, refusal: refusal) }
        }
    }
}
