import Contracts
import Domain
import FoundationEssentials
import Messaging
import Store

/// The steps between the bytes of a request and a service's own types, the same for commands and queries.
enum Answering {
    /// The table's entry for a request, once the officer's role is found entitled to it (第十九条).
    static func entry<Set: MessageSet>(
        _ set: Set.Type, for request: IncomingRequest, officer: Officer
    ) throws -> MessageEntry<Set> {
        try entry(set, request.message, version: Int(request.version), officer: officer)
    }

    static func entry<Set: MessageSet>(
        _ set: Set.Type, _ name: String, version: Int, officer: Officer
    ) throws -> MessageEntry<Set> {
        guard let entry = Set.entry(name, version: version) else { throw CommonRefusal.unknownMessage }
        guard entry.roles.contains(officer.role) else { throw CommonRefusal.roleNotEntitled }
        return entry
    }

    static func decode<Set: MessageSet>(_ entry: MessageEntry<Set>, from request: IncomingRequest) throws -> Set {
        try requireShortTexts(request.body, entry)
        do {
            return try entry.decode(Data(request.body))
        } catch let error as DecodingError {
            throw CommonRefusal.malformed.naming(JSONCoding.fields(of: error))
        }
    }

    /// The items of a message for many. How long their texts are is looked at item by item.
    static func decodeEach<Set: MessageSet>(
        _ entry: MessageEntry<Set>, from request: IncomingRequest
    ) throws -> [EachItem<Set>] {
        guard let decode = entry.decodeEach else { throw CommonRefusal.unknownMessage }
        do {
            return try decode(Data(request.body))
        } catch let error as DecodingError {
            throw CommonRefusal.malformed.naming(JSONCoding.fields(of: error))
        }
    }

    static func requireShortTexts<Set: MessageSet>(_ body: [UInt8], _ entry: MessageEntry<Set>) throws {
        let limit = TextLimit(body, longestInCharacters: entry.longestTextInCharacters)
        guard let member = limit.offender() else { return }
        throw CommonRefusal.textTooLong.naming(["\(member)：最多 \(entry.longestTextInCharacters) 字"])
    }

    static func decode<T: Decodable>(_ type: T.Type, from request: IncomingRequest) throws -> T {
        do {
            return try JSONCoding.value(type, from: request.body)
        } catch let error as DecodingError {
            throw CommonRefusal.malformed.naming(JSONCoding.fields(of: error))
        }
    }

    /// What is told to whoever asked while the disk or the machine fails: each cause by its own name, because somebody
    /// else is to be called for each.
    static func refusal(for error: StoreError) -> Refusal {
        switch error.code {
        case .full: CommonRefusal.storeFull.naming([error.message])
        case .busy: CommonRefusal.storeBusy.naming([error.message])
        case .memory: CommonRefusal.memoryFull.naming([error.message])
        case .older, .newer: CommonRefusal.storeOfAnotherAge.naming([error.message])
        default: CommonRefusal.internalFault
        }
    }

    static func body(_ refusal: Refusal) -> [UInt8] { (try? JSONCoding.bytes(refusal)) ?? [] }
}

/// Answers queries from a snapshot, at any instance.
public enum QueryAnswer {
    /// - Returns: the answer, a refusal among them, and what must be written down before it leaves.
    /// - Throws: what is no refusal: a fault of the store or of the program.
    public static func pending<Logic: ServiceLogic>(
        _ logic: Logic, _ tools: ServiceTools, _ request: IncomingRequest, _ snapshot: Snapshot, now: Timestamp
    ) throws -> PendingAnswer {
        do {
            let actor = try tools.officers.actor(of: request, now: now)
            let context = ReadContext(officer: actor.officer, snapshot: snapshot, now: now)
            let body = try body(logic, request, context)
            let reply = Work.Reply(token: request.token, status: .done, body: body)
            guard !context.subjects.isEmpty else { return PendingAnswer(reply: reply, looked: nil) }
            let note = NoteLooked(
                user: context.officer.user, role: context.officer.role, message: request.message,
                subjects: Set(context.subjects).sorted(), proof: actor.proof)
            return PendingAnswer(reply: reply, looked: note)
        } catch let refusal as Refusal {
            let reply = Work.Reply(token: request.token, status: .refused, body: Answering.body(refusal))
            return PendingAnswer(reply: reply, looked: nil)
        }
    }

    private static func body<Logic: ServiceLogic>(
        _ logic: Logic, _ request: IncomingRequest, _ context: ReadContext
    ) throws -> [UInt8] {
        if request.message == ListParked.name { return try JSONCoding.bytes(EventIntake<Logic>.list(context.snapshot)) }
        if request.message == ListParameters.name {
            return try JSONCoding.bytes(Parameters.list(Logic.parameters, context.snapshot))
        }
        if request.message == ListLooked.name {
            guard ListLooked.roles.contains(context.officer.role) else { throw CommonRefusal.roleNotEntitled }
            return try JSONCoding.bytes(
                Looked.list(
                    try Answering.decode(ListLooked.self, from: request), context.snapshot, today: context.today))
        }
        if request.message == KnownLog.name {
            let query = try Answering.decode(KnownLog.self, from: request)
            return try JSONCoding.bytes(Reconciling.known(Logic.self, query, context.snapshot))
        }
        let entry = try Answering.entry(Logic.Queries.self, for: request, officer: context.officer)
        return try JSONCoding.bytes(logic.read(Answering.decode(entry, from: request), context))
    }
}
