import Domain

/// What the archives (人事档案) service can be asked.
public enum ArchivesQuery: MessageSet {
    case getFile(GetFile)
    case archivesWork(ArchivesWork)

    public static let table: [MessageEntry<ArchivesQuery>] = [
        MessageEntry(ArchivesQuery.getFile),
        MessageEntry(ArchivesQuery.archivesWork),
    ]
}

/// One person's file.
public struct GetFile: Query {
    public static let name = "archives.file.get"
    public static let roles: Set<Role> = [
        .archives, .organization, .township, .enterprise, .humanResources, .workingTeam,
    ]
    public typealias Reply = FileRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Whose file is awaited.
public struct ArchivesWork: Query {
    public static let name = "archives.work.list"
    public static let roles: Set<Role> = [.archives, .enterprise, .workingTeam]
    public typealias Reply = FileWorkRows

    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}
