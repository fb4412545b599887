import Domain

/// What the archives (人事档案) service tells the others.
public enum ArchivesEvent: EventSet {
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

    public var event: any Event {
        switch self {
        case .fileReceived(let event): event
        case .fileReturned(let event): event
        case .fileHeldBack(let event): event
        case .fileReleased(let event): event
        }
    }
}

/// The archives bureau has the file.
public struct FileReceived: PersonEvent {
    public static let name = "archives.file.received"
    public static let title = "档案局接收人事档案"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var missing: Int

    public var trackChange: TrackChange? { .done(.archives) }

    public init(person: PersonID, missing: Int) {
        self.person = person
        self.missing = missing
    }
}

/// The file went back to the enterprise.
public struct FileReturned: PersonEvent {
    public static let name = "archives.file.returned"
    public static let title = "人事档案退回整理"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var trackChange: TrackChange? { .reopened(.archives) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The file is not handed over, by rule. On what ground stays with the archives service (第九条（四）).
public struct FileHeldBack: PersonEvent {
    public static let name = "archives.file.held-back"
    public static let title = "人事档案按规定不移交"
    public static let sensitivity = Sensitivity.heldBack

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.archives) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The file is to be handed over after all.
public struct FileReleased: PersonEvent {
    public static let name = "archives.file.released"
    public static let title = "撤销不移交登记"
    public static let sensitivity = Sensitivity.heldBack

    public var person: PersonID

    public var trackChange: TrackChange? { .reopened(.archives) }

    public init(person: PersonID) {
        self.person = person
    }
}
