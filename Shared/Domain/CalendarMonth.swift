/// A month of the Gregorian calendar, from 0001-01 to 9999-12. Its text is `2026-11`.
public struct CalendarMonth: TextCoded, Comparable {
    public let year: Int
    /// 1…12.
    public let month: Int

    /// Nil when there is no such month.
    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.init(uncheckedYear: year, month: month)
    }

    /// Strictly `YYYY-MM`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = decimal(bytes[0..<4]),
            let month = decimal(bytes[5..<7])
        else { return nil }
        self.init(year: year, month: month)
    }

    init(uncheckedYear: Int, month: Int) {
        self.year = uncheckedYear
        self.month = month
    }

    public var numberOfDays: Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Clamped to the years 1…9999.
    public func adding(months: Int) -> CalendarMonth {
        let range = 12...(9999 * 12 + 11)
        let sum = (year * 12 + month - 1).addingReportingOverflow(months)
        let number = sum.overflow ? (months < 0 ? range.lowerBound : range.upperBound) : sum.partialValue
        let clamped = min(max(number, range.lowerBound), range.upperBound)
        return CalendarMonth(uncheckedYear: clamped / 12, month: clamped % 12 + 1)
    }

    /// Months from `earlier` to this month; negative when `earlier` is later.
    public func months(since earlier: CalendarMonth) -> Int {
        (year - earlier.year) * 12 + month - earlier.month
    }

    public var previous: CalendarMonth { adding(months: -1) }
    public var next: CalendarMonth { adding(months: 1) }
    public var firstDay: CalendarDay { day(1) }
    public var lastDay: CalendarDay { day(numberOfDays) }

    private func day(_ number: Int) -> CalendarDay {
        CalendarDay(year: year, month: month, day: number) ?? .earliest
    }

    public var description: String { "\(padded(year, width: 4))-\(twoDigits(month))" }

    /// `2026年11月`.
    public var chinese: String { "\(year)年\(month)月" }

    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}
