import Contracts

/// Where people stand in the registry's own work, finer than their status: the column `stage` of `person`, by which
/// lists are walked.
enum LedgerStage: String, CaseIterable, Sendable {
    case registered
    case verified
    case applied
    /// Accepted, and what the roster says is not confirmed yet (第十六条（三）).
    case toConfirm = "to-confirm"
    /// Confirmed, without a contact card.
    case toCard = "to-card"
    case carded
    case handedOver = "handed-over"

    /// The stages within a status.
    static func within(_ status: PersonStatus) -> [LedgerStage] {
        switch status {
        case .registered: [.registered]
        case .verified: [.verified]
        case .applied: [.applied]
        case .accepted: [.toConfirm, .toCard, .carded]
        case .handedOver: [.handedOver]
        }
    }

    /// Those in which people have a contact card; nobody's hand-over ends without one.
    static let withCard: [LedgerStage] = [.carded, .handedOver]
}
