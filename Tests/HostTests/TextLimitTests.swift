import Contracts
import Domain
import Support
import Testing

@testable import Host

@Suite("Texts that are too long")
struct TextLimitTests {
    private func offender(_ json: String, _ longest: Int = 10) -> String? {
        TextLimit(Array(json.utf8), longestInCharacters: longest).offender()
    }

    @Test(
        "are found wherever they stand, and the member is named",
        arguments: [
            (#"{"branch":"12345678901"}"#, "branch"), (#"{"a":{"reasons":["short","12345678901"]}}"#, "reasons"),
            (#"{"a" : "一二三四五六七八九十一"}"#, "a"), (#"{"x":1,"b":"\"\"\"\"\"\"\"\"\"\"\""}"#, "b"),
            (#"["12345678901"]"#, ""), (#"{"b":"12345678901"#, "b"),
        ])
    func found(json: String, member: String) {
        #expect(offender(json) == member)
    }

    @Test(
        "and nothing else is: characters count, not bytes; escapes are one; names of members may be long",
        arguments: [
            #"{"branch":"1234567890"}"#, #"{"a":"一二三四五六七八九十"}"#, #"{"a":"\u4e00\u4e00\u4e00\n\n\n\n\n\n\n"}"#,
            #"{"aVeryLongNameOfAMember":"short"}"#, "{}", "", "\"", "\\", #"{"a":12345678901234567890}"#,
        ])
    func fits(json: String) {
        #expect(offender(json) == nil)
    }

    @Test("are refused before anything is decided, whatever message it is")
    func refused() throws {
        let bench = try ServiceBench<Follower>()
        let long = ReturnFile(person: PersonID(1), reasons: [String(repeating: "缺", count: 4001)])
        let refusal = try bench.refusal(of: long, as: .archivist)
        #expect(refusal?.slug == "request.text-too-long" && refusal?.details == ["reasons：最多 4000 字"])
        let fitting = ReturnFile(person: PersonID(1), reasons: [String(repeating: "缺", count: 4000)])
        #expect(try bench.refusal(of: fitting, as: .archivist) == nil)
    }
}
