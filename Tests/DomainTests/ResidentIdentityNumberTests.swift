import Domain
import FoundationEssentials
import Testing

@Suite struct ResidentIdentityNumberTests {
    @Test(
        "Numbers with a right check character are taken",
        arguments: ["11010519491231002X", "440524188001010014", "34052419800101001X", "532529195512310028"])
    func valid(text: String) throws {
        #expect(try ResidentIdentityNumber(text).text == text)
    }

    @Test("Parts are read from the number")
    func parts() throws {
        let number = try ResidentIdentityNumber("532529195512310028")
        #expect(number.birthday.description == "1955-12-31")
        #expect(!number.isMale)
        #expect(number.areaCode == "532529")
        #expect(number.masked == "532***********0028")
        #expect("\(number)" == "532***********0028")
        #expect(try ResidentIdentityNumber("440524188001010014").isMale)
    }

    @Test("The ways people write the number all mean the same")
    func forms() throws {
        for written in [
            " 11010519491231002x ", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "'11010519491231002X",
            "\u{FEFF}11010519491231002X\r\n", "\u{3000}11010519491231002ｘ", "110105\u{200B}19491231002X",
        ] { #expect(try ResidentIdentityNumber(written).text == "11010519491231002X") }
        #expect(try ResidentIdentityNumber("110105491231002").text == "11010519491231002X")
    }

    @Test("Each fault has its own reason")
    func faults() {
        expect("", .emptyValue)
        expect(" \u{3000}", .emptyValue)
        expect("1101051949123100", .wrongLength)
        expect("1101051949123100200", .wrongLength)
        expect("11010519491231O02X", .notDigits)
        expect("1101051949123100X2", .notDigits)
        expect("11010549123100X", .notDigits)
        expect("身份证", .notDigits)
        expect("5.32529E+17", .scientificNotation)
        expect("5.32529195512e17", .scientificNotation)
        expect("５．３２５２９Ｅ＋１７", .scientificNotation)
        expect("532529195512310000", .scientificNotation)
        expect("532529195502300028", .wrongDate)
        expect("532529175512310028", .wrongDate)
        expect("532529550230002", .wrongDate)
        expect("532529195512310027", .wrongCheckCharacter(expected: "8"))
        expect("110105194912310021", .wrongCheckCharacter(expected: "X"))
    }

    @Test("Any single changed digit is noticed")
    func check() throws {
        let right = Array("532529195512310028")
        for position in right.indices {
            for digit in "0123456789" where digit != right[position] {
                var changed = right
                changed[position] = digit
                #expect((try? ResidentIdentityNumber(String(changed))) == nil)
            }
        }
    }

    @Test("Reasons carry a slug, a message and a hint, and never the number")
    func words() {
        let errors: [IdentityNumberError] = [
            .emptyValue, .wrongLength, .notDigits, .scientificNotation, .wrongDate, .wrongCheckCharacter(expected: "X"),
        ]
        #expect(Set(errors.map(\.slug)).count == errors.count)
        #expect(errors.allSatisfy { $0.slug.hasPrefix("identity-number.") && !$0.message.isEmpty && !$0.hint.isEmpty })
        #expect(IdentityNumberError.wrongCheckCharacter(expected: "X").hint.contains("X"))
    }

    @Test("The number travels as text and is checked on arrival")
    func coding() throws {
        let number = try ResidentIdentityNumber("11010519491231002X")
        let data = try JSONEncoder().encode([number])
        #expect(String(decoding: data, as: UTF8.self) == #"["11010519491231002X"]"#)
        #expect(try JSONDecoder().decode([ResidentIdentityNumber].self, from: data) == [number])
        #expect(throws: IdentityNumberError.wrongLength) {
            try JSONDecoder().decode([ResidentIdentityNumber].self, from: Data(#"["123"]"#.utf8))
        }
    }

    private func expect(
        _ text: String, _ error: IdentityNumberError, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try ResidentIdentityNumber(text) }
    }
}
