import Domain
import FoundationEssentials
import Testing

@Suite struct MoneyTests {
    @Test(
        "Amounts are read as people write them",
        arguments: [
            ("1234.5", 123_450), ("1,234.50", 123_450), ("￥1234.50元", 123_450), ("¥1,234,567.89", 123_456_789),
            ("１２３４．５０", 123_450), (" 12 元 ", 1200), ("0.01", 1), ("-5.00", -500), ("￥-5", -500), ("-￥5", -500),
            ("1234.500", 123_450), ("007", 700), ("1，234.50", 123_450), ("0", 0),
            ("92233720368547758.07", Int64.max), ("-92233720368547758.08", Int64.min),
        ] as [(String, Int64)])
    func reading(text: String, fen: Int64) throws {
        #expect(try Money(text).amountInFen == fen)
    }

    @Test(
        "What is no amount is refused with its reason",
        arguments: [
            ("", "money.empty"), (" ", "money.empty"), ("abc", "money.not-a-number"), ("1,23", "money.not-a-number"),
            ("1234,567", "money.not-a-number"), (",123", "money.not-a-number"), ("1.2.3", "money.not-a-number"),
            ("1.", "money.not-a-number"), (".5", "money.not-a-number"), ("--5", "money.not-a-number"),
            ("-￥-5", "money.not-a-number"), ("5万元", "money.not-a-number"), ("元", "money.not-a-number"),
            ("1e5", "money.not-a-number"), ("1.005", "money.too-precise"),
            ("92233720368547758.08", "money.too-large"), ("99999999999999999999", "money.too-large"),
        ])
    func refusing(text: String, code: String) {
        let error = #expect(throws: DomainError.self) { try Money(text) }
        #expect(error?.code == code)
        #expect(error?.message.isEmpty == false)
    }

    @Test("Amounts are written with separators, or plainly")
    func writing() {
        #expect(Money(amountInFen: 123_450).description == "1,234.50")
        #expect(Money(amountInFen: -123_456_789).description == "-1,234,567.89")
        #expect(Money(amountInFen: 5).description == "0.05")
        #expect(Money(amountInFen: 99_999).description == "999.99")
        #expect(Money(amountInFen: 123_450).plain == "1234.50")
        #expect(Money(amountInFen: .min).description == "-92,233,720,368,547,758.08")
    }

    @Test("Written amounts are read back")
    func roundTrip() throws {
        for fen in [Int64.min, -101, -1, 0, 1, 99, 100, 123_456_789, .max] {
            let money = Money(amountInFen: fen)
            #expect(try Money(money.description) == money)
            #expect(try Money(money.plain) == money)
        }
    }

    @Test("Sums that do not fit are refused, not trapped")
    func overflow() throws {
        let largest = Money(amountInFen: .max)
        let one = Money(amountInFen: 1)
        #expect(try one.adding(one).amountInFen == 2)
        #expect(try one.subtracting(largest).amountInFen == 2 - Int64.max - 1)
        #expect(try Money.sum([one, one, one]).amountInFen == 3)
        let errors = [
            #expect(throws: DomainError.self) { try largest.adding(one) },
            #expect(throws: DomainError.self) { try Money(amountInFen: .min).subtracting(one) },
            #expect(throws: DomainError.self) { try Money.sum([largest, one]) },
            #expect(throws: DomainError.self) { try largest.multiplied(byNumerator: 2, denominator: 1) },
        ]
        #expect(errors.allSatisfy { $0?.code == "money.too-large" })
    }

    @Test("Products are exact and rounded half up once")
    func products() throws {
        // Dues of 0.5 % on 4,321.00 yuan are 21.605 yuan.
        #expect(try Money(amountInFen: 432_100).multiplied(byNumerator: 5, denominator: 1000).amountInFen == 2161)
        #expect(try Money(amountInFen: 1).multiplied(byNumerator: 1, denominator: 2).amountInFen == 1)
        #expect(try Money(amountInFen: 1).multiplied(byNumerator: 49, denominator: 100).amountInFen == 0)
        #expect(try Money(amountInFen: -1).multiplied(byNumerator: 1, denominator: 2).amountInFen == -1)
        #expect(try Money(amountInFen: .max).multiplied(byNumerator: .max, denominator: .max).amountInFen == .max)
        #expect(try Money(amountInFen: .min).multiplied(byNumerator: .max, denominator: .max).amountInFen == .min)
        // 47,066 yuan a year ÷ 12, twice and nine times: 43,143.83 in all.
        let yearly = Money(amountInFen: 4_706_600)
        #expect(try yearly.multiplied(byNumerator: 11, denominator: 12).description == "43,143.83")
        let error = #expect(throws: DomainError.self) { try yearly.multiplied(byNumerator: 1, denominator: 0) }
        #expect(error?.code == "money.no-denominator")
    }

    @Test("Money travels as a whole number of fen")
    func coding() throws {
        let data = try JSONEncoder().encode([Money(amountInFen: 123)])
        #expect(String(decoding: data, as: UTF8.self) == "[123]")
        #expect(try JSONDecoder().decode([Money].self, from: data) == [Money(amountInFen: 123)])
        #expect(throws: (any Error).self) { try JSONDecoder().decode([Money].self, from: Data("[1.5]".utf8)) }
    }
}
