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

    /// The same where a "no" of one person must not end what is asked of many: nil then.
    func askIfAny<Q: Query>(_ query: Q) throws -> Q.Reply? {
        do {
            return try ask(query)
        } catch let refusal as Refusal where refusal.kind != .busy {
            return nil
        }
    }
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
    typealias Facts = @Sendable (Asker, PersonID) throws -> [(String, String)]
    typealias Known = @Sendable (Asker, [PersonID]) throws -> [PersonID: [String: FieldValue]]

    let name: String
    let version: Int
    let title: String
    let article: Article?
    let roles: Set<Role>
    let fields: [FieldDescription]
    /// As programs send them.
    let members: [FieldDescription]
    let personMember: String
    /// Whether people wait for it in a list; else it is done from the person's page.
    let isForMany: Bool
    /// The list from which it is done.
    let list: any Page.Type
    /// Where a person's things of this department are shown; nil where the list is all there is.
    let place: (@Sendable (PersonID) -> String)?
    let people: People
    let known: Known
    /// What whoever fills in the form has to see of the person.
    let facts: Facts
    /// The command's JSON of what was filled in.
    let read: @Sendable (PersonID, [String: FieldValue], CalendarDay, String?) throws -> [UInt8]
    /// Orders one, and waits until it is shown. Gives what the answer tells beyond "done".
    let order: @Sendable (Asker, [UInt8], CommandNumber) throws -> String?
    /// Orders many under numbers that follow each other.
    let orderEach: @Sendable (Asker, [[UInt8]], CommandNumber) throws -> [(refusal: Refusal?, word: String?)]

    init<S: Step>(
        _ step: S.Type, list: any Page.Type, place: (@Sendable (PersonID) -> String)? = nil,
        people: People?, known: @escaping Known = { _, _ in [:] }, facts: @escaping Facts = { _, _ in [] }
    ) {
        name = S.name
        version = S.version
        title = S.title
        article = S.article
        roles = S.roles
        fields = S.fields
        members = S.members
        personMember = S.personMember
        self.list = list
        self.place = place
        self.people = people ?? { _, _ in StepPeople(persons: []) }
        isForMany = people != nil
        self.known = known
        self.facts = facts
        read = { person, values, today, batch in
            try JSONCoding.bytes(S.read(of: person, values, today: today, batch: batch))
        }
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
            throw CommonRefusal.malformed.naming(JSONCoding.fields(of: error))
        }
    }

    /// What differs from person to person and has to be there: for many, as the system knows it.
    var personalFields: [FieldDescription] { fields.filter { $0.isPersonal && $0.isRequired || !$0.columns.isEmpty } }

    /// What stands in a person's fields when the same is filled in for many: of each person's own what is known.
    func values(_ shared: [String: FieldValue], _ known: [String: FieldValue]) -> [String: FieldValue] {
        let own = Set(fields.filter(\.isPersonal).map(\.name))
        return known.filter { own.contains($0.key) }.merging(shared.filter { !own.contains($0.key) }) { $1 }
    }

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

    /// What is wrong with the values that are the same for many.
    func sharedFaults(_ values: [String: FieldValue], _ today: CalendarDay) -> [FieldFault] {
        let own = Set(fields.filter(\.isPersonal).map(\.name))
        do {
            _ = try read(PersonID(0), values, today, nil)
            return []
        } catch let faults as FieldFaults {
            return faults.faults.filter { !own.contains($0.field) }
        } catch {
            return []
        }
    }

    /// Reads what was filled in for a person, of form or sheet.
    /// - Parameter batch: the same for all who are done together.
    /// - Throws: a `Refusal` that names all that is wrong.
    func command(
        of person: PersonID, _ values: [String: FieldValue], _ today: CalendarDay, batch: String
    ) throws -> [UInt8] {
        do {
            return try read(person, values, today, batch)
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
