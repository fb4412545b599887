/// What a column of dates such as `1955.10` reveals about its way of writing months.
///
/// A spreadsheet that takes `1955.10` for a number shows `1955.1`, which then looks like January. The neighbours tell:
/// a column that writes January as `.01` means October by `.1`; one that also holds `.10` has kept its zeros, so that
/// `.1` is January. What was stored as text may still come from a program that made a number of it, so text is held
/// against text only. Where nothing tells, `RosterDate.parse` refuses rather than guess.
struct MonthColumn: Sendable {
    private var hasLeadingZero = false
    private var hasTrailingZero = false
    private var hasTrailingZeroAsText = false

    /// Takes note of a text such as `1955.03` or `1955.10`.
    mutating func observe(_ text: some Collection<UInt8>, kind: SheetCellKind) {
        guard text.count == 7 else { return }
        let bytes = Array(text)
        guard bytes[4] == UInt8(ascii: "."), decimal(bytes[..<4]) != nil, let month = decimal(bytes[5...]) else {
            return
        }
        if (1...9).contains(month) { hasLeadingZero = true }
        if month == 10 {
            hasTrailingZero = true
            if kind == .text { hasTrailingZeroAsText = true }
        }
    }

    /// `1955.1` as `1955.01` or `1955.10` where the column tells which; nil for any other text.
    func resolved(_ text: some Collection<UInt8>, kind: SheetCellKind, format: SheetFormat) -> String? {
        guard text.count == 6 else { return nil }
        let bytes = Array(text)
        guard bytes[4] == UInt8(ascii: "."), bytes[5] == UInt8(ascii: "1"), decimal(bytes[..<4]) != nil else {
            return nil
        }
        let year = String(decoding: bytes[..<5], as: UTF8.self)
        if format == .xlsx, kind == .text { return hasTrailingZeroAsText ? year + "01" : nil }
        if format == .csv, hasTrailingZero { return year + "01" }
        return hasLeadingZero ? year + "10" : nil
    }
}
