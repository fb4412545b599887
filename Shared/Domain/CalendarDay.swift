/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31, without a time of day. Its text is ISO
/// 8601: `2026-11-24`.
public struct CalendarDay: TextCoded, Comparable {
    private let storedYear: Int16
    private let storedMonth: Int8
    private let storedDay: Int8

    public var year: Int { Int(storedYear) }
    /// 1…12.
    public var monthNumber: Int { Int(storedMonth) }
    /// 1…31.
    public var day: Int { Int(storedDay) }

    public static let earliest = CalendarDay(daysSinceEpoch: -719_162)
    public static let latest = CalendarDay(daysSinceEpoch: 2_932_896)

    /// Nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard let lastDay = CalendarMonth(year: year, month: month)?.numberOfDays, (1...lastDay).contains(day) else {
            return nil
        }
        self.init(storedYear: Int16(year), storedMonth: Int8(month), storedDay: Int8(day))
    }

    /// Strictly `YYYY-MM-DD`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day in China at a moment. All of China keeps UTC+8 and has had no summer time since September 1991. Moments
    /// are only recorded by this system, hence later; so the fixed offset is exact and needs no time zone tables.
    public init(_ timestamp: Timestamp) {
        let local = timestamp.millisecondsSinceEpoch.addingReportingOverflow(Self.offsetInMilliseconds)
        let milliseconds = local.overflow ? timestamp.millisecondsSinceEpoch : local.partialValue
        let day = milliseconds / Self.dayInMilliseconds - (milliseconds % Self.dayInMilliseconds < 0 ? 1 : 0)
        self.init(daysSinceEpoch: Int(day))
    }

    /// Days counted from 1970-01-01, clamped to the years 1…9999. Howard Hinnant's `civil_from_days`, which counts in
    /// eras of 400 years that begin in March, so that the leap day is the last day of a year.
    public init(daysSinceEpoch: Int) {
        let shifted = min(max(daysSinceEpoch, -719_162), 2_932_896) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            storedYear: Int16(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), storedMonth: Int8(month),
            storedDay: Int8(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))
    }

    private init(storedYear: Int16, storedMonth: Int8, storedDay: Int8) {
        self.storedYear = storedYear
        self.storedMonth = storedMonth
        self.storedDay = storedDay
    }

    /// Days from 1970-01-01 to this day; negative before it.
    public var daysSinceEpoch: Int {
        let shiftedYear = year - (monthNumber <= 2 ? 1 : 0)
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (monthNumber > 2 ? monthNumber - 3 : monthNumber + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The month in which this day lies.
    public var month: CalendarMonth { CalendarMonth(uncheckedYear: year, month: monthNumber) }

    /// The first moment of this day in China.
    public var start: Timestamp {
        Timestamp(millisecondsSinceEpoch: Int64(daysSinceEpoch) * Self.dayInMilliseconds - Self.offsetInMilliseconds)
    }

    /// The first moment after this day in China.
    public var end: Timestamp { start.advanced(byMilliseconds: Self.dayInMilliseconds) }

    /// Clamped to the years 1…9999.
    public func adding(days: Int) -> CalendarDay {
        let sum = daysSinceEpoch.addingReportingOverflow(days)
        return CalendarDay(daysSinceEpoch: sum.overflow ? (days < 0 ? Int.min : Int.max) : sum.partialValue)
    }

    /// The same day of another month, or that month's last day when it is shorter: 31 January + 1 month = 28 February.
    public func adding(months: Int) -> CalendarDay {
        let target = month.adding(months: months)
        return CalendarDay(
            storedYear: Int16(target.year), storedMonth: Int8(target.month),
            storedDay: Int8(min(day, target.numberOfDays)))
    }

    /// Days from `earlier` to this day; negative when `earlier` is later.
    public func days(since earlier: CalendarDay) -> Int { daysSinceEpoch - earlier.daysSinceEpoch }

    /// Full years of age (周岁) on `day` of someone born on this day. Who was born on 29 February completes a year on 1
    /// March of common years. Negative before birth.
    public func age(on day: CalendarDay) -> Int {
        let beforeBirthday = (day.monthNumber, day.day) < (monthNumber, self.day)
        return day.year - year - (beforeBirthday ? 1 : 0)
    }

    public var description: String { "\(month)-\(twoDigits(day))" }

    /// `2026年11月24日`.
    public var chinese: String { "\(year)年\(monthNumber)月\(day)日" }

    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.storedYear, left.storedMonth, left.storedDay) < (right.storedYear, right.storedMonth, right.storedDay)
    }

    private static let dayInMilliseconds: Int64 = 86_400_000
    private static let offsetInMilliseconds: Int64 = 8 * 3_600_000
}

/// The number that ASCII digits spell; nil when a byte is no digit or nothing is there. At most 18 digits.
func decimal(_ bytes: some Collection<UInt8>) -> Int? {
    guard (1...18).contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// With zeros in front up to `width` characters.
func padded(_ number: Int, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
