import Domain
import FoundationEssentials
import Testing

@Suite struct UnifiedSocialCreditCodeTests {
    @Test("Right codes are taken in every way people write them")
    func valid() throws {
        #expect(try UnifiedSocialCreditCode("91350100M000100Y43").text == "91350100M000100Y43")
        #expect(try UnifiedSocialCreditCode(" 91350100m000100y43").text == "91350100M000100Y43")
        #expect(try UnifiedSocialCreditCode("９１１１００００７１０９２５０３２４").text == "911100007109250324")
    }

    @Test("Each fault has its own reason")
    func faults() {
        #expect(throws: CreditCodeError.emptyValue) { try UnifiedSocialCreditCode(" ") }
        #expect(throws: CreditCodeError.wrongLength) { try UnifiedSocialCreditCode("532529000001234") }
        #expect(throws: CreditCodeError.wrongCharacter(position: 9)) {
            try UnifiedSocialCreditCode("91350100I000100Y43")
        }
        #expect(throws: CreditCodeError.wrongCharacter(position: 1)) {
            try UnifiedSocialCreditCode("企1350100M000100Y43")
        }
        #expect(throws: CreditCodeError.wrongCheckCharacter(expected: "3")) {
            try UnifiedSocialCreditCode("91350100M000100Y44")
        }
    }

    @Test("Reasons carry a slug, a message and a hint")
    func words() {
        let errors: [CreditCodeError] = [
            .emptyValue, .wrongLength, .wrongCharacter(position: 9), .wrongCheckCharacter(expected: "Y"),
        ]
        #expect(Set(errors.map(\.slug)).count == errors.count)
        #expect(errors.allSatisfy { $0.slug.hasPrefix("credit-code.") && !$0.message.isEmpty && !$0.hint.isEmpty })
        #expect(CreditCodeError.wrongCheckCharacter(expected: "Y").hint.contains("Y"))
        #expect(CreditCodeError.wrongCharacter(position: 9).hint.contains("9"))
    }

    @Test("The code travels as text and is checked on arrival")
    func coding() throws {
        let code = try UnifiedSocialCreditCode("91350100M000100Y43")
        let data = try JSONEncoder().encode([code])
        #expect(String(decoding: data, as: UTF8.self) == #"["91350100M000100Y43"]"#)
        #expect(try JSONDecoder().decode([UnifiedSocialCreditCode].self, from: data) == [code])
        #expect(throws: CreditCodeError.wrongLength) {
            try JSONDecoder().decode([UnifiedSocialCreditCode].self, from: Data(#"["123"]"#.utf8))
        }
    }
}
