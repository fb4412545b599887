import Contracts
import Domain

extension SubmitCatalogue {
    /// May be entered before the application, and again after the bureau sent the file back.
    func execute(_ archives: ArchivesWriter) throws -> Done {
        let file = try archives.chosen(person)
        if file.state == .heldBack { throw ArchivesRefusal.heldBack }
        if file.isCommitteeManaged { throw ArchivesRefusal.committeeManaged }
        if file.state == .received { throw ArchivesRefusal.alreadyReceived }
        guard (1...ReceiveFile.mostVolumes).contains(volumes) else { throw ArchivesRefusal.wrongVolumes }
        var entered = self
        entered.catalogue = try CatalogueCheck.check(catalogue, scheme: scheme)
        entered.missing = try CatalogueCheck.check(missing, scheme: scheme)
        try archives.enter(entered)
        try archives.context.emit(CatalogueSubmitted(person: person))
        return Done()
    }
}
