/// Something about a roster's file that whoever sent it and whoever works with it must know: what was left out, guessed
/// or resolved. Kept with the roster for good. Holds no personal data; headings and sheets' names may appear.
public struct RosterNote: Codable, Hashable, Sendable {
    /// Stable slug such as `roster.note.unused-columns`.
    public var slug: String
    /// In Chinese.
    public var text: String
    /// True when something that the file holds was not taken over.
    public var isLoss: Bool

    public init(_ slug: String, _ text: String, isLoss: Bool) {
        self.slug = slug
        self.text = text
        self.isLoss = isLoss
    }
}

/// Why a row as a whole is not to be trusted, whatever its cells say.
public enum RosterRowProblem: String, Codable, CaseIterable, Sendable {
    /// The sender does not see it: filtered out or hidden by hand.
    case hidden
    /// Name or number are struck out.
    case struckOut = "struck-out"
    /// More fields than the header has names: a separator inside a field has shifted those behind it.
    case surplusFields = "surplus-fields"
    /// A quotation mark that opens a field is never closed.
    case openQuote = "open-quote"
}
