import Contracts

extension FreezeSurvey {
    /// Once for each enterprise: what it pays on that day is all it may ever pay (第十二条（三）). The same survey again
    /// changes nothing.
    func execute(_ benefits: BenefitsWriter) throws -> Done {
        guard let stored = try benefits.survey(enterprise) else { throw BenefitsLiaisonRefusal.unknownEnterprise }
        try benefits.context.requireArea(enterprise: enterprise, township: nil)
        if stored.isFrozen {
            guard stored.items == items.inOrder else { throw BenefitsLiaisonRefusal.surveyFrozen }
            return Done()
        }
        try SurveyRule.check(items, hasAnnuity: stored.hasAnnuity)
        try benefits.freeze(items, of: enterprise)
        try benefits.context.emit(SurveyFrozen(enterprise: enterprise, items: items.count))
        return Done()
    }
}

/// What a survey may say (第十二条（三）、（四）). An empty one says that there is nothing.
enum SurveyRule {
    static func check(_ items: [SurveyItem], hasAnnuity: Bool) throws {
        let twice = items.map(\.kind).repeated
        guard twice.isEmpty else { throw BenefitsLiaisonRefusal.kindTwiceInSurvey.naming(twice.map(\.chinese)) }
        let negative = items.filter { $0.monthlyCapInFen < 0 }
        guard negative.isEmpty else {
            throw BenefitsLiaisonRefusal.negativeCap.naming(negative.map(\.kind.chinese))
        }
        if hasAnnuity, !items.isEmpty {
            throw BenefitsLiaisonRefusal.annuity.naming(items.map(\.kind.chinese))
        }
    }
}

extension [BenefitKind] {
    /// The kinds that occur more than once, in the order of the form.
    var repeated: [BenefitKind] { BenefitKind.allCases.filter { kind in count { $0 == kind } > 1 } }
}
