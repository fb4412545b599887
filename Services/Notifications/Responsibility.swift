import Contracts
import Domain

/// A role in an area: whom a message is for.
struct Addressee: Hashable, Sendable {
    var role: Role
    var area: Area

    static func township(_ code: String) -> Addressee { Addressee(role: .township, area: .township(code)) }
    static func enterprise(_ code: String) -> Addressee { Addressee(role: .enterprise, area: .enterprise(code)) }
    static func county(_ role: Role) -> Addressee { Addressee(role: role, area: .county) }
}

extension Track {
    /// Who is told that the track is late (第十九条): those who have to act, and the working team that follows up (第十八条).
    func responsible(enterprise: String, township: String) -> [Addressee] {
        let acting: [Addressee] = rule.acting.map { unit in
            switch unit {
            case .township: .township(township)
            case .enterprise: .enterprise(enterprise)
            case .office(let role): .county(role)
            }
        }
        return acting + [.county(.workingTeam)]
    }
}
