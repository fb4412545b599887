import Contracts
import Domain

extension ReturnFile {
    /// An awaited file that does not meet the standard, or a received one that has to be put in order again. The same
    /// reasons once more change nothing.
    func execute(_ archives: ArchivesWriter) throws -> Done {
        let file = try archives.chosen(person)
        if file.state == .heldBack { throw ArchivesRefusal.heldBack }
        let reasons = self.reasons.map(TextForm.trimming)
        guard !reasons.isEmpty, reasons.allSatisfy({ !$0.isEmpty }) else { throw ArchivesRefusal.reasonsMissing }
        if file.state == .returned, try archives.contents(person).returnReasons == reasons { return Done() }
        try archives.giveBack(person, reasons: reasons)
        try archives.context.emit(FileReturned(person: person))
        return Done()
    }
}
