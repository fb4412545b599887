import Host
import Testing

@Suite("Stored JSON that grows")
struct StoredJSONTests {
    private struct Row: StoredJSON, Equatable {
        var name: String
        @Later var village: String
        @Later var children: [String]
        @Later var isVeteran: Bool
    }

    /// The same row with a field that nobody made `Later`.
    private struct Careless: StoredJSON {
        var name: String
        var village: String
    }

    private static let old = Array(#"{"name":"甲"}"#.utf8)

    @Test("A row that was written before a field is read with the field empty")
    func old() throws {
        #expect(try Row(stored: Self.old) == Row(name: "甲", village: "", children: [], isVeteran: false))
    }

    @Test("Written again, the field is there and comes back")
    func again() throws {
        let row = Row(name: "甲", village: "东门", children: ["乙"], isVeteran: true)
        #expect(
            try String(decoding: row.stored(), as: UTF8.self)
                == #"{"children":["乙"],"isVeteran":true,"name":"甲","village":"东门"}"#)
        #expect(try Row(stored: row.stored()) == row)
    }

    @Test("A damaged field is not taken for an absent one, and a careless field is what the samples find")
    func damage() {
        #expect(throws: DecodingError.self) { try Row(stored: Array(#"{"name":"甲","village":5}"#.utf8)) }
        #expect(throws: DecodingError.self) { try Careless(stored: Self.old) }
    }
}
