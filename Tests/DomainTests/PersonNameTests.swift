import Domain
import FoundationEssentials
import Testing

@Suite struct PersonNameTests {
    @Test(
        "Names are brought into one form",
        arguments: [
            ("李明", "李明"), ("李 明", "李明"), ("李　　明", "李明"), ("　李明\n", "李明"), ("李\u{A0}明", "李明"),
            ("阿不都•热合曼", "阿不都·热合曼"), ("阿不都・热合曼", "阿不都·热合曼"), ("阿不都 · 热合曼", "阿不都·热合曼"),
            ("阿不都.热合曼", "阿不都·热合曼"), ("阿不都．热合曼", "阿不都·热合曼"), ("阿不都\u{2027}热合曼", "阿不都·热合曼"),
            ("John  Smith", "John Smith"), ("Ｊｏｈｎ Smith", "John Smith"), ("䶮𠮷", "䶮𠮷"), ("王〇一", "王〇一"),
            ("李", "李"), ("\u{E863}明", "\u{E863}明"), ("Ta A·李", "Ta A·李"),
        ])
    func normalising(written: String, name: String) throws {
        let result = try PersonName(validating: written).text
        #expect(Array(result.unicodeScalars) == Array(name.unicodeScalars))
        #expect(try PersonName(validating: result).text == result)
    }

    @Test(
        "What is no name is refused with its reason",
        arguments: [
            ("", "name.empty"), ("　 ", "name.empty"), ("·", "name.empty"), ("李明（大）", "name.wrong-character"),
            ("李明2", "name.wrong-character"), ("李明*", "name.wrong-character"), ("李明、王五", "name.wrong-character"),
            (String(repeating: "李", count: 51), "name.too-long"),
        ])
    func refusing(written: String, code: String) {
        let error = #expect(throws: DomainError.self) { try PersonName(validating: written) }
        #expect(error?.code == code)
        #expect(PersonName(written) == nil)
    }

    @Test("Search goes by single characters")
    func search() throws {
        #expect(try PersonName(validating: "阿不都·热合曼").searchCharacters == Array("阿不都热合曼"))
        #expect(try PersonName(validating: "李李").searchCharacters == ["李"])
        #expect(try PersonName(validating: "Ta Li").searchCharacters == ["t", "a", "l", "i"])
    }

    @Test("A masked name shows its first character")
    func masked() throws {
        #expect(try PersonName(validating: "李明华").masked == "李**")
        #expect(try PersonName(validating: "李").masked == "李*")
    }

    @Test("A name travels as text and is checked on arrival")
    func coding() throws {
        let names = [try PersonName(validating: "李明")]
        let data = try JSONEncoder().encode(names)
        #expect(String(decoding: data, as: UTF8.self) == #"["李明"]"#)
        #expect(try JSONDecoder().decode([PersonName].self, from: data) == names)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PersonName].self, from: Data(#"[""]"#.utf8)) }
    }
}
