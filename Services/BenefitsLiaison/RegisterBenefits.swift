import Contracts

extension RegisterBenefits {
    /// Registered once, corrected upwards within the survey when something was overlooked. The same items again change
    /// nothing. Whoever the roster noted no items for may be registered, too: some are found out at the door.
    func execute(_ benefits: BenefitsWriter) throws -> Done {
        let person = try benefits.known(self.person)
        guard let survey = try benefits.survey(person.enterprise), survey.isFrozen else {
            throw BenefitsLiaisonRefusal.surveyMissing
        }
        let registered = person.isRegistered ? try benefits.items(of: person.id) : nil
        guard registered != items.inOrder else { return Done() }
        try BenefitItemsRule.check(items, registered: registered ?? [], survey: survey)
        try benefits.register(items, of: person.id)
        try benefits.context.emit(BenefitsRegistered(person: person.id))
        return Done()
    }
}

/// What a person may be registered with, in the order in which the refusals take precedence.
enum BenefitItemsRule {
    /// - Parameter registered: what was registered before; empty at first.
    static func check(_ items: [BenefitItem], registered: [BenefitItem], survey: SurveyRecord) throws {
        let twice = items.map(\.kind).repeated
        guard twice.isEmpty else { throw BenefitsLiaisonRefusal.kindTwice.naming(twice.map(\.chinese)) }
        let negative = items.filter { $0.monthlyAmountInFen < 0 }
        guard negative.isEmpty else { throw BenefitsLiaisonRefusal.negativeAmount.naming(negative.kinds) }
        if survey.hasAnnuity {
            // 第十二条（四） ends what was paid before: this alone takes something away from a person.
            guard items.isEmpty else { throw BenefitsLiaisonRefusal.annuity.naming(items.kinds) }
            return
        }
        let caps = Dictionary(survey.items.map { ($0.kind, $0.monthlyCapInFen) }) { first, _ in first }
        let new = items.filter { caps[$0.kind] == nil }
        guard new.isEmpty else { throw BenefitsLiaisonRefusal.newItem.naming(new.kinds) }
        let raised = items.filter { $0.monthlyAmountInFen > caps[$0.kind] ?? 0 }
        guard raised.isEmpty else { throw BenefitsLiaisonRefusal.raised.naming(raised.kinds) }
        let amounts = Dictionary(items.map { ($0.kind, $0.monthlyAmountInFen) }) { first, _ in first }
        let lowered = registered.filter { before in
            amounts[before.kind].map { $0 < before.monthlyAmountInFen } ?? true
        }
        guard lowered.isEmpty else { throw BenefitsLiaisonRefusal.lowered.naming(lowered.kinds) }
    }
}

extension [BenefitItem] {
    fileprivate var kinds: [String] { map(\.kind.chinese) }
}
