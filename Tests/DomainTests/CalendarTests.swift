import Domain
import FoundationEssentials
import Testing

@Suite struct CalendarTests {
    @Test("A day exists or is refused")
    func existence() {
        #expect(CalendarDay(year: 2024, month: 2, day: 29) != nil)
        #expect(CalendarDay(year: 2000, month: 2, day: 29) != nil)
        for (year, month, day) in [
            (2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (0, 1, 1),
            (10_000, 1, 1), (2024, 1, Int.max),
        ] { #expect(CalendarDay(year: year, month: month, day: day) == nil) }
    }

    @Test("ISO text is strict and gives itself back")
    func text() {
        #expect(CalendarDay("2026-11-24")?.description == "2026-11-24")
        #expect(CalendarDay("0001-01-01") == .earliest)
        #expect(CalendarDay("9999-12-31") == .latest)
        for wrong in [
            "2026-1-24", "2026-11-24 ", "2026/11/24", "20261124", "2026-11-31", "+026-11-24", "２026-11-24", "",
        ] { #expect(CalendarDay(wrong) == nil) }
        #expect(CalendarMonth("2026-11")?.description == "2026-11")
        for wrong in ["2026-13", "2026-1", "2026-00", "2026-11-01", ""] { #expect(CalendarMonth(wrong) == nil) }
    }

    @Test("Counting days runs through every day without a gap")
    func counting() throws {
        var day = try #require(CalendarDay("1896-12-30"))
        var number = day.daysSinceEpoch
        while day.year < 2104 {
            let next = day.adding(days: 1)
            #expect(next > day && next.daysSinceEpoch == number + 1)
            #expect(next.day == day.day + 1 || (next.day == 1 && day == day.month.lastDay))
            (day, number) = (next, number + 1)
        }
        #expect(CalendarDay("1970-01-01")?.daysSinceEpoch == 0)
        #expect(CalendarDay("2000-03-01")?.daysSinceEpoch == 11_017)
        #expect(CalendarDay.earliest.daysSinceEpoch == -719_162)
        #expect(CalendarDay.latest.daysSinceEpoch == 2_932_896)
    }

    @Test("Sums beyond the calendar are clamped, not trapped")
    func clamping() {
        #expect(CalendarDay.latest.adding(days: Int.max) == .latest)
        #expect(CalendarDay.earliest.adding(days: Int.min) == .earliest)
        #expect(CalendarDay.latest.adding(months: Int.max) == .latest)
        #expect(CalendarDay.earliest.adding(months: Int.min).description == "0001-01-01")
        #expect(CalendarDay(Timestamp(millisecondsSinceEpoch: .max)) == .latest)
        #expect(CalendarDay(Timestamp(millisecondsSinceEpoch: .min)) == .earliest)
    }

    @Test("Adding months keeps to the month's last day")
    func months() throws {
        let day = try #require(CalendarDay("2024-01-31"))
        #expect(day.adding(months: 1).description == "2024-02-29")
        #expect(day.adding(months: 13).description == "2025-02-28")
        #expect(day.adding(months: -2).description == "2023-11-30")
        #expect(day.adding(months: 12).description == "2025-01-31")
        #expect(day.month.next.description == "2024-02")
        #expect(day.month.previous.description == "2023-12")
        #expect(day.month.firstDay.description == "2024-01-01")
        #expect(day.month.next.lastDay.description == "2024-02-29")
        #expect(CalendarMonth("2024-03")?.months(since: day.month) == 2)
    }

    @Test("A moment's day is China's day")
    func timestamps() throws {
        let midnight = try #require(CalendarDay("2026-11-24")).start
        #expect(midnight.millisecondsSinceEpoch == 1_795_449_600_000)
        #expect(CalendarDay(midnight).description == "2026-11-24")
        #expect(CalendarDay(midnight.advanced(byMilliseconds: -1)).description == "2026-11-23")
        #expect(CalendarDay(CalendarDay(midnight).end).description == "2026-11-25")
        #expect(CalendarDay(Timestamp(millisecondsSinceEpoch: -1)).description == "1970-01-01")
        #expect(CalendarDay(Timestamp(millisecondsSinceEpoch: -8 * 3_600_000 - 1)).description == "1969-12-31")
    }

    @Test("Age is counted in completed years")
    func age() throws {
        let born = try #require(CalendarDay("1956-02-29"))
        #expect(born.age(on: try #require(CalendarDay("2016-02-28"))) == 59)
        #expect(born.age(on: try #require(CalendarDay("2016-02-29"))) == 60)
        #expect(born.age(on: try #require(CalendarDay("2017-02-28"))) == 60)
        #expect(born.age(on: try #require(CalendarDay("2017-03-01"))) == 61)
        #expect(born.age(on: born) == 0)
        #expect(born.age(on: born.adding(days: -1)) == -1)
    }

    @Test("Days between, order and Chinese")
    func rest() throws {
        let day = try #require(CalendarDay("2026-11-24"))
        #expect(day.days(since: try #require(CalendarDay("2020-07-31"))) == 2307)
        #expect(day.chinese == "2026年11月24日")
        #expect(try #require(CalendarDay("2026-01-05")).chinese == "2026年1月5日")
        #expect(day.month.chinese == "2026年11月")
        #expect(try #require(CalendarDay("2026-11-23")) < day)
        #expect(try #require(CalendarMonth("2025-12")) < day.month)
    }

    @Test("Days and months travel as text")
    func coding() throws {
        let days = [try #require(CalendarDay("2026-11-24"))]
        #expect(String(decoding: try JSONEncoder().encode(days), as: UTF8.self) == #"["2026-11-24"]"#)
        #expect(try JSONDecoder().decode([CalendarDay].self, from: Data(#"["2026-11-24"]"#.utf8)) == days)
        let months = try JSONEncoder().encode(days.map(\.month))
        #expect(String(decoding: months, as: UTF8.self) == #"["2026-11"]"#)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CalendarDay].self, from: Data(#"["2026-02-30"]"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CalendarMonth].self, from: Data(#"["2026-13"]"#.utf8))
        }
    }
}
