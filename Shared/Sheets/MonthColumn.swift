/// What a column of dates such as `1955.10` reveals about its way of writing months.
///
/// A spreadsheet that takes `1955.10` for a number shows `1955.1`, which then looks like January. The neighbours tell:
/// a column that writes January as `.01` means October by `.1`; one that also holds `.10` has kept its zeros, so that
/// `.1` is January, and so is what was stored as text. Where nothing tells, `RosterDate.parse` refuses rather than
/// guess.
struct MonthColumn: Sendable {
    private var hasLeadingZero = false
    private var hasTrailingZero = false

    /// Takes note of a text such as `1955.03` or `1955.10`.
    mutating func observe(_ text: some Collection<UInt8>) {
        guard text.count == 7 else { return }
        let bytes = Array(text)
        guard bytes[4] == UInt8(ascii: "."), decimal(bytes[..<4]) != nil, let month = decimal(bytes[5...]) else {
            return
        }
        if (1...9).contains(month) { hasLeadingZero = true }
        if month == 10 { hasTrailingZero = true }
    }

    /// `1955.1` as `1955.01` or `1955.10` where the column tells which; any other text unchanged.
    func resolving(_ text: String, kind: SheetCellKind, format: SheetFormat) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[4] == UInt8(ascii: "."), bytes[5] == UInt8(ascii: "1"),
            decimal(bytes[..<4]) != nil
        else { return text }
        if format == .xlsx, kind == .text { return text.prefix(5) + "01" }
        if format == .csv, hasTrailingZero { return text.prefix(5) + "01" }
        return hasLeadingZero ? text.prefix(5) + "10" : text
    }
}
