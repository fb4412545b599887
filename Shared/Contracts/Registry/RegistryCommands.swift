import Domain

/// What the registry (移交台账) service can be told to do.
public enum RegistryCommand: MessageSet {
    case recordEnterprise(RecordEnterprise)
    case openRoster(OpenRoster)
    case addRosterRows(AddRosterRows)
    case closeRoster(CloseRoster)
    case undoRoster(UndoRoster)
    case verifyPersons(VerifyPersons)
    case declinePersons(DeclinePersons)
    case submitApplication(SubmitApplication)
    case acceptApplication(AcceptApplication)
    case refuseApplication(RefuseApplication)
    case confirmPerson(ConfirmPerson)
    case issueCard(IssueCard)
    case recordContact(RecordContact)

    public static let table: [MessageEntry<RegistryCommand>] = [
        MessageEntry(RegistryCommand.recordEnterprise),
        MessageEntry(RegistryCommand.openRoster),
        MessageEntry(RegistryCommand.addRosterRows),
        MessageEntry(RegistryCommand.closeRoster),
        MessageEntry(RegistryCommand.undoRoster),
        MessageEntry(RegistryCommand.verifyPersons),
        MessageEntry(RegistryCommand.declinePersons),
        MessageEntry(RegistryCommand.submitApplication),
        MessageEntry(RegistryCommand.acceptApplication),
        MessageEntry(RegistryCommand.refuseApplication),
        MessageEntry(RegistryCommand.confirmPerson),
        MessageEntry(RegistryCommand.issueCard),
        MessageEntry(RegistryCommand.recordContact),
    ]
}

/// Enters or changes an enterprise (第四条、第七条、第十二条（四）).
public struct RecordEnterprise: Command {
    public static let name = "registry.enterprise.record"
    public static let roles: Set<Role> = [.humanResources, .finance, .workingTeam, .systemOperator]
    public typealias Reply = Done

    public var code: String
    public var name: String
    public var ownership: Ownership
    public var isFinancial: Bool
    public var hasVanished: Bool
    public var standIn: String?
    public var hasAnnuity: Bool

    public init(
        code: String, name: String, ownership: Ownership, isFinancial: Bool, hasVanished: Bool, standIn: String? = nil,
        hasAnnuity: Bool
    ) {
        self.code = code
        self.name = name
        self.ownership = ownership
        self.isFinancial = isFinancial
        self.hasVanished = hasVanished
        self.standIn = standIn
        self.hasAnnuity = hasAnnuity
    }
}

/// Begins a roster, or finds the one that the same file began (第十五条（二）).
public struct OpenRoster: Command {
    public static let name = "registry.roster.open"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = RosterSummary

    public var enterprise: String
    public var fileName: String
    /// SM3 of the file's bytes, in hexadecimal: the same file twice changes nothing.
    public var fileDigest: String
    public var headings: [String]
    public var rowCount: Int

    public init(enterprise: String, fileName: String, fileDigest: String, headings: [String], rowCount: Int) {
        self.enterprise = enterprise
        self.fileName = fileName
        self.fileDigest = fileDigest
        self.headings = headings
        self.rowCount = rowCount
    }
}

/// Registers the good rows of a batch and sets the others aside.
public struct AddRosterRows: Command {
    public static let name = "registry.roster.add-rows"
    /// What a cell of a workbook can hold.
    public static let longestTextInCharacters = 32_767
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = RowsOutcome

    public var roster: Int64
    /// Index of the first row of this batch, from 0; a batch delivered again changes nothing.
    public var firstRow: Int
    /// What stands in each place of `RosterRowInput.original`, by the stable names of `RosterField`, empty for a column
    /// without meaning; nil when the rows tell all in their `cells`.
    public var columns: [String]?
    public var rows: [RosterRowInput]

    public init(roster: Int64, firstRow: Int, columns: [String]? = nil, rows: [RosterRowInput]) {
        self.roster = roster
        self.firstRow = firstRow
        self.columns = columns
        self.rows = rows
    }
}

/// Ends a roster once all its rows are in.
public struct CloseRoster: Command {
    public static let name = "registry.roster.close"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = RosterSummary

    public var roster: Int64

    public init(roster: Int64) {
        self.roster = roster
    }
}

/// Takes a whole roster back, while nobody in it has moved on.
public struct UndoRoster: Command {
    public static let name = "registry.roster.undo"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = UndoneRoster

    public var roster: Int64
    public var reason: String

    public init(roster: Int64, reason: String) {
        self.roster = roster
        self.reason = reason
    }
}

/// The HR bureau verifies and registers (第十五条（二）).
public struct VerifyPersons: Command {
    public static let name = "registry.person.verify"
    public static let roles: Set<Role> = [.humanResources]
    public typealias Reply = Done

    public var persons: [PersonID]

    public init(persons: [PersonID]) {
        self.persons = persons
    }
}

/// The HR bureau does not verify people: they leave the ledger, and the enterprise sends their rows anew, corrected
/// (第十五条（二）).
public struct DeclinePersons: Command {
    public static let name = "registry.person.decline"
    public static let roles: Set<Role> = [.humanResources]
    public typealias Reply = Done

    public var persons: [PersonID]
    public var cause: DeclineCause

    public init(persons: [PersonID], cause: DeclineCause) {
        self.persons = persons
        self.cause = cause
    }
}

/// An enterprise applies to a township with its materials (第十五条（三）).
public struct SubmitApplication: Command {
    public static let name = "registry.application.submit"
    public static let roles: Set<Role> = [.enterprise, .humanResources]
    public typealias Reply = OpenedApplication

    public var enterprise: String
    public var township: String
    public var persons: [PersonID]
    public var materials: [Material]
    public var dated: CalendarDay

    public init(enterprise: String, township: String, persons: [PersonID], materials: [Material], dated: CalendarDay) {
        self.enterprise = enterprise
        self.township = township
        self.persons = persons
        self.materials = materials
        self.dated = dated
    }
}

/// The township accepts: from that day it manages the people (第二条).
public struct AcceptApplication: Command {
    public static let name = "registry.application.accept"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var application: Int64
    public var dated: CalendarDay

    public init(application: Int64, dated: CalendarDay) {
        self.application = application
        self.dated = dated
    }
}

/// The township refuses, for a cause the rules allow.
public struct RefuseApplication: Command {
    public static let name = "registry.application.refuse"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var application: Int64
    public var cause: RefusalCause
    public var explanation: String

    public init(application: Int64, cause: RefusalCause, explanation: String) {
        self.application = application
        self.cause = cause
        self.explanation = explanation
    }
}

/// The community has verified a person's data (第十六条（三）).
public struct ConfirmPerson: Command {
    public static let name = "registry.person.confirm"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var person: PersonID
    public var method: ConfirmationMethod
    public var delegate: String?
    public var corrections: [Correction]

    public init(person: PersonID, method: ConfirmationMethod, delegate: String? = nil, corrections: [Correction]) {
        self.person = person
        self.method = method
        self.delegate = delegate
        self.corrections = corrections
    }
}

/// Issues the contact card (第十六条（三）).
public struct IssueCard: Command {
    public static let name = "registry.card.issue"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = IssuedCard

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}
