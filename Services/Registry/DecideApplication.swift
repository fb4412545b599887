import Contracts
import Domain

extension SubmitApplication {
    func execute(_ registry: RegistryWriter) throws -> OpenedApplication {
        let context = registry.context
        guard try registry.enterprise(enterprise) != nil else { throw RegistryRefusal.unknownEnterprise }
        guard Township(township) != nil else { throw RegistryRefusal.unknownTownship }
        let missing = Material.allCases.filter { !materials.contains($0) }
        guard missing.isEmpty else { throw RegistryRefusal.materialsMissing.naming(missing.map(\.chinese)) }
        try DateRule.check(dated, today: context.today)
        let chosen = try registry.chosen(persons, in: .verified)
        guard chosen.allSatisfy({ $0.enterprise == enterprise && $0.township == township }) else {
            throw RegistryRefusal.otherTownship
        }
        let application = try registry.openApplication(self, people: chosen.count)
        try context.emit(
            ApplicationSubmitted(
                application: application, enterprise: enterprise, township: township, people: chosen.count, on: dated))
        for person in chosen {
            try registry.setStatus(.applied, of: person.id)
            try registry.setApplication(application, of: person.id)
            try context.emit(PersonApplied(person: person.id, application: application, township: township))
        }
        return OpenedApplication(application: application)
    }
}

extension AcceptApplication {
    func execute(_ registry: RegistryWriter) throws -> Done {
        let context = registry.context
        let stored = try registry.undecided(application)
        try DateRule.check(dated, today: context.today)
        guard dated >= stored.dated else { throw RegistryRefusal.dateBeforeApplication }
        try registry.decide(application, state: "accepted", on: dated)
        try context.emit(
            ApplicationAccepted(
                application: application, enterprise: stored.enterprise, township: stored.township,
                people: stored.people, on: dated))
        for person in try registry.persons(ofApplication: application) {
            try registry.accept(person.id, on: dated)
            try context.emit(
                PersonAccepted(
                    person: person.id, enterprise: person.enterprise, township: person.township, on: dated))
            try registry.completeIfDone(person.id)
        }
        return Done()
    }
}

extension RefuseApplication {
    /// Missing premises or money are no ground to refuse people (第十一条（三）).
    func execute(_ registry: RegistryWriter) throws -> Done {
        let context = registry.context
        let stored = try registry.undecided(application)
        if cause == .premisesMissing || cause == .fundsDemanded { throw RegistryRefusal.premisesNoCondition }
        let explanation = TextForm.trimming(self.explanation)
        guard (1...500).contains(explanation.count) else { throw RegistryRefusal.explanationMissing }
        try registry.decide(
            application, state: "refused", on: context.today, cause: cause, explanation: explanation)
        try context.emit(
            ApplicationRefused(
                application: application, enterprise: stored.enterprise, township: stored.township, cause: cause))
        for person in try registry.persons(ofApplication: application) {
            try registry.setStatus(.verified, of: person.id)
            try registry.giveBack(person.id, from: application)
            try context.emit(PersonReturned(person: person.id, application: application))
        }
        return Done()
    }
}

extension RegistryWriter {
    func undecided(_ id: Int64) throws -> StoredApplication {
        guard let application = try application(id) else { throw RegistryRefusal.unknownApplication }
        try context.requireArea(enterprise: application.enterprise, township: application.township)
        guard application.state == "submitted" else { throw RegistryRefusal.applicationDecided }
        return application
    }
}

/// Days that are written on signed papers: not before the rules (第二十三条), not after today.
enum DateRule {
    static func check(_ day: CalendarDay, today: CalendarDay) throws {
        if day < Article.effectiveDay { throw RegistryRefusal.dateTooEarly }
        if day > today { throw RegistryRefusal.dateInFuture }
    }
}
