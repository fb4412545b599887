import Contracts
import Domain
import Rosters
import Support
import Testing

@Suite("Cells as people and programs really write them (第十五条（二）)")
struct CellTests {
    @Test("Invisible marks around numbers and names are dropped")
    func invisible() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "invisible-marks.xlsx")
        // The sex column of three of them is wrong by the number.
        let people = try desk.people()
        #expect(delivered.summary.registered + delivered.summary.setAside == 5)
        #expect(delivered.setAside.allSatisfy { $0.slug == "roster.row.sex-differs" })
        for person in people {
            #expect(person.identityNumber.utf8.count == 18 && person.telephone.utf8.count == 11)
        }
        #expect(try desk.search("邓光明") == ["邓光明"] || delivered.slugs(row: 4) == ["roster.row.sex-differs"])
    }

    @Test("A mark anywhere in a cell, by whatever program, stands for nothing")
    func everyMark() throws {
        for mark in ["\u{202D}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{061C}", "\u{2060}", "\u{00AD}", "\u{007F}"] {
            let number = TestIdentity.number(7)
            let text = "姓名,身份证号,移交乡镇,联系电话\n\(mark)李\(mark)明,\(mark)\(number)\(mark),迤萨镇\(mark),139\(mark)87310001\n"
            let desk = try RegistryDesk()
            try desk.deliver(Array(text.utf8), "a.csv")
            let person = try #require(try desk.people().first)
            #expect(person.row.name.unicodeScalars.count == 2 && person.telephone == "13987310001")
        }
    }

    @Test("Radicals and compatibility ideographs become the usual characters, in the ledger and in the search")
    func radicals() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "radicals.xlsx")
        #expect(delivered.summary.registered == 3)
        let names = try desk.people().map(\.row.name)
        #expect(names.map { Array($0.unicodeScalars) } == ["白文玉", "李小马", "金明"].map { Array($0.unicodeScalars) })
        #expect(try desk.search("金明") == ["金明"])
        #expect(try desk.search("\u{F90A}明") == ["金明"] && desk.search("\u{2F69}文") == ["白文玉"])
    }

    @Test("What looks like an X is one; a star is told, and the hint does not lead to deleting it")
    func otherX() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "other-x.xlsx")
        let stars = delivered.setAside.filter { $0.slug.contains("identity-number") }
        #expect(stars.map(\.slug) == ["roster.row.identity-number.masked"] && stars[0].sheetRow == 5)
        #expect(stars[0].hint.contains("不要删去"))
        #expect(delivered.setAside.filter { $0.sheetRow != 5 }.allSatisfy { $0.slug == "roster.row.sex-differs" })
        for x in ["\u{2169}", "\u{2179}", "×", "Х", "х", "Χ", "ｘ", "Ｘ"] {
            #expect(try ResidentIdentityNumber("11010519491231002\(x)").text == "11010519491231002X")
        }
    }

    @Test("An apostrophe in front is no part of what a cell says")
    func apostrophes() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "apostrophes.xlsx")
        #expect(delivered.summary.registered == 2)
        let people = try desk.people()
        #expect(people.map(\.row.name) == ["甘正明", "童玉珍"])
        #expect(people.map(\.telephone) == ["13987310381", "13987310382"])
        #expect(people[0].residence == "红河县迤萨镇东门街1号")
    }

    @Test("An error of the spreadsheet is no datum: the row is set aside and the column named")
    func errors() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "error-cells.xlsx")
        #expect(delivered.summary.registered == 0 && delivered.summary.outOfScope == 0)
        #expect(delivered.setAside.allSatisfy { $0.slug == "roster.row.error-value" })
        #expect(
            delivered.setAside.map(\.column) == ["民族", "现居住地址", "移交社区", "退休时间", "联系电话", "统筹外项目", "户籍地址", "政治面貌"])
    }

    @Test("第三条: an error in the place of insurance is a fault of the file, no finding")
    func errorPlace() throws {
        let delivered = try RegistryDesk().deliver(sample: "error-insured-place.xlsx")
        #expect(delivered.setAside.map(\.slug) == ["roster.row.error-value"])
        #expect(delivered.setAside.map(\.kind) == [.fault] && delivered.setAside[0].article == nil)
    }

    @Test("Formulas that nobody has computed are told as such")
    func formulas() throws {
        let delivered = try RegistryDesk().deliver(sample: "formulas-without-values.xlsx")
        #expect(delivered.summary.registered == 0)
        #expect(delivered.setAside.map(\.column) == Array(repeating: "退休时间、政治面貌、联系电话", count: 2))
        #expect(delivered.setAside.allSatisfy { $0.slug == "roster.row.formula-without-value" })
    }

    @Test("Ditto marks take what stands above them, and it is said")
    func ditto() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "ditto.xlsx")
        #expect(delivered.summary.registered == 3)
        let people = try desk.people()
        #expect(Set(people.map(\.residence)) == ["红河县迤萨镇东门街1号"])
        #expect(delivered.summary.notes?.count { $0.slug == "roster.note.ditto" } == 3)
        let first = "姓名,身份证号,移交乡镇\n李明,\(TestIdentity.number(1)),同上\n"
        #expect(try RegistryDesk().deliver(Array(first.utf8), "a.csv")[0].setAside.map(\.slug) == ["roster.row.ditto"])
    }

    @Test("Telephones that a program made numbers of are telephones again, or set aside")
    func telephones() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "float-telephone.csv")
        let phones = try desk.people().map(\.telephone)
        #expect(!phones.contains { $0.contains(".") || $0.contains("E") })
        #expect(delivered.setAside.filter { $0.slug == "roster.row.telephone" }.map(\.sheetRow) == [4])
        #expect(try TelephoneNumber(validating: "13987310001.0").text == "13987310001")
        #expect(try TelephoneNumber(validating: "1.3987310001E10").text == "13987310001")
        #expect(throws: DomainError.self) { try TelephoneNumber(validating: "1.39873E+10") }
        #expect(throws: DomainError.self) { try TelephoneNumber(validating: "8.734621234E9") }
    }

    @Test("Retirement in December stays in December, however a browser wrote it")
    func browserDates() throws {
        let desk = try RegistryDesk()
        try desk.deliver(sample: "browser-dates.xlsx")
        #expect(try desk.people().map { $0.retirement.prefix(7) } == ["2012-12", "2012-12", "2012-12"])
    }

    @Test("Clear dates are read right, the others set aside with a fitting hint")
    func dates() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "dates.xlsx")
        #expect(
            try desk.people().map(\.retirement) == [
                "2012-12-03", "2012-12", "2012-12", "2012-12-01", "2012-12-01", "2012-12-01", "2012-12-03",
                "2012-12-03", "2012-12", "2012-12", "2012", "2012-12-03",
            ])
        #expect(
            delivered.setAside.map { "\($0.sheetRow) \($0.slug.split(separator: ".").last ?? "")" } == [
                "4 two-digit-year", "5 other-calendar", "7 other-calendar", "11 january-or-october",
                "14 two-digit-year", "15 day-or-month", "19 not-a-date", "20 no-such-day", "21 not-a-date",
            ])
    }

    @Test("Two birthdays are told to whoever verifies; who cannot have retired is set aside")
    func birthdays() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "birthdays.xlsx")
        #expect(delivered.setAside.map(\.slug) == ["roster.row.too-young", "roster.row.too-old"])
        #expect(delivered.noted.filter { $0.slug == "roster.row.birth-differs" }.map(\.sheetRow) == [2])
        let people = try desk.people()
        #expect(people.count == 2)
        #expect(people[0].fact("名册所填出生年月（与身份证号不一致）") == "1953-05")
        #expect(people[0].fact("请核实：出生年月")?.contains("不一致") == true)
        #expect(people[1].fact("名册所填出生年月（与身份证号不一致）") == nil)
    }
}
