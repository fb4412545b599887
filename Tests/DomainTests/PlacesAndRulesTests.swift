import Domain
import FoundationEssentials
import Testing

@Suite struct TownshipTests {
    @Test("The county has five towns and eight townships")
    func all() {
        #expect(Township.all.count == 13)
        #expect(Township.all.filter { $0.kind == .town }.count == 5)
        #expect(Township.all.allSatisfy { $0.code.hasPrefix(Township.countyCode) && $0.code.count == 9 })
        #expect(Township.all.allSatisfy { $0.name.hasSuffix($0.kind == .town ? "镇" : "乡") })
        #expect(Township.all == Township.all.sorted())
        #expect(Set(Township.all.map(\.code)).count == 13)
    }

    @Test(
        "A township is found by the ways people write it",
        arguments: [
            "532529102", "甲寅镇", "甲寅", "甲寅乡", "红河县甲寅镇", "红河县甲寅", "云南省红河州红河县甲寅镇",
            "云南省红河哈尼族彝族自治州红河县甲寅镇", "甲寅镇人民政府", "甲寅镇政府", " 甲 寅 镇　", "５３２５２９１０２",
        ])
    func finding(text: String) {
        #expect(Township.find(text)?.name == "甲寅镇")
    }

    @Test("Every township is found by each of its names, and others by none")
    func others() {
        for township in Township.all {
            for text in [township.code, township.name, township.shortName, "红河县" + township.name] {
                #expect(Township.find(text) == township)
            }
        }
        for text in ["", "镇", "红河县", "弥勒市甲寅镇", "532529199", "甲寅镇他撒村"] { #expect(Township.find(text) == nil) }
    }

    @Test("A township travels as its code")
    func coding() throws {
        let data = try JSONEncoder().encode([Township.all[1]])
        #expect(String(decoding: data, as: UTF8.self) == #"["532529102"]"#)
        #expect(try JSONDecoder().decode([Township].self, from: data) == [Township.all[1]])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Township].self, from: Data(#"["532529999"]"#.utf8))
        }
    }
}

@Suite struct HealthRecordNumberTests {
    @Test("A number is put together and taken apart")
    func parts() throws {
        let township = try #require(Township.find("甲寅镇"))
        let number = try #require(HealthRecordNumber(township: township, village: 101, sequence: 42))
        #expect(number.text == "53252910210100042")
        #expect(number.grouped == "532529-102-101-00042")
        #expect(number.countyCode == "532529")
        #expect(number.townshipCode == "532529102")
        #expect(number.township == township)
        #expect((number.village, number.sequence) == (101, 42))
        #expect(try HealthRecordNumber(validating: " 532529-102-101-00042") == number)
        #expect(try HealthRecordNumber(validating: "11010500100100001").township == nil)
        #expect(HealthRecordNumber(township: township, village: 0, sequence: 1) == nil)
        #expect(HealthRecordNumber(township: township, village: 1000, sequence: 1) == nil)
        #expect(HealthRecordNumber(township: township, village: 1, sequence: 0) == nil)
        #expect(HealthRecordNumber(township: township, village: 1, sequence: 100_000) == nil)
    }

    @Test(
        "A wrong number is refused with its reason",
        arguments: [
            ("", "health-record-number.empty"), ("5325291021010004", "health-record-number.wrong-length"),
            ("5325291021010004X", "health-record-number.not-digits"),
            ("53252910200000042", "health-record-number.no-sequence"),
            ("53252910210100000", "health-record-number.no-sequence"),
        ])
    func refusing(text: String, code: String) {
        let error = #expect(throws: DomainError.self) { try HealthRecordNumber(validating: text) }
        #expect(error?.code == code)
        #expect(HealthRecordNumber(text) == nil)
    }

    @Test("A number travels as text")
    func coding() throws {
        let numbers = [try HealthRecordNumber(validating: "53252910210100042")]
        let data = try JSONEncoder().encode(numbers)
        #expect(String(decoding: data, as: UTF8.self) == #"["53252910210100042"]"#)
        #expect(try JSONDecoder().decode([HealthRecordNumber].self, from: data) == numbers)
    }
}

@Suite struct ArticleTests {
    @Test("Articles are cited as officials write them")
    func citing() throws {
        #expect(Article(number: 12, paragraph: 3)?.citation == "第十二条（三）")
        #expect(Article(number: 4)?.citation == "第四条")
        #expect(Article(number: 20)?.citation == "第二十条")
        #expect(Article(number: 12, paragraph: 3)?.fullCitation == "红政办规〔2020〕6号第十二条（三）")
        #expect(Article.effectiveDay.description == "2020-07-31")
    }

    @Test("Text is strict and gives itself back")
    func text() throws {
        for right in ["12(3)", "1", "99(99)"] { #expect(Article(right)?.description == right) }
        for wrong in ["", "12()", "12(3", "12(3)(4)", "012", "12(03)", "0", "100", "12(0)", "12(100)", "12（3）", "(3)"] {
            #expect(Article(wrong) == nil)
        }
        #expect(Article(number: 0) == nil)
        #expect(Article(number: 100) == nil)
        #expect(Article(number: 1, paragraph: 0) == nil)
        #expect(try #require(Article("12")) < #require(Article("12(1)")))
        #expect(try #require(Article("9(9)")) < #require(Article("12")))
    }

    @Test("An article travels as text")
    func coding() throws {
        let articles = [try #require(Article("12(3)"))]
        let data = try JSONEncoder().encode(articles)
        #expect(String(decoding: data, as: UTF8.self) == #"["12(3)"]"#)
        #expect(try JSONDecoder().decode([Article].self, from: data) == articles)
    }
}

@Suite struct ChineseNumeralTests {
    @Test(
        "Numbers are spelled in everyday and capital numerals",
        arguments: [
            (0, "零", "零"), (7, "七", "柒"), (10, "十", "壹拾"), (12, "十二", "壹拾贰"), (20, "二十", "贰拾"),
            (99, "九十九", "玖拾玖"), (90, "九十", "玖拾"), (100, "一百", "壹佰"), (105, "一百零五", "壹佰零伍"),
            (110, "一百一十", "壹佰壹拾"), (1001, "一千零一", "壹仟零壹"), (1010, "一千零一十", "壹仟零壹拾"),
            (9999, "九千九百九十九", "玖仟玖佰玖拾玖"),
        ])
    func spelling(number: Int, everyday: String, capital: String) {
        #expect(ChineseNumerals.everyday(number) == everyday)
        #expect(ChineseNumerals.capital(number) == capital)
    }

    @Test("Numbers out of range have no spelling")
    func range() {
        #expect(ChineseNumerals.everyday(-1) == nil)
        #expect(ChineseNumerals.capital(10_000) == nil)
    }
}

@Suite struct TextFormTests {
    @Test("Full-width forms are narrowed, brackets only where asked")
    func narrowing() {
        #expect(TextForm.narrowingLettersAndDigits("甲寅镇（１２号Ａ）") == "甲寅镇（12号A）")
        #expect(TextForm.narrowing("（１２）￥") == "(12)¥")
        #expect(TextForm.narrowing("plain") == "plain")
    }

    @Test("Blanks of every kind are trimmed or removed")
    func blanks() {
        #expect(TextForm.trimming("\u{FEFF} \u{3000}李 明\r\n") == "李 明")
        #expect(TextForm.trimming(" \t") == "")
        #expect(TextForm.trimming("") == "")
        #expect(TextForm.removingBlanks("李\u{200B}\r\n 明") == "李明")
    }
}
