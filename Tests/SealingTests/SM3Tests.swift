import Sealing
import Testing

@Suite("SM3")
struct SM3Tests {
    @Test("gives the digests of GB/T 32905-2016, appendix A")
    func knownAnswers() {
        let short = SM3.digest(Array("abc".utf8))
        #expect(Hex.encode(short) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        let long = SM3.digest(Array(String(repeating: "abcd", count: 16).utf8))
        #expect(Hex.encode(long) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test("digests nothing at all")
    func empty() {
        let expected = "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"
        #expect(Hex.encode(SM3.digest([])) == expected)
        #expect(Hex.encode(SM3.digest(of: [])) == expected)
        #expect(Hex.encode(SM3.digest(of: [[], []])) == expected)
    }

    @Test("gives the same digest however the content is cut")
    func pieces() {
        let whole = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let expected = SM3.digest(whole)
        for cut in [1, 63, 64, 65, 999] {
            let pieces = [Array(whole[..<cut]), Array(whole[cut...])]
            #expect(SM3.digest(of: pieces) == expected)
            var hasher = SM3Hasher()
            hasher.update(pieces[0])
            pieces[1].withUnsafeBytes { hasher.update($0) }
            #expect(hasher.finish() == expected)
        }
    }

    @Test("starts anew after finish")
    func reuse() {
        var hasher = SM3Hasher()
        hasher.update([1, 2, 3])
        _ = hasher.finish()
        hasher.update(Array("abc".utf8))
        #expect(hasher.finish() == SM3.digest(Array("abc".utf8)))
    }

    @Test("keeps threads apart")
    func threads() async {
        let expected = (0..<64).map { SM3.digest([UInt8($0)]) }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<2000).allSatisfy { SM3.digest([UInt8($0 % 64)]) == expected[$0 % 64] }
                }
            }
            for await same in group { #expect(same) }
        }
    }
}
