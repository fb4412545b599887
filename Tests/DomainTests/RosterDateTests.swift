import Domain
import Testing

@Suite("Dates as rosters write them") struct RosterDateTests {
    @Test(
        "Dates are read as rosters write them",
        arguments: [
            ("1955.12", "1955-12"), ("1955年12月31日", "1955-12-31"), ("1955年12月", "1955-12"), ("1955 年 3 月", "1955-03"),
            ("19551231", "1955-12-31"), ("195512", "1955-12"), ("1955/12/31", "1955-12-31"),
            ("1955-12-31", "1955-12-31"),
            ("1955.2", "1955-02"), ("1955.12.31", "1955-12-31"), ("1955.1.1", "1955-01-01"), ("1955.10", "1955-10"),
            ("１９５５．１２", "1955-12"), (" 1955-12 ", "1955-12"), ("1955-12-31 00:00:00", "1955-12-31"),
            ("1955-12-31T08:00", "1955-12-31"), ("1955、12", "1955-12"), ("1955.12.", "1955-12"),
            ("1955年12月31", "1955-12-31"),
            ("20454", "1955-12-31"), ("20454.5", "1955-12-31"), ("44000", "2020-06-18"), ("1955-1", "1955-01"),
            ("1955年1月", "1955-01"), ("1955·12", "1955-12"), ("12/31/1955", "1955-12-31"), ("31/12/1955", "1955-12-31"),
            ("3/3/1955", "1955-03-03"), ("12/1955", "1955-12"), ("19551231.0", "1955-12-31"), ("195512.0", "1955-12"),
            ("一九五五年十二月", "1955-12"), ("一九五五年十二月三十一日", "1955-12-31"), ("二〇一二年三月", "2012-03"),
            ("2012年十二月", "2012-12"), ("3-Dec-2012", "2012-12-03"), ("Dec 3, 2012", "2012-12-03"),
            ("Mon Dec 03 00:00:00 CST 2012", "2012-12-03"),
            ("Mon Dec 03 2012 00:00:00 GMT+0800 (中国标准时间)", "2012-12-03"), ("Dec-1955", "1955-12"),
            ("\u{202D}1955.12\u{202C}", "1955-12"), ("'1955.12", "1955-12"),
        ])
    func reading(text: String, iso: String) throws {
        #expect(try RosterDate.parse(text).description == iso)
    }

    @Test(
        "What cannot be told is refused with its reason",
        arguments: [
            ("", "roster-date.empty"), ("　", "roster-date.empty"), ("不详", "roster-date.not-a-date"),
            ("1955.12生", "roster-date.not-a-date"), ("12/3/1955", "roster-date.day-or-month"),
            ("1955.13", "roster-date.no-such-day"), ("1955.02.30", "roster-date.no-such-day"),
            ("19551331", "roster-date.no-such-day"), ("195500", "roster-date.no-such-day"),
            ("1055.12", "roster-date.no-such-day"), ("1955.123", "roster-date.no-such-day"),
            ("55.12", "roster-date.two-digit-year"), ("55年12月3日", "roster-date.two-digit-year"),
            ("551231", "roster-date.two-digit-year"), ("1955", "roster-date.year-only"),
            ("1955年", "roster-date.year-only"),
            ("1955.1", "roster-date.january-or-october"), ("9999", "roster-date.not-a-date"),
            ("123", "roster-date.not-a-date"), ("99999", "roster-date.not-a-date"),
            (".1955.12", "roster-date.not-a-date"),
            ("1955.12-1956.3", "roster-date.not-a-date"), ("123456789012345678901", "roster-date.not-a-date"),
            ("20454年5", "roster-date.not-a-date"), ("民国101年", "roster-date.other-calendar"),
            ("农历2012年腊月", "roster-date.other-calendar"), ("3-Dec-12", "roster-date.two-digit-year"),
            ("2012.0", "roster-date.year-only"), ("2012年底", "roster-date.not-a-date"),
            ("12-12", "roster-date.two-digit-year"), ("2012-11-30 16:00:00", "roster-date.shifted-midnight"),
        ])
    func refusing(text: String, code: String) {
        #expect { try RosterDate.parse(text) } throws: { ($0 as? RosterDateError)?.slug == code }
    }

    @Test(
        "A moment is the day that it was in the county",
        arguments: [
            ("2012-11-30T16:00:00.000Z", "2012-12-01"), ("2012-11-30T15:59:59Z", "2012-11-30"),
            ("2012-12-01T00:00:00+08:00", "2012-12-01"), ("2012-12-01T00:00:00+09:00", "2012-11-30"),
            ("2012-11-30 23:59:17", "2012-12-01"), ("2012-11-30 23:59:59", "2012-11-30"),
            ("41243.99950231481", "2012-12-01"),
            ("2012/12/3 0:00:00", "2012-12-03"), ("Fri Nov 30 2012 16:00:00 GMT", "2012-12-01"),
        ])
    func moments(text: String, iso: String) throws {
        #expect(try RosterDate.parse(text).description == iso)
    }

    @Test("A day knows its month, a month has no day")
    func parts() throws {
        let day = try RosterDate.parse("1955.12.31")
        #expect(day.day == CalendarDay("1955-12-31") && day.month == CalendarMonth("1955-12"))
        let month = try RosterDate.parse("1955.12")
        #expect(month.day == nil && month.month == CalendarMonth("1955-12"))
    }
}
