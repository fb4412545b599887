import Contracts
import Domain
import Messaging
import Sealing

/// What a run is made of, before it is in the store.
struct RunDraft {
    /// Items that go to the store in one message: so few that their tables fit into a frame.
    private static let itemsInOnePiece = 200
    private static let charactersInOnePiece = 1_500_000

    let step: AnyStep
    let origin: RunOrigin
    var fileName: String?
    var again: Int64?
    var items: [RunItem] = []
    /// To be told to whoever sent a sheet: what in it was not used.
    var remarks: [String] = []

    /// Of the form or the program's order: sent twice it is one run.
    let number: CommandNumber

    init(_ step: AnyStep, _ origin: RunOrigin, number: CommandNumber) {
        self.step = step
        self.origin = origin
        self.number = number
    }

    /// What all items share, see `Filling.batch`.
    private var batch: String { "\(String(number.session, radix: 16))-\(String(number.counter, radix: 16))" }

    /// The same values for many people; what differs from one to the other is what the system knows of each. Whoever
    /// lacks something is refused by itself, and comes back in the sheet to be filled in.
    mutating func add(_ persons: [PersonID], _ shared: [String: FieldValue], _ asker: Asker) throws {
        let initial = step.initial(asker.desk.today)
        for first in stride(from: 0, to: persons.count, by: 500) {
            let piece = Array(persons[first..<min(first + 500, persons.count)])
            let known = try step.known(asker, piece)
            for person in piece {
                let values = step.values(shared, initial.merging(known[person] ?? [:]) { $1 })
                var item = RunItem(person: person, filled: values)
                do {
                    let command = try step.command(of: person, values, asker.desk.today, batch: batch)
                    item.command = String(decoding: command, as: UTF8.self)
                } catch let refusal as Refusal {
                    item.refusal = refusal
                }
                items.append(item)
            }
        }
    }

    /// What an earlier run could not do, as it was filled in then; a batch of its own.
    mutating func add(again former: [StoredRunItem], _ asker: Asker) throws {
        for item in former where item.command != nil {
            guard let person = item.person else { continue }
            let command = try step.command(of: person, item.filled, asker.desk.today, batch: batch)
            items.append(
                RunItem(
                    person: person, sheetRow: item.sheetRow, command: String(decoding: command, as: UTF8.self),
                    filled: item.filled))
        }
    }

    /// The lines of a sheet. Each names its person by number or by ID number, and by name; a line that names nobody, or
    /// somebody else, is refused by itself.
    mutating func add(_ lines: [StepSheet.ReadLine], _ asker: Asker) throws {
        let today = asker.desk.today
        let numbered = lines.compactMap { Int64($0.number) }.map { PersonID($0) }
        var rows: [PersonID: PersonRow] = [:]
        for piece in stride(from: 0, to: numbered.count, by: 500) {
            let found = try asker.ask(NamePersons(persons: Array(numbered[piece..<min(piece + 500, numbered.count)])))
            for row in found.rows { rows[row.person] = row }
        }
        var seen: Set<PersonID> = []
        for line in lines {
            var item = RunItem(sheetRow: line.sheetRow, filled: line.values)
            item.filled[StepSheet.numberHeading] = .text(line.number)
            item.filled[StepSheet.nameHeading] = .text(line.name)
            item.filled[StepSheet.identityHeading] = .text(line.identity)
            do {
                let row = try Self.person(of: line, rows, asker)
                item.person = row.person
                guard seen.insert(row.person).inserted else { throw Self.twice }
                let command = try step.command(of: row.person, line.values, today, batch: batch)
                item.command = String(decoding: command, as: UTF8.self)
            } catch let refusal as Refusal {
                item.refusal = refusal
            }
            items.append(item)
        }
    }

    private static func person(
        of line: StepSheet.ReadLine, _ rows: [PersonID: PersonRow], _ asker: Asker
    ) throws -> PersonRow {
        var found: PersonRow?
        if !line.number.isEmpty {
            found = Int64(line.number).flatMap { rows[PersonID($0)] }
        } else if let identity = try? ResidentIdentityNumber(line.identity) {
            found = try asker.ask(SearchPersons(text: identity.text, limit: 2)).rows.first
        }
        guard let found else { throw nobody }
        // A column that slipped by a line would otherwise give each person another's file.
        guard line.name.isEmpty || TextForm.removingBlanks(line.name) == TextForm.removingBlanks(found.name) else {
            throw otherName
        }
        return found
    }

    /// Puts the run into the store.
    /// - Returns: the run's number.
    func open(_ asker: Asker, isStarted: Bool) throws -> Int64 {
        func order<C: Command>(_ command: C, _ index: Int) throws -> C.Reply {
            let own = CommandNumber(session: number.session, counter: number.counter &+ UInt64(index))
            return try asker.desk.place(command, as: asker.acting, number: own).reply
        }
        let run = try order(
            OpenRun(
                step: step.name, version: step.version, origin: origin, fileName: fileName, again: again,
                remarks: remarks.isEmpty ? nil : remarks, items: items.count), 0
        ).run
        // Under a number of its own: sealed anew it is never the same.
        if let proof = try asker.desk.sealer.seal(ofRun: asker.acting) {
            let prove = ProveRun(run: run, proof: proof)
            _ = try asker.desk.place(prove, as: asker.acting, number: asker.desk.nextCommandNumber())
        }
        var first = 0
        var index = 1
        while first < items.count {
            var piece: [RunItem] = []
            var characters = 0
            for item in items[first...].prefix(Self.itemsInOnePiece) {
                characters += 2 * (item.command?.utf8.count ?? 0)
                guard piece.isEmpty || characters <= Self.charactersInOnePiece else { break }
                piece.append(item)
            }
            _ = try order(AddRunItems(run: run, first: first, items: piece), index)
            first += piece.count
            index += 1
        }
        if isStarted {
            _ = try order(StartRun(run: run), index)
            asker.desk.runs.poke(asker.desk)
        }
        return run
    }

    static let nobody = Refusal(
        "gateway.sheet.nobody", .notFound, "台账中没有此人，或不在本账号范围内。请核对人员编号或身份证号（须为 18 位原号）。")
    static let otherName = Refusal(
        "gateway.sheet.other-name", .conflict, "人员编号与姓名不是同一人，可能错行。请核对后重新填写。")
    static let twice = Refusal("gateway.sheet.twice", .conflict, "此人在表中不止一行，请只保留一行。")
}
