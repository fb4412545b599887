import Domain

/// What the archives (人事档案) service tells the others.
public enum ArchivesEvent: MessageSet {
    case fileReceived(FileReceived)
    case fileReturned(FileReturned)
    case fileHeldBack(FileHeldBack)

    public static let table: [MessageEntry<ArchivesEvent>] = [
        MessageEntry(event: ArchivesEvent.fileReceived),
        MessageEntry(event: ArchivesEvent.fileReturned),
        MessageEntry(event: ArchivesEvent.fileHeldBack),
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

/// The file is not handed over, by rule.
public struct FileHeldBack: Event {
    public static let name = "archives.file.held-back"

    public var person: PersonID
    public var ground: HoldBackGround

    public var key: String { person.key }

    public init(person: PersonID, ground: HoldBackGround) {
        self.person = person
        self.ground = ground
    }
}
