/// What the registry (移交台账) service can be told to do.
public enum RegistryCommand: MessageSet {
    case recordEnterprise(RecordEnterprise)
    case openRoster(OpenRoster)
    case addRosterRows(AddRosterRows)
    case closeRoster(CloseRoster)
    case takeDifferences(TakeDifferences)
    case rememberHeadings(RememberHeadings)
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
        MessageEntry(RegistryCommand.takeDifferences),
        MessageEntry(RegistryCommand.rememberHeadings),
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

/// What the registry (移交台账) service can be asked.
public enum RegistryQuery: MessageSet {
    case getPerson(GetPerson)
    case searchPersons(SearchPersons)
    case namePersons(NamePersons)
    case readPersons(ReadPersons)
    case registryWork(RegistryWork)
    case listApplications(ListApplications)
    case getApplication(GetApplication)
    case listCards(ListCards)
    case listEnterprises(ListEnterprises)
    case listRosters(ListRosters)
    case getRoster(GetRoster)
    case getSetAside(GetSetAside)
    case listDifferences(ListDifferences)
    case checkRosterRows(CheckRosterRows)
    case getHeadings(GetHeadings)

    public static let table: [MessageEntry<RegistryQuery>] = [
        MessageEntry(RegistryQuery.getPerson),
        MessageEntry(RegistryQuery.searchPersons),
        MessageEntry(RegistryQuery.namePersons),
        MessageEntry(RegistryQuery.readPersons),
        MessageEntry(RegistryQuery.registryWork),
        MessageEntry(RegistryQuery.listApplications),
        MessageEntry(RegistryQuery.getApplication),
        MessageEntry(RegistryQuery.listCards),
        MessageEntry(RegistryQuery.listEnterprises),
        MessageEntry(RegistryQuery.listRosters),
        MessageEntry(RegistryQuery.getRoster),
        MessageEntry(RegistryQuery.getSetAside),
        MessageEntry(RegistryQuery.listDifferences),
        MessageEntry(RegistryQuery.checkRosterRows),
        MessageEntry(RegistryQuery.getHeadings),
    ]
}

/// What the registry (移交台账) service tells the others.
public enum RegistryEvent: EventSet {
    case enterpriseRecorded(EnterpriseRecorded)
    case rosterClosed(RosterClosed)
    case rosterUndone(RosterUndone)
    case personRegistered(PersonRegistered)
    case partyMembershipNoted(PartyMembershipNoted)
    case fileRuleNoted(FileRuleNoted)
    case outOfPoolNoted(OutOfPoolNoted)
    case insuranceTransferNoted(InsuranceTransferNoted)
    case personUpdated(PersonUpdated)
    case personWithdrawn(PersonWithdrawn)
    case personVerified(PersonVerified)
    case applicationSubmitted(ApplicationSubmitted)
    case applicationRefused(ApplicationRefused)
    case applicationAccepted(ApplicationAccepted)
    case personApplied(PersonApplied)
    case personReturned(PersonReturned)
    case personAccepted(PersonAccepted)
    case personConfirmed(PersonConfirmed)
    case cardIssued(CardIssued)
    case personHandedOver(PersonHandedOver)
    case personReopened(PersonReopened)
    case partyMembershipEnded(PartyMembershipEnded)
    case contactRecorded(ContactRecorded)

    public static let table: [MessageEntry<RegistryEvent>] = [
        MessageEntry(event: RegistryEvent.enterpriseRecorded),
        MessageEntry(event: RegistryEvent.rosterClosed),
        MessageEntry(event: RegistryEvent.rosterUndone),
        MessageEntry(event: RegistryEvent.personRegistered),
        MessageEntry(event: RegistryEvent.partyMembershipNoted),
        MessageEntry(event: RegistryEvent.fileRuleNoted),
        MessageEntry(event: RegistryEvent.outOfPoolNoted),
        MessageEntry(event: RegistryEvent.insuranceTransferNoted),
        MessageEntry(event: RegistryEvent.personUpdated),
        MessageEntry(event: RegistryEvent.personWithdrawn),
        MessageEntry(event: RegistryEvent.personVerified),
        MessageEntry(event: RegistryEvent.applicationSubmitted),
        MessageEntry(event: RegistryEvent.applicationRefused),
        MessageEntry(event: RegistryEvent.applicationAccepted),
        MessageEntry(event: RegistryEvent.personApplied),
        MessageEntry(event: RegistryEvent.personReturned),
        MessageEntry(event: RegistryEvent.personAccepted),
        MessageEntry(event: RegistryEvent.personConfirmed),
        MessageEntry(event: RegistryEvent.cardIssued),
        MessageEntry(event: RegistryEvent.personHandedOver),
        MessageEntry(event: RegistryEvent.personReopened),
        MessageEntry(event: RegistryEvent.partyMembershipEnded),
        MessageEntry(event: RegistryEvent.contactRecorded),
    ]

    public var event: any Event {
        switch self {
        case .enterpriseRecorded(let event): event
        case .rosterClosed(let event): event
        case .rosterUndone(let event): event
        case .personRegistered(let event): event
        case .partyMembershipNoted(let event): event
        case .fileRuleNoted(let event): event
        case .outOfPoolNoted(let event): event
        case .insuranceTransferNoted(let event): event
        case .personUpdated(let event): event
        case .personWithdrawn(let event): event
        case .personVerified(let event): event
        case .applicationSubmitted(let event): event
        case .applicationRefused(let event): event
        case .applicationAccepted(let event): event
        case .personApplied(let event): event
        case .personReturned(let event): event
        case .personAccepted(let event): event
        case .personConfirmed(let event): event
        case .cardIssued(let event): event
        case .personHandedOver(let event): event
        case .personReopened(let event): event
        case .partyMembershipEnded(let event): event
        case .contactRecorded(let event): event
        }
    }
}

/// The registry's refusals.
public enum RegistryRefusal {}
