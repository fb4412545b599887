import Domain
import Glibc

/// Turns the number that a cell stores into the text that a person would read.
struct CellNumber {
    /// True for workbooks that count days from 1904-01-01, as those from old Macintosh programs do.
    var countsFrom1904 = false

    /// The text and what it stands for. A text that is no number stays as it is.
    func text(_ raw: [UInt8], format: NumberFormat) -> (text: [UInt8], kind: SheetCellKind) {
        switch format {
        case .date(let showsDay, let showsTime):
            if let value = Self.double(raw), let text = date(value, showsDay: showsDay, showsTime: showsTime) {
                return (text, .date)
            }
        case .time:
            if let value = Self.double(raw), (0..<1_000_000).contains(value) { return (Self.time(value), .date) }
        case .zeros(let whole, let fraction):
            return (Self.padded(Self.plain(raw), whole: whole, fraction: fraction), .number)
        case .general: break
        }
        return (Self.plain(raw), .number)
    }

    /// An ISO day, month or moment; nil when the serial number lies outside the calendar of spreadsheets.
    private func date(_ serial: Double, showsDay: Bool, showsTime: Bool) -> [UInt8]? {
        // Day 2,958,465 is 9999-12-31.
        guard serial >= 0, serial < 2_958_466 else { return nil }
        let seconds = (serial * 86_400).rounded()
        let number = Int(seconds) / 86_400
        let secondsOfDay = Int(seconds) % 86_400
        guard let day = Self.day(serial: number, countsFrom1904: countsFrom1904) else {
            return number == 0 ? Self.time(serial) : nil
        }
        if secondsOfDay > 0 {
            return Array("\(day) \(Self.clock(secondsOfDay, showsSeconds: secondsOfDay % 60 > 0))".utf8)
        }
        // A month that was typed as 1955年12月 is stored as its first day; another day was really meant.
        if !showsDay, !showsTime, day.day == 1 { return Array(day.month.description.utf8) }
        return Array(day.description.utf8)
    }

    /// The day of a serial number. In the 1900 system day 60 is 29 February 1900, which never was: Lotus 1-2-3 took
    /// 1900 for a leap year, and every spreadsheet since repeats it, so the days before are shifted by one.
    static func day(serial: Int, countsFrom1904: Bool) -> CalendarDay? {
        if countsFrom1904 { return CalendarDay(daysSinceEpoch: serial - 24_107) }
        guard serial > 0, serial != 60 else { return nil }
        return CalendarDay(daysSinceEpoch: serial - 25_569 + (serial < 60 ? 1 : 0))
    }

    private static func time(_ value: Double) -> [UInt8] {
        let seconds = Int((value * 86_400).rounded())
        return Array(clock(seconds, showsSeconds: seconds % 60 > 0).utf8)
    }

    private static func clock(_ seconds: Int, showsSeconds: Bool) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let minutes = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
        return showsSeconds ? minutes + ":" + two(seconds % 60) : minutes
    }

    /// Short decimal numbers are copied. Others are rounded to the fifteen digits that a spreadsheet shows, and whole
    /// numbers beyond fifteen digits keep their exponent: their last digits are lost, and writing zeros would hide it.
    static func plain(_ raw: [UInt8]) -> [UInt8] {
        var digits = 0
        var isShort = true
        for (index, byte) in raw.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "."),
                UInt8(ascii: "-") where index == 0:
                break
            default: isShort = false
            }
        }
        if isShort, digits <= 15, digits > 0 { return raw }
        guard let value = double(raw) else { return raw }
        if value == value.rounded(), abs(value) < 1e15 { return Array(String(Int64(value)).utf8) }
        return general(value)
    }

    /// C's `%.15g`, with a capital E as spreadsheets write it.
    private static func general(_ value: Double) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 64)
        let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.15G", $0) }
        return buffer.prefix(Int(max(0, min(count, 63)))).map { UInt8(bitPattern: $0) }
    }

    private static func padded(_ text: [UInt8], whole: Int, fraction: Int) -> [UInt8] {
        guard text.allSatisfy({ ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: ".") })
        else { return text }
        let parts = text.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        var result = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, whole - parts[0].count)) + parts[0]
        let digits = parts.count == 2 ? Array(parts[1]) : []
        if !digits.isEmpty || fraction > 0 {
            result.append(UInt8(ascii: "."))
            result += digits + [UInt8](repeating: UInt8(ascii: "0"), count: max(0, fraction - digits.count))
        }
        return result
    }

    private static func double(_ raw: [UInt8]) -> Double? {
        guard let value = Double(String(decoding: raw, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }
}
