import Contracts
import Web

/// All pages, in the order of the menu.
enum Pages {
    static let all: [any Page.Type] = [
        OverviewPage.self,
        LedgerPage.self,
        PersonPage.self,
        RostersPage.self,
        RosterPage.self,
        RosterPreviewPage.self,
        VerifyPage.self,
        ApplyPage.self,
        ReceivePage.self,
        ApplicationPage.self,
        ConfirmPage.self,
        CardPage.self,
        CardsPage.self,
        ArchivesPage.self,
        ArchivesFilePage.self,
        PartyPage.self,
        PartyMemberPage.self,
        HealthPage.self,
        HealthRecordPage.self,
        IntakePage.self,
        InsuranceTransfersPage.self,
        BenefitsPage.self,
        SurveyPage.self,
        AssetsPage.self,
        EnterpriseAssetsPage.self,
        EnterprisesPage.self,
        OverduePage.self,
        SupervisionPage.self,
        StepPage.self,
        StepManyPage.self,
        RunsPage.self,
        RunPage.self,
        InboxPage.self,
        LookedPage.self,
        AccessPage.self,
        AccountsPage.self,
        OwnAccountPage.self,
    ]

    /// What is fetched from pages and is no page itself: files to keep, papers to print.
    static let files: [Route<GatewayRoute>] = [
        Route(.get, LookedExport.path, .visit(ListLooked.roles) { _, visit in try LookedExport.answer(visit) }),
        Route(.get, LedgerExport.path, .visit(LedgerPage.roles) { _, visit in try LedgerExport.answer(visit) }),
        Route(.get, OverdueExport.path, .visit(OverduePage.roles) { _, visit in try OverdueExport.answer(visit) }),
        Route(.get, StepTemplate.path, .visit(Steps.roles) { _, visit in try StepTemplate.answer(visit) }),
        Route(.post, StepTemplate.path, .visit(Steps.roles) { _, visit in try StepTemplate.answer(visit) }),
        Route(.get, PeopleLists.path, .visit(PeopleLists.roles) { _, visit in try PeopleLists.answer(visit) }),
        Route(.get, RefusedItems.path, .visit(Steps.roles) { _, visit in try RefusedItems.answer(visit) }),
        Route(.get, RosterTemplate.path, .visit(OpenRoster.roles) { _, _ in try RosterTemplate.answer() }),
        Route(
            .get, SetAsideDownload.path, .visit(GetSetAside.roles) { _, visit in try SetAsideDownload.answer(visit) }),
    ]

    /// Where a role begins its day: at its own work list, or at the overview.
    static func home(of role: Role) -> String {
        switch role {
        case .humanResources: VerifyPage.path
        case .enterprise: ApplyPage.path
        case .township: ReceivePage.path
        case .archives: ArchivesPage.path
        case .organization: PartyPage.path
        case .socialInsurance: IntakePage.path
        case .health: HealthPage.path
        case .finance: AssetsPage.path
        case .naturalResources: AssetsPage.path
        case .workingTeam, .governmentOffice, .systemOperator: OverviewPage.path
        case .medicalInsurance, .civilAffairs, .veterans, .union, .petitions: LedgerPage.path
        case .dataProtection: LookedPage.path
        case .developmentReform, .educationSports: InboxPage.path
        }
    }
}
