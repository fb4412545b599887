import Contracts
import Domain
import Host

extension BuildIntakeList {
    /// Everybody within the officer's area who was accepted up to the month's end and is on no list: who was entered
    /// late comes on a supplementary list of the month, and nobody comes on two. A long list is written piece by piece,
    /// and shown and announced when it is whole.
    func execute(_ benefits: BenefitsWriter) throws -> BuiltList {
        let context = benefits.context
        guard month < context.today.month else { throw BenefitsLiaisonRefusal.monthNotOver }
        guard try context.transaction.underWay(ListBuilding.name).isEmpty else {
            throw BenefitsLiaisonRefusal.listBeingBuilt
        }
        let area = try ListBuilding.area(of: context.officer)
        let people = try benefits.unlistedCount(within: area, acceptedUpTo: month.lastDay)
        guard people > 0 else { throw BenefitsLiaisonRefusal.nobodyWaiting }
        let list = try benefits.openList(month)
        // A short one is whole at once.
        if try !ListBuilding.proceed(list, benefits) {
            try context.begin(LongWork(name: ListBuilding.name, subject: list))
        }
        return BuiltList(list: list, people: people)
    }
}

/// The piece of a list that fits into one turn of the writer.
enum ListBuilding {
    static let name = "build-list"
    static let peopleInOnePiece = 1_000

    /// - Returns: true when the list is whole and announced.
    static func proceed(_ list: Int64, _ benefits: BenefitsWriter) throws -> Bool {
        let context = benefits.context
        let month = try benefits.month(ofList: list)
        let people = try benefits.unlisted(
            within: area(of: context.officer), acceptedUpTo: month.lastDay, limit: peopleInOnePiece)
        for person in people {
            try benefits.put(person, onList: list)
            try context.emit(PersonListed(person: person, list: list))
        }
        guard people.count < peopleInOnePiece else { return false }
        try context.emit(IntakeListBuilt(list: list, month: month, people: benefits.peopleCount(ofList: list)))
        return true
    }

    /// A township hands on its own people only, whatever its account says.
    static func area(of officer: Officer) throws -> Area {
        if officer.role == .township {
            guard case .township = officer.area else { throw CommonRefusal.areaNotEntitled }
        }
        return officer.area
    }
}
