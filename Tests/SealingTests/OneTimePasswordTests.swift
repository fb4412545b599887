import Sealing
import Testing

@Suite("One-time passwords")
struct OneTimePasswordTests {
    private let key = Array("12345678901234567890".utf8)

    @Test(
        "RFC 6238, appendix B, the rows of SHA-1",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func vectors(moment: Int64, code: String) {
        #expect(OneTimePassword.code(key: key, step: OneTimePassword.step(at: moment)) == code)
    }

    @Test("RFC 4226, appendix D: the first ten counters")
    func counters() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { OneTimePassword.code(key: key, step: $0) } == codes)
    }

    @Test("A code is good at its step and the ones beside it, once, and never as another text")
    func once() {
        let code = OneTimePassword.code(key: key, step: 100)
        func step(_ code: String, at step: Int64, after used: Int64 = 0) -> Int64? {
            OneTimePassword.step(of: code, key: key, at: step * 30, after: used)
        }
        #expect([99, 100, 101].map { step(code, at: $0) } == [100, 100, 100])
        #expect(step(code, at: 98) == nil && step(code, at: 102) == nil)
        #expect(step(code, at: 100, after: 100) == nil, "used")
        #expect(step("", at: 100) == nil && step(code + " ", at: 100) == nil && step("1234567", at: 100) == nil)
    }

    @Test("RFC 4648, section 10, without padding")
    func base32() {
        let words = ["", "f", "fo", "foo", "foob", "fooba", "foobar"]
        let texts = ["", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"]
        #expect(words.map { OneTimePassword.base32(Array($0.utf8)) } == texts)
    }
}
