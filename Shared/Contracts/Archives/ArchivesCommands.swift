import Domain

/// What the archives (人事档案) service can be told to do.
public enum ArchivesCommand: MessageSet {
    case receiveFile(ReceiveFile)
    case returnFile(ReturnFile)
    case holdBackFile(HoldBackFile)
    case releaseFile(ReleaseFile)

    public static let table: [MessageEntry<ArchivesCommand>] = [
        MessageEntry(ArchivesCommand.receiveFile),
        MessageEntry(ArchivesCommand.returnFile),
        MessageEntry(ArchivesCommand.holdBackFile),
        MessageEntry(ArchivesCommand.releaseFile),
    ]
}

/// The archives bureau takes over a file with its catalogue (第九条（一）、（二）).
public struct ReceiveFile: Command {
    public static let name = "archives.file.receive"
    public static let roles: Set<Role> = [.archives]
    public typealias Reply = FileReceipt

    public var person: PersonID
    public var scheme: FileScheme
    public var volumes: Int
    public var catalogue: [CatalogueEntry]
    public var missing: [MissingMaterial]
    public var dated: CalendarDay

    public init(
        person: PersonID, scheme: FileScheme, volumes: Int, catalogue: [CatalogueEntry], missing: [MissingMaterial],
        dated: CalendarDay
    ) {
        self.person = person
        self.scheme = scheme
        self.volumes = volumes
        self.catalogue = catalogue
        self.missing = missing
        self.dated = dated
    }
}

/// Sends a file back to be put in order (第九条（二）).
public struct ReturnFile: Command {
    public static let name = "archives.file.return"
    public static let roles: Set<Role> = [.archives]
    public typealias Reply = Done

    public var person: PersonID
    public var reasons: [String]

    public init(person: PersonID, reasons: [String]) {
        self.person = person
        self.reasons = reasons
    }
}

/// Notes that a file is not handed over (第九条（四）).
public struct HoldBackFile: Command {
    public static let name = "archives.file.hold-back"
    public static let roles: Set<Role> = [.archives, .organization]
    public typealias Reply = Done

    public var person: PersonID
    public var ground: HoldBackGround

    public init(person: PersonID, ground: HoldBackGround) {
        self.person = person
        self.ground = ground
    }
}

/// Takes back that a file is not handed over: it was entered by mistake, or the ground has gone (第九条（一）、（四）).
public struct ReleaseFile: Command {
    public static let name = "archives.file.release"
    public static let roles: Set<Role> = [.archives, .organization]
    public typealias Reply = Done

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}
