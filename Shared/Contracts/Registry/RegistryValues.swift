import Domain

/// One row of a roster on its way in.
public struct RosterRowInput: Codable, Equatable, Sendable {
    /// 1-based row in the file that the user has.
    public var sheetRow: Int
    /// What the row tells, by the stable names of `RosterField`, where that is not what stands in `original` under
    /// `AddRosterRows.columns`: a date made ISO text, narrow digits. Nil when all of it is.
    public var cells: [String: String]?
    /// The row as it stood, so that it can come back in the same format.
    public var original: [String]

    public init(sheetRow: Int, cells: [String: String]?, original: [String]) {
        self.sheetRow = sheetRow
        self.cells = cells
        self.original = original
    }
}

/// A row that was not registered, and what to do. Holds no personal data.
public struct SetAsideRow: Codable, Equatable, Sendable {
    public var sheetRow: Int
    public var kind: SetAsideKind
    /// The column's heading; nil when the row as a whole is concerned.
    public var column: String?
    public var slug: String
    public var reason: String
    public var hint: String
    public var article: Article?

    public init(
        sheetRow: Int, kind: SetAsideKind, column: String? = nil, slug: String, reason: String, hint: String,
        article: Article? = nil
    ) {
        self.sheetRow = sheetRow
        self.kind = kind
        self.column = column
        self.slug = slug
        self.reason = reason
        self.hint = hint
        self.article = article
    }
}

/// A set-aside row together with its cells, for the file that goes back.
public struct SetAsideOriginal: Codable, Equatable, Sendable {
    public var row: SetAsideRow
    public var original: [String]

    public init(row: SetAsideRow, original: [String]) {
        self.row = row
        self.original = original
    }
}

/// What became of a batch of rows.
public struct RowsOutcome: Codable, Equatable, Sendable {
    public var registered: Int
    /// Rows of this batch that an earlier delivery of the same batch registered already.
    public var alreadyKnown: Int
    public var setAside: [SetAsideRow]

    public init(registered: Int, alreadyKnown: Int, setAside: [SetAsideRow]) {
        self.registered = registered
        self.alreadyKnown = alreadyKnown
        self.setAside = setAside
    }
}

/// A row whose person the HR bureau did not verify.
public struct DeclinedRow: Codable, Equatable, Sendable {
    public var sheetRow: Int
    public var cause: DeclineCause
    public var at: Timestamp

    public init(sheetRow: Int, cause: DeclineCause, at: Timestamp) {
        self.sheetRow = sheetRow
        self.cause = cause
        self.at = at
    }
}

/// Who took a roster back, when and why.
public struct RosterUndoing: Codable, Equatable, Sendable {
    public var at: Timestamp
    public var user: String
    public var reason: String

    public init(at: Timestamp, user: String, reason: String) {
        self.at = at
        self.user = user
        self.reason = reason
    }
}

/// One imported roster.
public struct RosterSummary: Codable, Equatable, Sendable {
    public var roster: Int64
    public var enterprise: String
    public var fileName: String
    public var state: RosterState
    public var rowCount: Int
    /// Rows received so far: the next batch begins here.
    public var received: Int
    public var registered: Int
    public var setAside: Int
    public var outOfScope: Int
    /// True while nobody in it has moved on.
    public var undoable: Bool
    /// True when the same file was imported before and nothing was changed.
    public var isRepeat: Bool
    public var importedAt: Timestamp
    /// Only with one roster asked for by its number.
    public var declined: [DeclinedRow]?
    /// Only with one roster asked for by its number, once it is taken back.
    public var undoing: RosterUndoing?
    /// Only with one roster asked for by its number, while it is being undone: how many people are still to leave.
    public var leaving: Int?

    public init(
        roster: Int64, enterprise: String, fileName: String, state: RosterState, rowCount: Int, received: Int,
        registered: Int, setAside: Int, outOfScope: Int, undoable: Bool, isRepeat: Bool, importedAt: Timestamp,
        declined: [DeclinedRow]? = nil, undoing: RosterUndoing? = nil, leaving: Int? = nil
    ) {
        self.roster = roster
        self.enterprise = enterprise
        self.fileName = fileName
        self.state = state
        self.rowCount = rowCount
        self.received = received
        self.registered = registered
        self.setAside = setAside
        self.outOfScope = outOfScope
        self.undoable = undoable
        self.isRepeat = isRepeat
        self.importedAt = importedAt
        self.declined = declined
        self.undoing = undoing
        self.leaving = leaving
    }
}

/// A line of the ledger, as lists show it.
public struct PersonRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var name: String
    public var maskedIdentity: String
    public var enterprise: String
    public var enterpriseName: String
    public var township: String
    public var community: String
    public var status: PersonStatus
    public var isPartyMember: Bool

    public init(
        person: PersonID, name: String, maskedIdentity: String, enterprise: String, enterpriseName: String,
        township: String, community: String, status: PersonStatus, isPartyMember: Bool
    ) {
        self.person = person
        self.name = name
        self.maskedIdentity = maskedIdentity
        self.enterprise = enterprise
        self.enterpriseName = enterpriseName
        self.township = township
        self.community = community
        self.status = status
        self.isPartyMember = isPartyMember
    }
}

/// A page of lines.
public struct PersonRows: Codable, Equatable, Sendable {
    public var rows: [PersonRow]
    /// Ask again with this as `after`; nil at the end.
    public var next: Int64?

    public init(rows: [PersonRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// A correction made at the door.
public struct Correction: Codable, Equatable, Sendable {
    public var field: CorrectableField
    public var value: String

    public init(field: CorrectableField, value: String) {
        self.field = field
        self.value = value
    }
}

/// A correction with what it replaced.
public struct CorrectionRecord: Codable, Equatable, Sendable {
    public var field: CorrectableField
    public var before: String
    public var after: String
    public var at: Timestamp

    public init(field: CorrectableField, before: String, after: String, at: Timestamp) {
        self.field = field
        self.before = before
        self.after = after
        self.at = at
    }
}

/// Everything the registry knows of a person.
public struct PersonRecord: Codable, Equatable, Sendable {
    public var row: PersonRow
    public var identityNumber: String
    public var sex: String
    public var ethnicity: String
    public var birthday: CalendarDay
    public var workStart: String
    public var retirement: String
    public var politicalStatus: String
    public var registeredAddress: String
    public var residence: String
    public var telephone: String
    public var pensionPlace: String
    public var medicalPlace: String
    public var basicPensionInFen: Int64?
    public var outOfPool: String
    /// The one unit that manages the person now (第二条).
    public var managingUnit: String
    public var managedSince: CalendarDay
    public var acceptedOn: CalendarDay?
    public var confirmedBy: ConfirmationMethod?
    public var delegate: String?
    public var cardNumber: String?
    public var corrections: [CorrectionRecord]
    public var scopeReason: String
    /// Why the township sent the person back, until the enterprise applies again.
    public var returned: ReturnedApplication?
    /// How the managing township is reached; nil before it told.
    public var contact: ServiceContact?

    public init(
        row: PersonRow, identityNumber: String, sex: String, ethnicity: String, birthday: CalendarDay,
        workStart: String, retirement: String, politicalStatus: String, registeredAddress: String, residence: String,
        telephone: String, pensionPlace: String, medicalPlace: String, basicPensionInFen: Int64? = nil,
        outOfPool: String, managingUnit: String, managedSince: CalendarDay, acceptedOn: CalendarDay? = nil,
        confirmedBy: ConfirmationMethod? = nil, delegate: String? = nil, cardNumber: String? = nil,
        corrections: [CorrectionRecord], scopeReason: String,
        returned: ReturnedApplication? = nil, contact: ServiceContact? = nil
    ) {
        self.row = row
        self.identityNumber = identityNumber
        self.sex = sex
        self.ethnicity = ethnicity
        self.birthday = birthday
        self.workStart = workStart
        self.retirement = retirement
        self.politicalStatus = politicalStatus
        self.registeredAddress = registeredAddress
        self.residence = residence
        self.telephone = telephone
        self.pensionPlace = pensionPlace
        self.medicalPlace = medicalPlace
        self.basicPensionInFen = basicPensionInFen
        self.outOfPool = outOfPool
        self.managingUnit = managingUnit
        self.managedSince = managedSince
        self.acceptedOn = acceptedOn
        self.confirmedBy = confirmedBy
        self.delegate = delegate
        self.cardNumber = cardNumber
        self.corrections = corrections
        self.scopeReason = scopeReason
        self.returned = returned
        self.contact = contact
    }
}

/// The application with which a person was sent back.
public struct ReturnedApplication: Codable, Equatable, Sendable {
    public var application: Int64
    public var on: CalendarDay
    public var cause: RefusalCause
    public var explanation: String?

    public init(application: Int64, on: CalendarDay, cause: RefusalCause, explanation: String? = nil) {
        self.application = application
        self.on = on
        self.cause = cause
        self.explanation = explanation
    }
}

/// An enterprise of the programme.
public struct EnterpriseRow: Codable, Equatable, Sendable {
    public var code: String
    public var name: String
    public var ownership: Ownership
    public var isFinancial: Bool
    public var hasVanished: Bool
    /// Who acts for a vanished enterprise (第七条).
    public var standIn: String?
    public var hasAnnuity: Bool
    public var people: Int

    public init(
        code: String, name: String, ownership: Ownership, isFinancial: Bool, hasVanished: Bool, standIn: String? = nil,
        hasAnnuity: Bool, people: Int
    ) {
        self.code = code
        self.name = name
        self.ownership = ownership
        self.isFinancial = isFinancial
        self.hasVanished = hasVanished
        self.standIn = standIn
        self.hasAnnuity = hasAnnuity
        self.people = people
    }
}

/// The enterprises.
public struct EnterpriseRows: Codable, Equatable, Sendable {
    public var rows: [EnterpriseRow]

    public init(rows: [EnterpriseRow]) {
        self.rows = rows
    }
}

/// An application for hand-over.
public struct ApplicationRow: Codable, Equatable, Sendable {
    public var application: Int64
    public var enterprise: String
    public var enterpriseName: String
    public var township: String
    public var people: Int
    public var dated: CalendarDay
    /// submitted, accepted or refused.
    public var state: String
    /// The day of the acceptance or refusal.
    public var decidedOn: CalendarDay?
    /// Why it was refused, so that the enterprise knows what to put right.
    public var cause: RefusalCause?
    public var explanation: String?

    public init(
        application: Int64, enterprise: String, enterpriseName: String, township: String, people: Int,
        dated: CalendarDay, state: String, decidedOn: CalendarDay? = nil, cause: RefusalCause? = nil,
        explanation: String? = nil
    ) {
        self.application = application
        self.enterprise = enterprise
        self.enterpriseName = enterpriseName
        self.township = township
        self.people = people
        self.dated = dated
        self.state = state
        self.decidedOn = decidedOn
        self.cause = cause
        self.explanation = explanation
    }
}

/// One application with the people it is about, or was about when it was refused; as they are now.
public struct ApplicationRecord: Codable, Equatable, Sendable {
    public var application: ApplicationRow
    /// All that 第十五条（三） asks for: without them there is no application.
    public var materials: [Material]
    public var persons: [PersonRow]
    /// After whom the next page begins; nil at the end.
    public var next: Int64?

    public init(
        application: ApplicationRow, materials: [Material], persons: [PersonRow], next: Int64? = nil
    ) {
        self.application = application
        self.materials = materials
        self.persons = persons
        self.next = next
    }
}

/// Applications.
public struct ApplicationRows: Codable, Equatable, Sendable {
    public var rows: [ApplicationRow]

    public init(rows: [ApplicationRow]) {
        self.rows = rows
    }
}

/// Rosters, the newest first.
public struct RosterRows: Codable, Equatable, Sendable {
    public var rows: [RosterSummary]

    public init(rows: [RosterSummary]) {
        self.rows = rows
    }
}

/// Set-aside rows of a roster.
public struct SetAsideRows: Codable, Equatable, Sendable {
    public var headings: [String]
    public var rows: [SetAsideOriginal]
    public var next: Int?

    public init(headings: [String], rows: [SetAsideOriginal], next: Int? = nil) {
        self.headings = headings
        self.rows = rows
        self.next = next
    }
}

/// How many people an undone roster took out of the ledger.
public struct UndoneRoster: Codable, Equatable, Sendable {
    public var removed: Int

    public init(removed: Int) {
        self.removed = removed
    }
}

/// The number of a new application.
public struct OpenedApplication: Codable, Equatable, Sendable {
    public var application: Int64

    public init(application: Int64) {
        self.application = application
    }
}

/// A contact card's number (联系卡).
public struct IssuedCard: Codable, Equatable, Sendable {
    public var cardNumber: String

    public init(cardNumber: String) {
        self.cardNumber = cardNumber
    }
}

/// Whose contact card it is.
public struct CardRow: Codable, Equatable, Sendable {
    public var person: PersonRow
    public var cardNumber: String

    public init(person: PersonRow, cardNumber: String) {
        self.person = person
        self.cardNumber = cardNumber
    }
}

/// A page of contact cards.
public struct CardRows: Codable, Equatable, Sendable {
    public var rows: [CardRow]
    /// Ask again with this as `after`; nil at the end.
    public var next: Int64?
    /// How the asker's own township is reached, as its cards tell it.
    public var contact: ServiceContact?

    public init(rows: [CardRow], next: Int64? = nil, contact: ServiceContact? = nil) {
        self.rows = rows
        self.next = next
        self.contact = contact
    }
}
