/// A day or a month as rosters write it.
public enum RosterDate: Hashable, Sendable, CustomStringConvertible {
    case day(CalendarDay)
    case month(CalendarMonth)

    public var month: CalendarMonth {
        switch self {
        case .day(let day): day.month
        case .month(let month): month
        }
    }

    /// Nil when only the month is known.
    public var day: CalendarDay? {
        if case .day(let day) = self { day } else { nil }
    }

    /// ISO: `1955-12-31` or `1955-12`.
    public var description: String {
        switch self {
        case .day(let day): day.description
        case .month(let month): month.description
        }
    }

    /// Reads 1955.12, 1955年12月31日, 1955年12月, 19551231, 195512, 1955/12/31, 1955-12-31, the same with blanks, full-width
    /// digits or a time of day behind, and the serial number of a spreadsheet whose cell lost its date format (20454).
    ///
    /// Errors: `roster-date.empty`, `roster-date.not-a-date`, `roster-date.no-such-day`, `roster-date.two-digit-year`,
    /// `roster-date.year-only`, `roster-date.january-or-october`.
    public static func parse(_ text: String) throws(RosterDateError) -> RosterDate {
        let narrow = TextForm.trimming(TextForm.narrowing(text))
        guard !narrow.isEmpty else { throw .emptyValue }
        let written = withoutTime(narrow)
        guard let numbers = numbers(written), let first = numbers.first else { throw .notADate }
        switch (numbers.count, first.count) {
        case (1, 8): return try day(first.prefix(4), first.dropFirst(4).prefix(2), first.suffix(2))
        case (1, 6):
            // 551231 has six digits as well: its first four are no year.
            guard isYear(first.prefix(4)) else { throw .twoDigitYear }
            return try month(first.prefix(4), first.suffix(2))
        case (1, 5): return try serial(first, of: written)
        case (1, 4): throw isYear(first[...]) ? .yearOnly : .notADate
        case (2, 5) where written.contains(".") && !written.contains("年"): return try serial(first, of: written)
        case (2, 4):
            if written.dropFirst(4) == ".1" { throw .januaryOrOctober }
            return try month(first[...], numbers[1][...])
        case (3, 4): return try day(first[...], numbers[1][...], numbers[2][...])
        case (2, 2), (3, 2): throw .twoDigitYear
        default: throw .notADate
        }
    }

    /// `1955-12-31 00:00:00` and `1955-12-31T00:00:00`.
    private static func withoutTime(_ text: String) -> Substring {
        guard let colon = text.firstIndex(of: ":") else { return text[...] }
        let before = text[..<colon]
        guard let gap = before.lastIndex(where: { $0 == " " || $0 == "T" }) else { return text[...] }
        return before[..<gap]
    }

    /// The groups of digits between separators; nil when anything else stands in the text.
    private static func numbers(_ text: Substring) -> [[UInt8]]? {
        var groups: [[UInt8]] = []
        var isInside = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9":
                if !isInside { groups.append([]) }
                isInside = true
                groups[groups.count - 1].append(UInt8(scalar.value))
            case ".", "-", "/", "年", "月", "日", "号", "、", ",", "。", "\u{2013}", "\u{2014}", "·", "\\":
                guard !groups.isEmpty else { return nil }
                isInside = false
            default:
                guard TextForm.isBlank(scalar) else { return nil }
                isInside = false
            }
        }
        return groups
    }

    private static func isYear(_ digits: ArraySlice<UInt8>) -> Bool {
        decimal(digits).map { (1880...2199).contains($0) } ?? false
    }

    private static func month(_ year: ArraySlice<UInt8>, _ month: ArraySlice<UInt8>) throws(RosterDateError)
        -> RosterDate
    {
        guard isYear(year), month.count <= 2, let yearNumber = decimal(year), let monthNumber = decimal(month),
            let result = CalendarMonth(year: yearNumber, month: monthNumber)
        else { throw .noSuchDay }
        return .month(result)
    }

    private static func day(
        _ year: ArraySlice<UInt8>, _ month: ArraySlice<UInt8>, _ day: ArraySlice<UInt8>
    ) throws(RosterDateError) -> RosterDate {
        guard isYear(year), month.count <= 2, day.count <= 2, let yearNumber = decimal(year),
            let monthNumber = decimal(month), let dayNumber = decimal(day),
            let result = CalendarDay(year: yearNumber, month: monthNumber, day: dayNumber)
        else { throw .noSuchDay }
        return .day(result)
    }

    /// Five digits count days: 10000 is in 1927, 80000 in 2119. A fraction is a time of day.
    private static func serial(_ digits: [UInt8], of text: Substring) throws(RosterDateError) -> RosterDate {
        guard let number = decimal(digits), (10_000...80_000).contains(number),
            text.allSatisfy({ $0.isNumber || $0 == "." })
        else { throw .notADate }
        // Day 1 is 1900-01-01, and the day that did not exist, 1900-02-29, counts (ECMA-376, 18.17.4.1).
        return .day(CalendarDay(daysSinceEpoch: number - 25_569))
    }
}

/// Why a text is no date.
public enum RosterDateError: String, Error, CaseIterable, Sendable {
    case emptyValue = "roster-date.empty"
    case notADate = "roster-date.not-a-date"
    case noSuchDay = "roster-date.no-such-day"
    case twoDigitYear = "roster-date.two-digit-year"
    case yearOnly = "roster-date.year-only"
    case januaryOrOctober = "roster-date.january-or-october"

    /// Stable name for messages, logs and counts.
    public var slug: String { rawValue }

    /// What is wrong, in Chinese.
    public var message: String {
        switch self {
        case .emptyValue: "日期为空"
        case .notADate: "日期无法识别"
        case .noSuchDay: "日期不存在"
        case .twoDigitYear: "年份只有两位，无法确定世纪"
        case .yearOnly: "日期只有年份"
        case .januaryOrOctober: "“.1”可能是 1 月，也可能是表格把“.10”末尾的零去掉了"
        }
    }

    /// How to repair it, in Chinese.
    public var hint: String {
        switch self {
        case .emptyValue: "请补填日期，例如 1955-12-31"
        case .notADate: "请写成 1955-12-31、1955年12月31日或 1955.12"
        case .noSuchDay: "请核对年、月、日，例如 4 月没有 31 日"
        case .twoDigitYear: "请把年份写全，例如 55.12 写成 1955.12"
        case .yearOnly: "请补上月份，例如 1955.12"
        case .januaryOrOctober: "请写成 1955-01 或 1955-10 的样子"
        }
    }
}
