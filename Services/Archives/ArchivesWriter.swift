import Contracts
import Domain
import Host
import Sealing
import Store

/// The archives' store in the hands of a query: reads, and who asks.
final class ArchivesReader: ArchivesReads {
    let context: ReadContext

    init(_ context: ReadContext, _ sealer: Sealer) {
        self.context = context
        super.init(context.snapshot, sealer)
    }
}

/// The archives' store in the hands of a command or an event: named writes that keep the invariants.
final class ArchivesWriter: ArchivesReads {
    let context: WriteContext
    private let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer)
    }

    /// The file that a command is about, within the officer's area.
    func chosen(_ person: PersonID) throws -> StoredFile {
        guard let file = try file(person) else { throw CommonRefusal.unknownPerson }
        try context.requireArea(enterprise: file.enterprise, township: file.township)
        return file
    }

    // MARK: Commands

    /// What the enterprise entered, for the bureau to compare. Why the file came back before stays until it is
    /// received.
    func enter(_ file: SubmitCatalogue) throws {
        var contents = try contents(file.person)
        contents.catalogue = file.catalogue
        contents.missing = file.missing
        try transaction.execute(
            "UPDATE file SET scheme = ?, volumes = ?, has_catalogue = 1, contents = ? WHERE person = ?",
            file.scheme.rawValue, file.volumes, try seal(contents, of: file.person), file.person.rawValue)
    }

    /// The number of the hand-over document of a file, taken for good: that of its batch, or the next of the year.
    func takeReceiptNumber(
        for file: StoredFile, dated day: CalendarDay, batch: String?
    ) throws -> ReceiptNumber {
        if let batch {
            let serial = try snapshot.scalar(
                "SELECT serial FROM receipt_batch WHERE batch = ? AND enterprise = ? AND year = ?", batch,
                file.enterprise, day.year)
            if let serial {
                try transaction.execute(
                    "INSERT INTO receipt_file(year, serial, person) VALUES(?, ?, ?)", day.year, serial,
                    file.person.rawValue)
                return ReceiptNumber(year: day.year, serial: Int(serial))
            }
        }
        let last = try snapshot.scalar("SELECT max(serial) FROM receipt WHERE year = ?", day.year) ?? 0
        let number = ReceiptNumber(year: day.year, serial: Int(last) + 1)
        try transaction.execute(
            "INSERT INTO receipt(year, serial, person, dated) VALUES(?, ?, ?, ?)", number.year, number.serial,
            file.person.rawValue, day.description)
        if let batch {
            try transaction.execute(
                "INSERT INTO receipt_batch(batch, enterprise, year, serial) VALUES(?, ?, ?, ?)", batch,
                file.enterprise, number.year, number.serial)
        }
        return number
    }

    func receive(_ file: ReceiveFile, as number: ReceiptNumber) throws {
        let contents = FileContents(catalogue: file.catalogue, missing: file.missing)
        try transaction.execute(
            """
            UPDATE file SET state = ?, scheme = ?, volumes = ?, receipt_year = ?, receipt_serial = ?, received_on = ?,
                has_catalogue = 1, contents = ? WHERE person = ?
            """, FileState.received.rawValue, file.scheme.rawValue, file.volumes, number.year, number.serial,
            file.dated.description, try seal(contents, of: file.person), file.person.rawValue)
    }

    /// The catalogue stays, because the enterprise puts the file in order by it; the hand-over document is void.
    func giveBack(_ person: PersonID, reasons: [String]) throws {
        var contents = try contents(person)
        contents.returnReasons = reasons
        try transaction.execute(
            """
            UPDATE file SET state = ?, receipt_year = NULL, receipt_serial = NULL, received_on = NULL, contents = ?
            WHERE person = ?
            """, FileState.returned.rawValue, try seal(contents, of: person), person.rawValue)
    }

    /// Nothing of the file's contents is kept: they are not this bureau's to know.
    func holdBack(_ person: PersonID, ground: HoldBackGround) throws {
        try transaction.execute(
            """
            UPDATE file SET state = ?, ground = ?, scheme = NULL, volumes = 0, has_catalogue = 0, contents = NULL
            WHERE person = ?
            """, FileState.heldBack.rawValue, ground.rawValue, person.rawValue)
    }

    func release(_ person: PersonID) throws {
        try transaction.execute(
            "UPDATE file SET state = ?, ground = NULL, is_committee_managed = 0 WHERE person = ?",
            FileState.awaiting.rawValue, person.rawValue)
    }

    private func seal(_ contents: FileContents, of person: PersonID) throws -> [UInt8] {
        sealer.seal(try contents.stored(), purpose: FileContents.purpose(person))
    }

    // MARK: Events of the registry

    func register(_ person: PersonID, enterprise: String, township: String) throws {
        try transaction.execute(
            "INSERT INTO file(person, enterprise, township, state) VALUES(?, ?, ?, ?)", person.rawValue, enterprise,
            township, FileState.awaiting.rawValue)
    }

    func noteCommitteeManaged(_ person: PersonID) throws {
        try transaction.execute("UPDATE file SET is_committee_managed = 1 WHERE person = ?", person.rawValue)
        try requireKnown()
    }

    func setApplication(_ hasApplication: Bool, of person: PersonID) throws {
        try transaction.execute(
            "UPDATE file SET has_application = ? WHERE person = ?", hasApplication, person.rawValue)
        try requireKnown()
    }

    /// A file on which somebody decided already keeps its row, out of everyone's sight.
    func withdraw(_ person: PersonID) throws {
        try transaction.execute(
            "DELETE FROM file WHERE person = ? AND state = ?", person.rawValue, FileState.awaiting.rawValue)
        try transaction.execute("UPDATE file SET is_withdrawn = 1 WHERE person = ?", person.rawValue)
    }

    /// The registry registers people before it tells more of them; an event of somebody unknown is parked, where
    /// operators see it, rather than dropped.
    private func requireKnown() throws {
        if transaction.changedRows == 0 { throw CommonRefusal.unknownPerson }
    }
}
