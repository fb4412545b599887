import Host

/// What the registry keeps sealed, each bound to its row.
enum RegistrySealed {
    static let details = SealedColumn("person", "details", formerly: "person.details")
    static let delegate = SealedColumn("person", "delegate", formerly: "person.delegate")
    static let before = SealedColumn("correction", "before", formerly: "correction")
    static let after = SealedColumn("correction", "after", formerly: "correction")
    static let original = SealedColumn(
        "set_aside", "original", keys: ["roster", "sheet_row"], formerly: "set-aside.original")
    static let undoReason = SealedColumn("roster", "undo_reason", formerly: "roster.undo-reason")
    static let explanation = SealedColumn("application", "sealed_explanation", formerly: "application.explanation")

    static let sent = SealedColumn("difference", "sent", formerly: "difference.sent")
    static let formerly = SealedColumn("difference", "before", formerly: "difference.before")

    /// Those that an earlier release sealed otherwise.
    static let all = [details, delegate, before, after, original, undoReason, explanation]
}
