import Sealing
import Testing

@Suite("Sealer")
struct SealerTests {
    let sealer = Sealer(SealingKey.random())

    @Test("opens what it sealed, of any length", arguments: [0, 1, 15, 16, 17, 200, 100_000])
    func roundTrip(length: Int) throws {
        let plain = Secret.random(length)
        let sealed = sealer.seal(plain, purpose: "person.name")
        let step = length < 512 ? 64 : 256
        #expect((sealed.count - Sealer.overheadInBytes) % step == 0)
        #expect(sealed.count - Sealer.overheadInBytes - length <= step)
        #expect(sealed[0] == 2)
        #expect(try sealer.open(sealed, purpose: "person.name") == plain)
    }

    @Test("opens text as text")
    func text() throws {
        let sealed = sealer.seal("欧阳娜娜", purpose: "person.name")
        #expect(try sealer.openText(sealed, purpose: "person.name") == "欧阳娜娜")
        let code = code { _ = try sealer.openText(sealer.seal([0xff, 0xfe], purpose: "a"), purpose: "a") }
        #expect(code == .sealedNotText)
    }

    @Test("shows nothing of the content and never seals twice alike")
    func hidden() {
        let plain = Array("330106199001011234".utf8)
        let first = sealer.seal(plain, purpose: "person.number")
        let second = sealer.seal(plain, purpose: "person.number")
        #expect(first != second)
        #expect(first[17..<35] != second[17..<35])
        #expect(!String(decoding: first, as: UTF8.self).contains("19900101"))
    }

    @Test("refuses a value of which any single bit was changed")
    func everyBit() {
        let sealed = sealer.seal([1, 2, 3], purpose: "a.b")
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << bit
                let expected: SealingError.Code = index == 0 ? .sealedVersionUnknown : .sealedDamaged
                #expect(code { _ = try sealer.open(changed, purpose: "a.b") } == expected)
            }
        }
    }

    @Test("refuses a value that was cut short or lengthened")
    func lengths() {
        let sealed = sealer.seal([1, 2, 3], purpose: "a.b")
        #expect(code { _ = try sealer.open([], purpose: "a.b") } == .sealedTooShort)
        #expect(code { _ = try sealer.open(Array(sealed.prefix(48)), purpose: "a.b") } == .sealedTooShort)
        #expect(code { _ = try sealer.open(Array(sealed.dropLast()), purpose: "a.b") } == .sealedDamaged)
        #expect(code { _ = try sealer.open(sealed + [0], purpose: "a.b") } == .sealedDamaged)
    }

    @Test("refuses a value of another column or of another key")
    func bound() {
        let sealed = sealer.seal([1], purpose: "person.name")
        #expect(code { _ = try sealer.open(sealed, purpose: "person.number") } == .sealedDamaged)
        #expect(code { _ = try Sealer(.random()).open(sealed, purpose: "person.name") } == .sealedDamaged)
    }

    @Test("gives the same token for the same text and purpose under the same key only")
    func tokens() throws {
        let key = SealingKey.random()
        let token = Sealer(key).token("张三", purpose: "person.name")
        #expect(Sealer(key).token("张三", purpose: "person.name") == token)
        #expect(Sealer(key).token("张四", purpose: "person.name") != token)
        #expect(Sealer(key).token("张三", purpose: "person.former") != token)
        #expect(sealer.token("张三", purpose: "person.name") != token)
    }

    @Test("keeps the border between purpose and text")
    func border() {
        #expect(sealer.token("b", purpose: "a") != sealer.token("", purpose: "ab"))
        #expect(sealer.token("ab", purpose: "") != sealer.token("b", purpose: "a"))
    }

    @Test("spreads tokens over the whole range of integers")
    func spread() {
        let tokens = (0..<10_000).map { sealer.token("\($0)", purpose: "a") }
        #expect(Set(tokens).count == tokens.count)
        let negative = tokens.filter { $0 < 0 }.count
        #expect((4_500...5_500).contains(negative))
    }

    @Test("keeps its format: a value and a token written by an earlier program still serve")
    func format() throws {
        let sealer = Sealer(try SealingKey((0..<64).map { UInt8($0) }))
        let sealed = try #require(Hex.decode(Self.sealedByVersionOne))
        #expect(try sealer.openText(sealed, purpose: "person.name") == "张三")
        #expect(sealer.token("张三", purpose: "person.name") == Self.tokenByVersionOne)
    }

    /// Computed with another implementation of SM3, SM4 and HMAC (the `openssl` program) from the description of the
    /// format.
    static let sealedByVersionOne =
        "01f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff3d0fae16e4812757ce80cab1e732a1"
        + "ac4f63ba24ea0aded6e2c542168541efbc6ed9a9e5e216"
    static let tokenByVersionOne: Int64 = 1_794_233_985_333_031_758

    @Test("serves several threads at once")
    func threads() async {
        await withTaskGroup(of: Bool.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    (0..<300).allSatisfy { round in
                        let text = "\(worker)-\(round)"
                        let sealed = sealer.seal(text, purpose: "a")
                        return (try? sealer.openText(sealed, purpose: "a")) == text
                    }
                }
            }
            for await same in group { #expect(same) }
        }
    }
}

/// The code of the error that `work` ends with; nil when it ends well or with another error.
func code(_ work: () throws -> Void) -> SealingError.Code? {
    do {
        try work()
        return nil
    } catch { return (error as? SealingError)?.code }
}
