import Contracts

extension HoldBackFile {
    /// A file that is not handed over stays with the department that manages it. The same once more changes nothing.
    func execute(_ archives: ArchivesWriter) throws -> Done {
        let file = try archives.chosen(person)
        if file.state == .heldBack, file.ground == ground { return Done() }
        try Self.decide(file, ground: ground, isOrganization: archives.context.officer.role == .organization)
        try archives.holdBack(person, ground: ground)
        try archives.context.emit(FileHeldBack(person: person))
        return Done()
    }

    static func decide(_ file: StoredFile, ground: HoldBackGround, isOrganization: Bool) throws {
        if file.state == .heldBack { throw ArchivesRefusal.heldBackOnOtherGround }
        if file.state == .received { throw ArchivesRefusal.receivedCannotBeHeldBack }
        // Whom the county committee manages is known to the roster and to the organization department, to nobody else.
        if ground == .committeeManaged, !file.isCommitteeManaged, !isOrganization { throw ArchivesRefusal.notNoted }
    }
}

extension ReleaseFile {
    /// Awaited from now on like any other. Whom the county committee manages, its organization department decides; then
    /// what the roster said of it holds no longer.
    func execute(_ archives: ArchivesWriter) throws -> Done {
        let file = try archives.chosen(person)
        guard file.state == .heldBack else { throw ArchivesRefusal.notHeldBack }
        if file.ground == .committeeManaged, archives.context.officer.role != .organization {
            throw ArchivesRefusal.committeeReleases
        }
        try archives.release(person)
        try archives.context.emit(FileReleased(person: person))
        return Done()
    }
}
