import Contracts
import Domain
import Host
import Messaging

/// Who asks and orders, on a page or as a program.
struct Asker: Sendable {
    let desk: Desk
    let acting: Acting

    var officer: Officer { acting.officer }

    func ask<Q: Query>(_ query: Q) throws -> Q.Reply { try desk.ask(query, as: acting) }
}

extension Visit {
    var asker: Asker { Asker(desk: desk, acting: acting) }
}

/// A page of the people who wait for a step.
struct StepPeople {
    var persons: [PersonID]
    var next: Int64?
}

/// What a step's list is narrowed to, and from where it goes on.
struct StepScope {
    var narrowing: Narrowing?
    var after: Int64?
    var limit = 500
}

/// A step (`Step`) without its type, with what the gateway adds: whose list it is done from, who waits for it, and what
/// the system knows to fill in beforehand. Form, selection, spreadsheet and interface work with this alone.
struct AnyStep: Sendable {
    typealias People = @Sendable (Asker, StepScope) throws -> StepPeople
    typealias Known = @Sendable (Asker, [PersonID]) throws -> [PersonID: [String: FieldValue]]

    let name: String
    let version: Int
    let title: String
    let article: Article?
    let roles: Set<Role>
    let fields: [FieldDescription]
    /// Whether people wait for it in a list; else it is done from the person's page.
    let isForMany: Bool
    /// The list from which it is done.
    let list: any Page.Type
    /// Where a person's things of this department are shown; nil where the list is all there is.
    let place: (@Sendable (PersonID) -> String)?
    let people: People
    let known: Known
    /// The command's JSON of what was filled in.
    let read: @Sendable (PersonID, [String: FieldValue], CalendarDay) throws -> [UInt8]
    /// Orders one, and waits until it is shown. Gives what the answer tells beyond "done".
    let order: @Sendable (Asker, [UInt8], CommandNumber) throws -> String?
    /// Orders many under numbers that follow each other.
    let orderEach: @Sendable (Asker, [[UInt8]], CommandNumber) throws -> [(refusal: Refusal?, word: String?)]

    init<S: Step>(
        _ step: S.Type, list: any Page.Type, place: (@Sendable (PersonID) -> String)? = nil,
        people: People?, known: @escaping Known = { _, _ in [:] }
    ) {
        name = S.name
        version = S.version
        title = S.title
        article = S.article
        roles = S.roles
        fields = S.fields
        self.list = list
        self.place = place
        self.people = people ?? { _, _ in StepPeople(persons: []) }
        isForMany = people != nil
        self.known = known
        read = { person, values, today in try JSONCoding.bytes(S.read(of: person, values, today: today)) }
        order = { asker, bytes, number in
            let command = try Self.decode(S.self, bytes)
            return S.word(of: try asker.desk.order(command, as: asker.acting, number: number))
        }
        orderEach = { asker, items, number in
            let commands = try items.map { try Self.decode(S.self, $0) }
            return try asker.desk.placeEach(commands, as: asker.acting, number: number).map { outcome in
                switch outcome {
                case .done(let reply): (nil, S.word(of: reply))
                case .refused(let refusal): (refusal, nil)
                }
            }
        }
    }

    private static func decode<S: Step>(_ type: S.Type, _ bytes: [UInt8]) throws -> S {
        do {
            return try JSONCoding.value(S.self, from: bytes)
        } catch let error as DecodingError {
            throw CommonRefusal.malformed.naming(JSONFault.fields(of: error))
        }
    }

    /// Whether the same values make sense for many people.
    var isSameForMany: Bool { !fields.contains { $0.isPersonal && $0.isRequired } }

    var address: String { "/steps/\(name)" }

    func address(of person: PersonID) -> String { "\(address)/\(person.rawValue)" }

    /// Everybody who waits for it, at most `RunRule.mostItems`.
    /// - Returns: the people, and whether there are more.
    func everybody(_ asker: Asker, _ narrowing: Narrowing?) throws -> (persons: [PersonID], hasMore: Bool) {
        var persons: [PersonID] = []
        var scope = StepScope(narrowing: narrowing)
        repeat {
            let page = try people(asker, scope)
            persons += page.persons
            scope.after = page.next
        } while scope.after != nil && persons.count <= RunRule.mostItems
        return (Array(persons.prefix(RunRule.mostItems)), persons.count > RunRule.mostItems)
    }

    /// What stands in the fields before anybody has filled in anything.
    func initial(_ today: CalendarDay) -> [String: FieldValue] {
        var values: [String: FieldValue] = [:]
        for field in fields {
            guard let initial = field.initial else { continue }
            values[field.name] = .text(initial == FieldDescription.today ? today.description : initial)
        }
        return values
    }

    /// Reads what was filled in for a person, of form or sheet.
    /// - Throws: a `Refusal` that names all that is wrong.
    func command(of person: PersonID, _ values: [String: FieldValue], _ today: CalendarDay) throws -> [UInt8] {
        do {
            return try read(person, values, today)
        } catch let faults as FieldFaults {
            throw FormFault.refusal(faults)
        }
    }
}

extension FormFault {
    static func refusal(_ faults: FieldFaults) -> Refusal {
        Refusal("gateway.form.field", .invalid, "请填写或更正：", details: faults.faults.map(\.sentence))
    }
}

/// Where JSON does not say what it should.
enum JSONFault {
    /// The path of the field that could not be read; never its value.
    static func fields(of error: DecodingError) -> [String] {
        let path: [any CodingKey]
        switch error {
        case .keyNotFound(let key, let context): path = context.codingPath + [key]
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            path = context.codingPath
        @unknown default: path = []
        }
        return path.isEmpty ? [] : [path.map(\.stringValue).joined(separator: ".")]
    }
}
