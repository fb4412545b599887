import Contracts
import Domain

extension BuildIntakeList {
    /// Everybody within the officer's area who was accepted up to the month's end and is on no list: who was entered
    /// late comes on a supplementary list of the month, and nobody comes on two.
    func execute(_ benefits: BenefitsWriter) throws -> BuiltList {
        let context = benefits.context
        guard month < context.today.month else { throw BenefitsLiaisonRefusal.monthNotOver }
        let people = try benefits.unlisted(within: Self.area(of: context.officer), acceptedUpTo: month.lastDay)
        guard !people.isEmpty else { throw BenefitsLiaisonRefusal.nobodyWaiting }
        let list = try benefits.openList(month)
        try context.emit(IntakeListBuilt(list: list, month: month, people: people.count))
        for person in people {
            try benefits.put(person, onList: list)
            try context.emit(PersonListed(person: person, list: list))
        }
        return BuiltList(list: list, people: people.count)
    }

    /// A township hands on its own people only, whatever its account says.
    private static func area(of officer: Officer) throws -> Area {
        if officer.role == .township {
            guard case .township = officer.area else { throw CommonRefusal.areaNotEntitled }
        }
        return officer.area
    }
}
