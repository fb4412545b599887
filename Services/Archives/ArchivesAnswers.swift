import Contracts
import Domain
import Host

extension GetFile {
    /// Of a file that is not handed over only this is told: nothing of a classified file leaves the service (第九条（四）).
    /// On which ground, only those learn who may enter it.
    func read(_ archives: ArchivesReader) throws -> FileRecord {
        guard let file = try archives.file(person) else { throw CommonRefusal.unknownPerson }
        try archives.context.requireArea(enterprise: file.enterprise, township: file.township)
        archives.context.looked(at: person)
        if file.state == .heldBack {
            return FileRecord(
                person: person, state: .heldBack, volumes: 0, catalogue: [], missing: [], returnReasons: [],
                ground: HoldBackFile.roles.contains(archives.context.officer.role) ? file.ground : nil)
        }
        let contents = try archives.contents(person)
        return FileRecord(
            person: person, state: file.state, scheme: file.scheme, volumes: file.volumes,
            receiptNumber: file.receipt?.text, receivedOn: file.receivedOn, catalogue: contents.catalogue,
            missing: contents.missing, returnReasons: contents.returnReasons)
    }
}

extension ArchivesWork {
    /// People whose application is in come first: their files can be taken over now.
    func read(_ archives: ArchivesReader) throws -> FileWorkRows {
        let limit = max(1, min(self.limit, 500))
        let found = try archives.work(
            PeopleScope(archives.context.officer.area, narrowing), after: ArchivesReads.WorkPlace(after), limit: limit)
        let last = found.last.map {
            ArchivesReads.WorkPlace(hasApplication: $0.hasApplication, person: $0.person.rawValue)
        }
        return FileWorkRows(
            rows: found.map { file in
                FileWorkRow(
                    person: file.person, enterprise: file.enterprise, township: file.township, state: file.state,
                    isCommitteeManaged: file.isCommitteeManaged, hasApplication: file.hasApplication,
                    hasCatalogue: file.hasCatalogue)
            }, next: found.count == limit ? last?.cursor : nil)
    }
}
