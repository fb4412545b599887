import Testing

@testable import Web

@Suite("Decoding")
struct DecodingTests {
    private func pieces(
        _ body: [UInt8], boundary: String, cutAt cuts: [Int]
    ) throws(WebProblem) -> (parts: [(head: [WebField], content: [UInt8])], isComplete: Bool) {
        var parser = try MultipartParser(boundary: boundary)
        var parts: [(head: [WebField], content: [UInt8])] = []
        var openParts = 0
        var start = 0
        for end in cuts + [body.count] {
            let chunk = Array(body[start..<end])
            var problem: WebProblem?
            chunk.withUnsafeBytes { bytes in
                do throws(WebProblem) {
                    try parser.feed(bytes) { (piece: MultipartParser.Piece) throws(WebProblem) in
                        switch piece {
                        case .begin(let head):
                            parts.append((head, []))
                            openParts += 1
                        case .content(let content): parts[parts.count - 1].content += Array(content)
                        case .end: openParts -= 1
                        }
                    }
                } catch { problem = error }
            }
            if let problem { throw problem }
            start = end
        }
        return (parts, parser.isComplete && openParts == 0)
    }

    private let body = Array(
        ("preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b\t \r\n"
            + "content-disposition:form-data; name=\"a\"\r\nX: y\r\n\r\n\r\n--\r\n--c\r\r\n-\r\n--b"
            + "\r\nContent-Disposition: form-data; name=\"三\"\r\n\r\n三\r\n\r\n--b--\r\nepilogue").utf8)

    private func check(cutAt cuts: [Int]) throws {
        let (parts, isComplete) = try pieces(body, boundary: "b", cutAt: cuts)
        #expect(isComplete)
        #expect(parts.map(\.content) == [[], Array("\r\n--\r\n--c\r\r\n-".utf8), Array("三\r\n".utf8)])
        #expect(parts[1].head == [WebField("content-disposition", "form-data; name=\"a\""), WebField("x", "y")])
    }

    @Test("a multipart body reads the same wherever it is cut in two, and byte by byte")
    func cuts() throws {
        for cut in 0...body.count { try check(cutAt: [cut]) }
        try check(cutAt: Array(1..<body.count))
    }

    @Test("a multipart body cut short anywhere is never complete, and never crashes")
    func cutShort() {
        let end = body.count - Array("\r\nepilogue".utf8).count
        for count in 0..<end {
            let result = try? pieces(Array(body[..<count]), boundary: "b", cutAt: [])
            #expect(result?.isComplete != true)
        }
    }

    @Test("random bytes around boundaries never crash the parser and come out whole")
    func randomContents() throws {
        var generator = SplitMix(state: 7)
        for _ in 0..<300 {
            let alphabet = Array("\r\n-bx".utf8)
            var content = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator)!
            }
            // The boundary itself cannot be part of a content.
            while let position = content.indices.first(where: { content[$0...].starts(with: Array("\r\n--b".utf8)) }) {
                content[position] = 120
            }
            let body = Array("--b\r\nA: b\r\n\r\n".utf8) + content + Array("\r\n--b--".utf8)
            let cuts = (0..<3).map { _ in Int.random(in: 0...body.count, using: &generator) }.sorted()
            let (parts, isComplete) = try pieces(body, boundary: "b", cutAt: cuts)
            #expect(isComplete)
            #expect(parts.map(\.content) == [content])
        }
    }

    @Test("a head of a part that does not end is refused, as are boundaries that RFC 2046 forbids")
    func endlessHead() {
        let endless = Array("--b\r\n\(String(repeating: "A: b\r\n", count: 2000))".utf8)
        #expect(throws: WebProblem.formMalformed) { try pieces(endless, boundary: "b", cutAt: []) }
        for boundary in ["", String(repeating: "b", count: 71), "三", "a\u{0}"] {
            #expect(throws: WebProblem.formMalformed) { try pieces([], boundary: boundary, cutAt: []) }
        }
    }

    @Test("header parameters, quoted and plain")
    func parameters() {
        let values = HeaderParameters(
            "form-data; name=\"a;b\"; Filename = x; filename=\"q\\\"\\\\\\z三\" ; x=1;y;x=2; z=\"open")
        #expect(values["name"] == "a;b")
        #expect(values["filename"] == "q\"\\\\z三")
        #expect(values["x"] == "1")
        #expect(values["y"] == nil)
        #expect(values["z"] == "open")
        #expect(HeaderParameters("")["a"] == nil)
        #expect(HeaderParameters(";;;=;")["a"] == nil)
    }

    @Test("percent-encoding there and back for all of Unicode's corners")
    func percent() {
        for text in ["", "张三", "a b+c%", "\u{7F}\u{1}", "🀄️", "~._-"] {
            let encoded = PercentCoding.encode(text, keeps: PercentCoding.isUnreserved)
            #expect(encoded.utf8.allSatisfy { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "%") })
            #expect(PercentCoding.decode(encoded.utf8, plusIsSpace: true) == text)
        }
        #expect(PercentCoding.decode("a+b".utf8, plusIsSpace: false) == "a+b")
        for broken in ["%", "%1", "%g0", "%0g", "%C3", "%C3%28", "%ED%A0%80", "%00"] {
            #expect(PercentCoding.decode(broken.utf8, plusIsSpace: false) == nil)
        }
    }

    @Test("queries: empty names, values with equals signs, empty pairs")
    func queries() throws {
        let fields = try FormCoding.decode(Array("a=1=2&&=x&b&c=".utf8), fieldLimit: 9)
        #expect(fields == [WebField("a", "1=2"), WebField("", "x"), WebField("b", ""), WebField("c", "")])
        #expect(throws: WebProblem.tooManyFields(limit: 1)) { try FormCoding.decode(Array("a&b".utf8), fieldLimit: 1) }
    }

    @Test("paths keep empty parts apart: /a/ and //a are other addresses than /a")
    func paths() throws {
        #expect(try RequestTarget(Array("/".utf8), fieldLimit: 9).segments == [])
        #expect(try RequestTarget(Array("/a/".utf8), fieldLimit: 9).segments == ["a", ""])
        let double = try RequestTarget(Array("//a?x#y".utf8), fieldLimit: 9)
        #expect(double.segments == ["", "a"])
        #expect(double.path == "//a")
        #expect(try RequestTarget(Array("/a..b/...".utf8), fieldLimit: 9).path == "/a..b/...")
        #expect(WebRequest(path: "/a/").segments == ["a", ""])
        #expect(WebRequest(path: "/").segments == [])
    }

    @Test("the library's messages are kept without what a client sent")
    func messages() {
        let safe = ServerLog.withoutQuotedValues(Array("Error in `%s': %s, `%s' %u\n".utf8))
        #expect(String(decoding: safe, as: UTF8.self) == "Error in `%.0s': %s, `%.0s' %u\n")
    }
}

/// A small generator with a seed, so that a failure repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
