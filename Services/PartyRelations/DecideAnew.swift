import Contracts
import Domain
import Host

/// What a new value of a parameter does to work that is under way.
extension PartyRelationsWriter {
    func decideAnew(_ change: ParameterChange) throws -> ParameterReach {
        switch change.parameter {
        case DuesRule.parameter.name: try reckonAnew(change)
        // A letter that is out keeps the days that are written on it.
        case LetterValidity.parameter.name:
            ParameterReach(kept: try lettersByTownship(change), upcoming: try unsentByTownship())
        default: ParameterReach()
        }
    }

    /// Dues that are written on no letter yet are reckoned anew.
    private func reckonAnew(_ change: ParameterChange) throws -> ParameterReach {
        var changed: [String: Int] = [:]
        for open in try openDues(change) {
            let dues = try dues(base: Money(amountInFen: open.baseInFen), on: open.on)
            try save(dues, of: open.person)
            changed[open.township, default: 0] += 1
        }
        return ParameterReach(
            changed: changed.sorted { $0.key < $1.key }.map {
                ParameterReach.Unit(area: .township($0.key), count: $0.value)
            }, kept: try closedDuesByTownship(change), upcoming: try unpreparedByTownship())
    }
}
