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

/// Who answers for a track.
extension Track {
    /// Who is told that the track is late (第十九条): those who have to act, and the working team that follows up (第十八条).
    func responsible(enterprise: String, township: String) -> [Addressee] {
        let acting: [Addressee] =
            switch self {
            case .acceptance, .confirmation, .socialInsurance: [.township(township)]
            // The enterprise arranges and hands over, the bureau receives (第九条（二）).
            case .archives: [.county(.archives), .enterprise(enterprise)]
            case .party: [.county(.organization), .township(township)]
            case .health: [.county(.health)]
            case .benefits: [.county(.humanResources)]
            }
        return acting + [.county(.workingTeam)]
    }
}
