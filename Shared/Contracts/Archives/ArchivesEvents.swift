import Domain

/// What the archives (人事档案) service tells the others.
public enum ArchivesEvent: MessageSet {
    case fileReceived(FileReceived)
    case fileReturned(FileReturned)
    case fileHeldBack(FileHeldBack)
    case fileReleased(FileReleased)

    public static let table: [MessageEntry<ArchivesEvent>] = [
        MessageEntry(event: ArchivesEvent.fileReceived),
        MessageEntry(event: ArchivesEvent.fileReturned),
        MessageEntry(event: ArchivesEvent.fileHeldBack),
        MessageEntry(event: ArchivesEvent.fileReleased),
    ]
}

/// The archives bureau has the file.
public struct FileReceived: Event {
    public static let name = "archives.file.received"

    public var person: PersonID
    public var missing: Int

    public var key: String { person.key }

    public init(person: PersonID, missing: Int) {
        self.person = person
        self.missing = missing
    }
}

/// The file went back to the enterprise.
public struct FileReturned: Event {
    public static let name = "archives.file.returned"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The file is not handed over, by rule. On what ground stays with the archives service (第九条（四）).
public struct FileHeldBack: Event {
    public static let name = "archives.file.held-back"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The file is to be handed over after all.
public struct FileReleased: Event {
    public static let name = "archives.file.released"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}
