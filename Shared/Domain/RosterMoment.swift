/// The time of day behind a roster's date, which says on which day it was in the county.
///
/// Programs in browsers keep a day as a moment. Written in Greenwich time, midnight in China is 16:00 of the day
/// before; written by way of the local time of before 1901 (five minutes and 43 seconds ahead of the zone), it is 43
/// seconds short of midnight. Taken as it stands either would put the first of a month into the month before.
struct RosterMoment {
    /// How many days later than written it was in China: -1, 0 or 1.
    let daysLater: Int

    /// - Parameter zoneInMinutes: east of Greenwich; nil when the text names none.
    init(secondsOfDay: Int, zoneInMinutes: Int?) throws(RosterDateError) {
        if let zoneInMinutes {
            let inChina = secondsOfDay + (8 * 60 - zoneInMinutes) * 60
            daysLater = Int((Double(inChina) / 86_400).rounded(.down))
            return
        }
        let seconds = secondsOfDay % 86_400
        // 16:00:00, and the same 43 seconds short.
        guard seconds != 57_600, !(57_556...57_558).contains(seconds) else { throw .shiftedMidnight }
        daysLater = secondsOfDay / 86_400 + ((86_356...86_358).contains(seconds) ? 1 : 0)
    }

    /// Parts `1955-12-31 00:00:00`, `1955-12-31T08:00` and `1955-12-30T16:00:00.000Z` into the date and what its time
    /// says; a text without a time stays whole.
    static func split(_ text: String) throws(RosterDateError) -> (date: String, moment: RosterMoment?) {
        guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
        let before = text[..<colon]
        guard let gap = before.lastIndex(where: { $0 == " " || $0 == "T" }) else { return (text, nil) }
        let date = String(before[..<gap])
        guard let time = time(text[text.index(after: gap)...]) else { return (date, nil) }
        return (date, try RosterMoment(secondsOfDay: time.seconds, zoneInMinutes: time.zone))
    }

    /// `16:00:00.000Z`, `8:00`, `00:00:00+08:00`, `00:00:00 +0800`; nil for anything else.
    static func time(_ text: Substring) -> (seconds: Int, zone: Int?)? {
        let clock = text.prefix { $0.isASCII && ($0.isNumber || $0 == ":" || $0 == ".") }
        let parts = clock.split(separator: ":")
        guard (2...3).contains(parts.count), let hours = decimal(parts[0].utf8), let minutes = decimal(parts[1].utf8),
            hours < 24, minutes < 60
        else { return nil }
        let seconds = parts.count == 3 ? Double(parts[2]).map { Int($0.rounded()) } : 0
        guard let seconds, (0...60).contains(seconds) else { return nil }
        let rest = TextForm.removingBlanks(String(text[clock.endIndex...]))
        if rest.isEmpty { return (hours * 3600 + minutes * 60 + seconds, nil) }
        guard let zone = zone(rest) else { return nil }
        return (hours * 3600 + minutes * 60 + seconds, zone)
    }

    /// `Z`, `UTC`, `+08:00`, `GMT+0800 (…)` in minutes east of Greenwich. CST is China's time here.
    static func zone(_ text: String) -> Int? {
        var rest = text.prefix { $0 != "(" }.uppercased()[...]
        if rest == "CST" { return 8 * 60 }
        if rest == "Z" { return 0 }
        for name in ["GMT", "UTC"] where rest.hasPrefix(name) { rest = rest.dropFirst(3) }
        if rest.isEmpty { return 0 }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        let digits = rest.dropFirst().filter { $0 != ":" }
        guard digits.count == 4 || digits.count == 2, let number = decimal(digits.utf8) else { return nil }
        let minutes = digits.count == 2 ? number * 60 : number / 100 * 60 + number % 100
        return sign == "+" ? minutes : -minutes
    }
}

/// 一九五五年十二月三十一日.
enum ChineseDate {
    /// The same with ASCII digits; nil when there is no year, or anything else beside.
    static func digits(_ text: String) -> String? {
        let text = TextForm.removingBlanks(text)
        guard let mark = text.firstIndex(of: "年") else { return nil }
        let year = text[..<mark].map { figures[$0] }
        guard year.count == 4, !year.contains(nil) else { return nil }
        var result = year.compactMap { $0 }.map(String.init).joined() + "年"
        var number = ""
        for character in text[text.index(after: mark)...] {
            guard "月日号".contains(character) else {
                number.append(character)
                continue
            }
            guard let value = numbers[number] else { return nil }
            result += String(value) + String(character)
            number = ""
        }
        return number.isEmpty ? result : numbers[number].map { result + String($0) }
    }

    private static let figures: [Character: Int] = [
        "〇": 0, "零": 0, "○": 0, "O": 0, "0": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
        "1": 1,
        "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9,
    ]

    /// Days and months, as words and as the figures that may stand beside a year in words.
    private static let numbers: [String: Int] = {
        var result: [String: Int] = [:]
        for number in 1...31 {
            result[String(number)] = number
            if let words = ChineseNumerals.everyday(number) { result[words] = number }
        }
        return result
    }()
}

/// 31-Dec-1955, Dec 31, 1955, and what Java and browsers print: `Sat Dec 31 00:00:00 CST 1955`.
enum EnglishDate {
    /// Nil when no English month stands in the text.
    static func parse(_ text: String) throws(RosterDateError) -> RosterDate? {
        var words = text.uppercased().split(whereSeparator: { " ,".contains($0) }).map(String.init)
        var time: (seconds: Int, zone: Int?)?
        if let clock = words.firstIndex(where: { $0.contains(":") && $0.first?.isNumber == true }) {
            time = RosterMoment.time(words[clock][...])
            words.remove(at: clock)
            if words.indices.contains(clock), let zone = RosterMoment.zone(words[clock]) {
                time?.zone = zone
                // What follows in brackets is the zone's name.
                words.remove(at: clock)
                words.removeAll { $0.hasPrefix("(") }
            }
        }
        let parts = words.flatMap { $0.split(whereSeparator: { "-/.".contains($0) }) }
        let letters = parts.filter { $0.first?.isLetter == true }
        guard let month = letters.lazy.compactMap({ months[String($0.prefix(3))] }).first else { return nil }
        guard letters.count <= 2 else { throw .notADate }
        let numbers = parts.filter { $0.first?.isNumber == true }.map { Array($0.utf8) }
        guard let year = numbers.first(where: { $0.count == 4 }) else { throw .twoDigitYear }
        let others = numbers.filter { $0.count != 4 }
        guard others.count <= 1, numbers.count == others.count + 1 else { throw .notADate }
        guard let day = others.first else {
            return try RosterDate.parse("\(String(decoding: year, as: UTF8.self))-\(month)")
        }
        let date = try RosterDate.day(year[...], Array(String(month).utf8)[...], day[...])
        guard let time, case .day(let written) = date else { return date }
        return .day(
            written.adding(
                days: try RosterMoment(secondsOfDay: time.seconds, zoneInMinutes: time.zone).daysLater))
    }

    private static let months: [String: Int] = Dictionary(
        uniqueKeysWithValues: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
            .enumerated().map { ($0.element, $0.offset + 1) })
}
