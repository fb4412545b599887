/// What the archives (人事档案) service can be told to do.
public enum ArchivesCommand: MessageSet {
    case submitCatalogue(SubmitCatalogue)
    case receiveFile(ReceiveFile)
    case returnFile(ReturnFile)
    case holdBackFile(HoldBackFile)
    case releaseFile(ReleaseFile)

    public static let table: [MessageEntry<ArchivesCommand>] = [
        MessageEntry(ArchivesCommand.submitCatalogue),
        MessageEntry(ArchivesCommand.receiveFile),
        MessageEntry(ArchivesCommand.returnFile),
        MessageEntry(ArchivesCommand.holdBackFile),
        MessageEntry(ArchivesCommand.releaseFile),
    ]
}

/// What the archives (人事档案) service can be asked.
public enum ArchivesQuery: MessageSet {
    case getFile(GetFile)
    case archivesWork(ArchivesWork)

    public static let table: [MessageEntry<ArchivesQuery>] = [
        MessageEntry(ArchivesQuery.getFile),
        MessageEntry(ArchivesQuery.archivesWork),
    ]
}

/// What the archives (人事档案) service tells the others.
public enum ArchivesEvent: EventSet {
    case catalogueSubmitted(CatalogueSubmitted)
    case fileReceived(FileReceived)
    case fileReturned(FileReturned)
    case fileHeldBack(FileHeldBack)
    case fileReleased(FileReleased)

    public static let table: [MessageEntry<ArchivesEvent>] = [
        MessageEntry(event: ArchivesEvent.catalogueSubmitted),
        MessageEntry(event: ArchivesEvent.fileReceived),
        MessageEntry(event: ArchivesEvent.fileReturned),
        MessageEntry(event: ArchivesEvent.fileHeldBack),
        MessageEntry(event: ArchivesEvent.fileReleased),
    ]

    public var event: any Event {
        switch self {
        case .catalogueSubmitted(let event): event
        case .fileReceived(let event): event
        case .fileReturned(let event): event
        case .fileHeldBack(let event): event
        case .fileReleased(let event): event
        }
    }
}

/// The refusals of the archives service.
public enum ArchivesRefusal {}
