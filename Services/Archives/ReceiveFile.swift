import Contracts
import Domain

extension ReceiveFile {
    static let mostVolumes = 99

    /// Takes the file over and gives the number of the hand-over document (交接书).
    func execute(_ archives: ArchivesWriter) throws -> FileReceipt {
        let known = try archives.chosen(person)
        try Self.decide(known)
        try DateRule.check(dated, today: archives.context.today)
        guard (1...Self.mostVolumes).contains(volumes) else { throw ArchivesRefusal.wrongVolumes }
        var file = self
        file.catalogue = try CatalogueCheck.check(catalogue, scheme: scheme)
        file.missing = try CatalogueCheck.check(missing, scheme: scheme)
        let number = try archives.takeReceiptNumber(for: known, dated: dated, batch: batch)
        try archives.receive(file, as: number)
        try archives.context.emit(FileReceived(person: person, missing: file.missing.count))
        return FileReceipt(receiptNumber: number.text)
    }

    /// Whether a file in this state may be received at all, whatever is in it.
    static func decide(_ file: StoredFile) throws {
        if file.state == .heldBack { throw ArchivesRefusal.heldBack }
        if file.isCommitteeManaged { throw ArchivesRefusal.committeeManaged }
        if file.state == .received { throw ArchivesRefusal.alreadyReceived }
        if !file.hasApplication { throw ArchivesRefusal.notApplied }
    }
}

/// Days that are written on signed papers: not before the rules (第二十三条), not after today.
enum DateRule {
    static func check(_ day: CalendarDay, today: CalendarDay) throws {
        if day < Article.effectiveDay { throw ArchivesRefusal.dateTooEarly }
        if day > today { throw ArchivesRefusal.dateInFuture }
    }
}
