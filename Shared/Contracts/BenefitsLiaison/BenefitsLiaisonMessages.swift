/// What the benefits-liaison (待遇衔接) service can be told to do.
public enum BenefitsLiaisonCommand: MessageSet {
    case freezeSurvey(FreezeSurvey)
    case registerBenefits(RegisterBenefits)
    case buildIntakeList(BuildIntakeList)
    case checkListed(CheckListed)
    case recordInsuranceTransfer(RecordInsuranceTransfer)

    public static let table: [MessageEntry<BenefitsLiaisonCommand>] = [
        MessageEntry(BenefitsLiaisonCommand.freezeSurvey),
        MessageEntry(BenefitsLiaisonCommand.registerBenefits),
        MessageEntry(BenefitsLiaisonCommand.buildIntakeList),
        MessageEntry(BenefitsLiaisonCommand.checkListed),
        MessageEntry(BenefitsLiaisonCommand.recordInsuranceTransfer),
    ]
}

/// What the benefits-liaison (待遇衔接) service can be asked.
public enum BenefitsLiaisonQuery: MessageSet {
    case getBenefits(GetBenefits)
    case benefitsWork(BenefitsWork)
    case listIntakeLists(ListIntakeLists)
    case listSurveys(ListSurveys)
    case listInsuranceTransfers(ListInsuranceTransfers)

    public static let table: [MessageEntry<BenefitsLiaisonQuery>] = [
        MessageEntry(BenefitsLiaisonQuery.getBenefits),
        MessageEntry(BenefitsLiaisonQuery.benefitsWork),
        MessageEntry(BenefitsLiaisonQuery.listIntakeLists),
        MessageEntry(BenefitsLiaisonQuery.listSurveys),
        MessageEntry(BenefitsLiaisonQuery.listInsuranceTransfers),
    ]
}

/// What the benefits-liaison (待遇衔接) service tells the others.
public enum BenefitsLiaisonEvent: EventSet {
    case surveyFrozen(SurveyFrozen)
    case benefitsRegistered(BenefitsRegistered)
    case intakeListBuilt(IntakeListBuilt)
    case personListed(PersonListed)
    case personChecked(PersonChecked)
    case insuranceTransferRecorded(InsuranceTransferRecorded)

    public static let table: [MessageEntry<BenefitsLiaisonEvent>] = [
        MessageEntry(event: BenefitsLiaisonEvent.surveyFrozen),
        MessageEntry(event: BenefitsLiaisonEvent.benefitsRegistered),
        MessageEntry(event: BenefitsLiaisonEvent.intakeListBuilt),
        MessageEntry(event: BenefitsLiaisonEvent.personListed),
        MessageEntry(event: BenefitsLiaisonEvent.personChecked),
        MessageEntry(event: BenefitsLiaisonEvent.insuranceTransferRecorded),
    ]

    public var event: any Event {
        switch self {
        case .surveyFrozen(let event): event
        case .benefitsRegistered(let event): event
        case .intakeListBuilt(let event): event
        case .personListed(let event): event
        case .personChecked(let event): event
        case .insuranceTransferRecorded(let event): event
        }
    }
}

/// The refusals of the benefits-liaison service.
public enum BenefitsLiaisonRefusal {}
