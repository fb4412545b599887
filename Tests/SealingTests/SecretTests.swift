import Sealing
import Testing

@Suite("Secret")
struct SecretTests {
    @Test("draws as many bytes as asked, and never the same")
    func random() {
        #expect(Secret.random(0) == [])
        #expect(Secret.random(33).count == 33)
        #expect(Set((0..<1000).map { _ in Secret.random(16) }).count == 1000)
        #expect(Set(Secret.random(10_000)).count == 256)
    }

    @Test("compares whole contents")
    func equal() {
        #expect(Secret.equal([], []))
        #expect(Secret.equal([1, 2], [1, 2]))
        #expect(!Secret.equal([1, 2], [1, 3]))
        #expect(!Secret.equal([1, 2], [1, 2, 0]))
        #expect(!Secret.equal([], [0]))
    }

    @Test("writes bytes as lowercase digits and reads either case")
    func hex() {
        let all = (0...255).map { UInt8($0) }
        let text = Hex.encode(all)
        #expect(text.hasPrefix("000102"))
        #expect(text.hasSuffix("fdfeff"))
        #expect(Hex.decode(text) == all)
        #expect(Hex.decode(text.uppercased()) == all)
        #expect(Hex.encode([]) == "")
        #expect(Hex.decode("") == [])
    }

    @Test(
        "refuses text that is not pairs of digits",
        arguments: ["0", "0g", "g0", " 00", "00 ", "０１", "0x00", "/0", ":0"])
    func notHex(text: String) { #expect(Hex.decode(text) == nil) }
}
