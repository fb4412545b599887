import Contracts
import Kernel
import Messaging
import Store

/// Commands under their numbers: the same number gets the same stored answer; with another content it is refused.
extension ServiceCore {
    typealias Outcome = (status: ReplyStatus, body: [UInt8])

    func command(_ request: IncomingRequest, _ transaction: Transaction, _ now: SteadyInstant) throws -> Outcome {
        guard let number = request.command else { throw CommonRefusal.malformed.naming(["命令编号"]) }
        let identity = CommandIdentity(
            caller: request.caller, session: number.session, counter: Int64(bitPattern: number.counter))
        let digest = digest(request.message, request.version, request.body)
        if let stored = try stored(identity, digest, transaction) { return stored }
        if Self.isTooLate(request, now) { return (.failed, try JSONCoding.bytes(BusFailure.deadline)) }
        let acting = try tools.officers.actor(of: request, now: transaction.now)
        return try carryOut(identity, digest, transaction) {
            try execute(request, WriteContext(acting, transaction))
        }
    }

    /// Many commands of one kind, see `Each`. One that fails by a fault is answered as such, is not stored, and can be
    /// asked again.
    func each(
        _ request: IncomingRequest, _ transaction: Transaction, _ now: SteadyInstant
    ) throws -> (outcome: Outcome, fault: String?) {
        guard let number = request.command else { throw CommonRefusal.malformed.naming(["命令编号"]) }
        let acting = try tools.officers.actor(of: request, now: transaction.now)
        let name = String(request.message.dropLast(EachRule.suffix.count))
        let entry = try Answering.entry(
            Logic.Commands.self, name, version: Int(request.version), officer: acting.officer)
        let items = try Answering.decodeEach(entry, from: request)
        guard (1...EachRule.mostItems).contains(items.count) else { throw EachRule.wrongCount }
        let isTooLate = Self.isTooLate(request, now)
        var body = Array("{\"outcomes\":[".utf8)
        var fault: String?
        for (index, item) in items.enumerated() {
            let identity = CommandIdentity(
                caller: request.caller, session: number.session,
                counter: Int64(bitPattern: number.counter &+ UInt64(index)))
            let digest = digest(name, request.version, item.bytes)
            var outcome: Outcome
            do {
                if let stored = try stored(identity, digest, transaction) {
                    outcome = stored
                } else if isTooLate {
                    // What came before it was stored under its number already, so nothing of this message is lost.
                    return ((.failed, try JSONCoding.bytes(BusFailure.deadline)), fault)
                } else {
                    outcome = try carryOut(identity, digest, transaction) {
                        try Answering.requireShortTexts(item.bytes, entry)
                        let context = WriteContext(acting, transaction)
                        return try JSONCoding.bytes(logic.execute(item.command, context))
                    }
                }
            } catch let refusal as Refusal {
                outcome = (.refused, Answering.body(refusal))
            } catch let error where !Self.endsCommit(error) {
                outcome = (.refused, Answering.body(CommonRefusal.internalFault))
                fault = fault ?? "\(request.message) 有一项未成：\(Self.kind(of: error))"
            }
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += Array(outcome.status == .done ? "{\"done\":".utf8 : "{\"refused\":".utf8)
            body += outcome.body
            body.append(UInt8(ascii: "}"))
        }
        return ((.done, body + Array("]}".utf8)), fault)
    }

    private func stored(
        _ identity: CommandIdentity, _ digest: Int64, _ transaction: Transaction
    ) throws -> Outcome? {
        guard let stored = try transaction.result(for: identity) else { return nil }
        guard stored.requestDigest == digest || stored.requestDigest == 0 else {
            throw CommonRefusal.commandNumberReused
        }
        let body = try SealedResults.body(stored, of: identity, tools.sealer)
        return (stored.status == StoredResult.done ? .done : .refused, body)
    }

    /// Whoever asked has been told that time is up, and may have done it another way.
    private static func isTooLate(_ request: IncomingRequest, _ now: SteadyInstant) -> Bool {
        request.expiresAt.map { $0 <= now } ?? false
    }

    /// Does it in a savepoint of its own, and keeps what came of it under its number.
    private func carryOut(
        _ identity: CommandIdentity, _ digest: Int64, _ transaction: Transaction, _ work: () throws -> [UInt8]
    ) throws -> Outcome {
        var outcome: Outcome
        do {
            outcome = try transaction.attempt { (.done, try work()) }
        } catch let refusal as Refusal {
            outcome = (.refused, Answering.body(refusal))
        }
        try transaction.storeResult(
            StoredResult(
                status: outcome.status == .done ? StoredResult.done : StoredResult.refused,
                body: tools.sealer.seal(outcome.body, purpose: SealedResults.purpose(identity)),
                requestDigest: digest), for: identity)
        return outcome
    }

    /// What was asked, as a number that tells nothing without the key. Never 0, which stands for "not known".
    private func digest(_ message: String, _ version: UInt16, _ body: [UInt8]) -> Int64 {
        let version = withUnsafeBytes(of: version.bigEndian) { Array($0) }
        let digest = tools.sealer.token(of: [Array(message.utf8), [0], version, body], purpose: "host.command")
        return digest == 0 ? 1 : digest
    }

    private func execute(_ request: IncomingRequest, _ context: WriteContext) throws -> [UInt8] {
        if request.message == SettleParked.name {
            let settle = try Answering.decode(SettleParked.self, from: request)
            try intake.settle(settle, context)
            return try JSONCoding.bytes(Done())
        }
        if request.message == SetParameter.name {
            let command = try Answering.decode(SetParameter.self, from: request)
            return try JSONCoding.bytes(Parameters.set(command, logic, context))
        }
        if request.message == ReconcileLog.name {
            let command = try Answering.decode(ReconcileLog.self, from: request)
            return try JSONCoding.bytes(Reconciling.run(command, chance: tools.randomness.number(), context))
        }
        let entry = try Answering.entry(Logic.Commands.self, for: request, officer: context.officer)
        let command = try Answering.decode(entry, from: request)
        return try JSONCoding.bytes(logic.execute(command, context))
    }
}
