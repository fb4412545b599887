import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Sealing

/// Carries out commands as a careful caller does: asks again under the same number until there is an answer, and
/// enters each answer in the ledger.
final class ChaosWriter: Sendable {
    /// Short, so that many commands are asked more than once.
    private static let deadlineInMilliseconds: Int64 = 3000

    private let bus: BusClient
    private let ledger: ChaosLedger
    private let moment: ChaosMoment

    init(_ bus: BusClient, _ ledger: ChaosLedger, _ moment: ChaosMoment) {
        self.bus = bus
        self.ledger = ledger
        self.moment = moment
    }

    /// - Parameter note: fills in what must follow from the answer.
    /// - Returns: the answer, or the refusal that the service will give for this number for ever.
    /// - Throws: `ChaosGivenUp` when there was no answer long after the faults' end.
    func carryOut<C: Command>(
        _ command: C, as officer: Officer, number given: CommandNumber? = nil,
        _ note: (C.Reply, inout ChaosEntry) -> Void
    ) throws -> Result<C.Reply, Refusal> {
        let number = given ?? bus.nextCommandNumber()
        let service = try Supervision.service(String(C.name.prefix { $0 != "." }))
        let request = OutgoingRequest(
            service: service.rawValue, message: C.name, version: UInt16(C.version),
            context: try bus.context(of: officer), body: try JSONCoding.bytes(command), command: number)
        let began = MonotonicClock.milliseconds()
        var asked = 0
        let answer = try ask(request, &asked)
        var entry = ChaosEntry(
            service: service, message: C.name, session: number.session, counter: number.counter, isDone: true,
            answer: Self.digest(answer), asked: asked, waitedInMilliseconds: MonotonicClock.milliseconds() - began,
            effects: [])
        let outcome: Result<C.Reply, Refusal>
        switch answer {
        case .success(let body):
            let reply = try JSONCoding.value(C.Reply.self, from: body)
            note(reply, &entry)
            outcome = .success(reply)
        case .failure(let refusal):
            entry.isDone = false
            entry.slug = refusal.slug
            outcome = .failure(refusal)
        }
        try ledger.enter(entry)
        if number.counter % 8 == 0 { try repeated(request, entry) }
        return outcome
    }

    /// Asks a query until it is answered. - Throws: as `carryOut`, and the refusal.
    func look<Q: Query>(_ query: Q, as officer: Officer) throws -> Q.Reply {
        let request = OutgoingRequest(
            service: String(Q.name.prefix { $0 != "." }), message: Q.name, version: UInt16(Q.version),
            context: try bus.context(of: officer), body: try JSONCoding.bytes(query))
        var asked = 0
        return try JSONCoding.value(Q.Reply.self, from: ask(request, &asked).get())
    }

    /// Asks until the answer is one that stays.
    private func ask(_ request: OutgoingRequest, _ asked: inout Int) throws -> Result<[UInt8], Refusal> {
        while true {
            if asked > 0 { ledger.count { $0.askedAgain += 1 } }
            asked += 1
            do {
                return .success(try once(request))
            } catch let refusal as Refusal {
                // Nothing is stored of what the machine refuses for the moment.
                guard refusal.kind == .busy else { return .failure(refusal) }
                ledger.count { $0.putOff += 1 }
                try wait(200, for: request)
            } catch let failure as BusFailure
                where BusClient.mayPass(failure) || failure.slug == BusFailure.requestFatal.slug
            {
                // That two instances were lost with it in hand is the doing of the chaos, not the request's.
                try wait(failure.retryAfterInMilliseconds ?? 50, for: request)
            }
        }
    }

    private func wait(_ pause: Int64, for request: OutgoingRequest) throws {
        guard !moment.isPast else {
            ledger.violate(.unanswered, "\(request.message) 在故障结束后仍没有答复")
            throw ChaosGivenUp()
        }
        Pause.milliseconds(Int(min(max(pause, 20), 1000)))
    }

    private func once(_ request: OutgoingRequest) throws -> [UInt8] {
        var request = request
        request.timeoutInMilliseconds = Self.deadlineInMilliseconds
        let answer = Monitor<Result<[UInt8], any Error>?>(nil)
        bus.send(request) { result in answer.update { $0 = result } }
        // The endpoint answers at its deadline in any case; a second one here would hide that it does not.
        while true {
            if let result = answer.wait(forMilliseconds: 60_000, { $0 }) { return try result.get() }
        }
    }

    /// The same number must get the same answer, however often it is asked and whoever writes by now.
    private func repeated(_ request: OutgoingRequest, _ entry: ChaosEntry) throws {
        var asked = 0
        let again = try ask(request, &asked)
        ledger.count { $0.repeated += 1 }
        if Self.digest(again) != entry.answer {
            ledger.violate(.answer, "\(entry.message) \(entry.session)/\(entry.counter) 再次询问得到了另一个答复")
        }
    }

    private static func digest(_ answer: Result<[UInt8], Refusal>) -> String {
        switch answer {
        case .success(let body): Hex.encode(SM3.digest(body))
        case .failure(let refusal): Hex.encode(SM3.digest((try? JSONCoding.bytes(refusal)) ?? []))
        }
    }
}

/// A command that nobody answered although the faults were over.
struct ChaosGivenUp: Error {}

/// A moment that is set once, by which all must be over.
final class ChaosMoment: Sendable {
    private let moment = Monitor<Int64?>(nil)

    var isPast: Bool { moment.read { $0.map { MonotonicClock.milliseconds() > $0 } ?? false } }

    func set(inMilliseconds span: Int64) { moment.update { $0 = MonotonicClock.milliseconds() + span } }
}
