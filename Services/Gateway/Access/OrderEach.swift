import Contracts
import Domain
import Host
import Messaging

extension Visit {
    /// Orders several things that one form asks for, each by itself, and waits once for all. Each has a number of its
    /// own, made from the form's, so that the form sent twice still does each thing once.
    /// - Parameter part: tells the things apart; the same for the same thing.
    /// - Throws: `PartlyDone` or `PartlyAnswered` when not all was done; the refusal itself, when it is the same for
    ///   all of them, and the `BusFailure` itself, when nothing was answered.
    func orderEach<Item, C: Command>(
        _ items: [Item], part: (Item) -> Int64, _ command: (Item) throws -> C
    ) throws {
        let number = try formNumber()
        var outcome = EachOutcome(asked: items.count)
        var last: LogPosition?
        for item in items {
            let own = CommandNumber(
                session: number.session, counter: number.counter &+ UInt64(bitPattern: part(item)))
            do {
                last = try desk.place(try command(item), as: acting, number: own).position ?? last
                outcome.done += 1
            } catch let refusal as Refusal {
                outcome.refused.append(refusal)
            } catch let failure as BusFailure {
                outcome.failure = failure
                break
            }
        }
        if let last { desk.waitUntilShown(last, of: C.self) }
        try outcome.check()
    }
}

/// What became of several things that one form asked for.
struct EachOutcome {
    var asked: Int
    var done = 0
    var refused: [Refusal] = []
    /// Why the rest was not tried.
    var failure: BusFailure?

    init(asked: Int) { self.asked = asked }

    /// - Throws: unless all was done.
    func check() throws {
        if let failure {
            if done == 0, refused.isEmpty { throw failure }
            throw PartlyAnswered(outcome: self, failure: failure)
        }
        guard let first = refused.first else { return }
        if done == 0, refused.allSatisfy({ $0 == first }) { throw first }
        throw GatewayRefusal.partlyDone.naming(lines)
    }

    /// How many came to what.
    var lines: [String] {
        var lines = ["已办理 \(done) 项，共 \(asked) 项"]
        var counts: [(refusal: Refusal, count: Int)] = []
        for refusal in refused {
            if let index = counts.firstIndex(where: { $0.refusal == refusal }) {
                counts[index].count += 1
            } else {
                counts.append((refusal, 1))
            }
        }
        lines += counts.map { "未办理 \($0.count) 项：\($0.refusal.sentence)" }
        let open = asked - done - refused.count
        if open > 0 { lines.append("没有收到答复 \(open) 项") }
        return lines
    }
}

/// Some of the things that one form asked for were answered, and then the bus brought no answer any more.
struct PartlyAnswered: Error {
    let outcome: EachOutcome
    let failure: BusFailure
}
