import Sealing

/// What somebody searches by is personal data, and yet the answer is to have an address of its own, so that the
/// browser's Back and the export lead to the same people. So the address holds the text sealed.
extension GatewaySealer {
    /// Longer than any name; what is longer would not fit into an address.
    static let longestSearchInCharacters = 64

    /// The text for an address. Another session, of another account or of the same one later, cannot open it.
    func seal(search text: String, _ session: Session) -> String {
        Hex.encode(sealer.seal(text, purpose: Self.purpose(session)))
    }

    /// The text that an address holds; nil when it was changed or belongs to another session.
    func search(_ sealed: String, _ session: Session) -> String? {
        Hex.decode(sealed).flatMap { try? sealer.openText($0, purpose: Self.purpose(session)) }
    }

    private static func purpose(_ session: Session) -> String { "gateway.ledger-search \(session.identifier)" }
}
