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

    /// Reads 1955.12, 1955年12月31日, 1955年12月, 一九五五年十二月, 19551231, 195512, 1955/12/31, 1955-12-31, 31/12/1955 where
    /// day and month can be told apart, 31-Dec-1955, the same with blanks, full-width digits or a time of day behind,
    /// what data-frame programs make of numbers (19551231.0), and the serial number of a spreadsheet whose cell lost
    /// its date format (20454). A moment with its zone is a day of the county's (`RosterMoment`).
    ///
    /// Errors: all of `RosterDateError`. Where a text may mean two months it is refused, never guessed.
    public static func parse(_ text: String) throws(RosterDateError) -> RosterDate {
        let narrow = TextForm.tidied(TextForm.narrowing(text))
        guard !narrow.isEmpty else { throw .emptyValue }
        guard !otherCalendars.contains(where: narrow.contains) else { throw .otherCalendar }
        if let english = try EnglishDate.parse(narrow) { return english }
        let (written, moment) = try RosterMoment.split(narrow)
        let date = try parseDate(ChineseDate.digits(written) ?? written)
        guard let moment, moment.daysLater != 0, case .day(let day) = date else { return date }
        return .day(day.adding(days: moment.daysLater))
    }

    /// A year of the Republic, months of the moon.
    private static let otherCalendars = ["民国", "农历", "阴历", "旧历", "腊月", "正月", "冬月", "闰"]

    private static func parseDate(_ written: String) throws(RosterDateError) -> RosterDate {
        guard var numbers = numbers(written[...]), let first = numbers.first else { throw .notADate }
        // 19551231.0 and 195512.0 were whole numbers before a program read them.
        if numbers.count == 2, [4, 6, 8].contains(first.count), numbers[1] == [48], written.hasSuffix(".0") {
            numbers.removeLast()
        }
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
        case (2, 1...2) where numbers[1].count == 4: return try month(numbers[1][...], first[...])
        case (3, 1...2) where numbers[2].count == 4: return try yearLast(numbers)
        case (2, 2), (3, 2): throw .twoDigitYear
        default: throw .notADate
        }
    }

    /// 31/12/1955 and 12/31/1955 are one day; of 12/3/1955 nobody can tell.
    private static func yearLast(_ numbers: [[UInt8]]) throws(RosterDateError) -> RosterDate {
        guard let first = decimal(numbers[0]), let second = decimal(numbers[1]) else { throw .notADate }
        guard first > 12 || second > 12 || first == second else { throw .dayOrMonth }
        let (month, day) = first > 12 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
        return try self.day(numbers[2][...], month[...], day[...])
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

    static func day(
        _ year: ArraySlice<UInt8>, _ month: ArraySlice<UInt8>, _ day: ArraySlice<UInt8>
    ) throws(RosterDateError) -> RosterDate {
        guard isYear(year), month.count <= 2, day.count <= 2, let yearNumber = decimal(year),
            let monthNumber = decimal(month), let dayNumber = decimal(day),
            let result = CalendarDay(year: yearNumber, month: monthNumber, day: dayNumber)
        else { throw .noSuchDay }
        return .day(result)
    }

    /// Five digits count days: 10000 is in 1927, 80000 in 2119. A fraction is a time of day.
    private static func serial(_ digits: [UInt8], of text: String) throws(RosterDateError) -> RosterDate {
        guard let number = decimal(digits), (10_000...80_000).contains(number),
            text.allSatisfy({ $0.isNumber || $0 == "." }), let value = Double(text)
        else { throw .notADate }
        let moment = try RosterMoment(
            secondsOfDay: Int(((value - value.rounded(.down)) * 86_400).rounded()), zoneInMinutes: nil)
        // Day 1 is 1900-01-01, and the day that did not exist, 1900-02-29, counts (ECMA-376, 18.17.4.1).
        return .day(CalendarDay(daysSinceEpoch: number - 25_569).adding(days: moment.daysLater))
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
    case dayOrMonth = "roster-date.day-or-month"
    case otherCalendar = "roster-date.other-calendar"
    case shiftedMidnight = "roster-date.shifted-midnight"

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
        case .dayOrMonth: "日期写成“日/月/年”或“月/日/年”，分不清哪个是月"
        case .otherCalendar: "日期不是公历"
        case .shiftedMidnight: "日期带有 16:00 的时间，可能是按格林尼治时间导出的，与实际差一天"
        }
    }

    /// How to repair it, in Chinese.
    public var hint: String {
        switch self {
        case .emptyValue: "请补填日期，例如 1955-12-31"
        case .notADate: "请只写一个日期，写成 1955-12-31、1955年12月31日或 1955.12"
        case .noSuchDay: "请核对年、月、日，例如 4 月没有 31 日"
        case .twoDigitYear: "请把年份写全，例如 55.12 写成 1955.12"
        case .yearOnly: "请补上月份，例如 1955.12"
        case .januaryOrOctober: "请写成 1955-01 或 1955-10 的样子"
        case .dayOrMonth: "请写成 1955-12-03 或 1955年12月3日 的样子"
        case .otherCalendar: "请换算成公历，写成 1955-12 或 1955-12-31 的样子"
        case .shiftedMidnight: "请核对原始材料，只写日期，例如 1955-12-31"
        }
    }
}
