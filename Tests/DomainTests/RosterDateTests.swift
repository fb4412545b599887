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
            ("1955年1月", "1955-01"), ("1955·12", "1955-12"),
        ])
    func reading(text: String, iso: String) throws {
        #expect(try RosterDate.parse(text).description == iso)
    }

    @Test(
        "What cannot be told is refused with its reason",
        arguments: [
            ("", "roster-date.empty"), ("　", "roster-date.empty"), ("不详", "roster-date.not-a-date"),
            ("1955.12生", "roster-date.not-a-date"), ("12/31/1955", "roster-date.two-digit-year"),
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
            ("20454年5", "roster-date.not-a-date"),
        ])
    func refusing(text: String, code: String) {
        #expect { try RosterDate.parse(text) } throws: { ($0 as? RosterDateError)?.slug == code }
    }

    @Test("A day knows its month, a month has no day")
    func parts() throws {
        let day = try RosterDate.parse("1955.12.31")
        #expect(day.day == CalendarDay("1955-12-31") && day.month == CalendarMonth("1955-12"))
        let month = try RosterDate.parse("1955.12")
        #expect(month.day == nil && month.month == CalendarMonth("1955-12"))
    }
}
