import Contracts
import Support
import Testing

@testable import Archives

/// What released programs wrote into sealed columns, byte by byte.
@Suite("Stored JSON of the archives")
struct StoredSamplesTests {
    @Test("Contents of every version are read, and those of today are written as they lie in the sample")
    func contents() throws {
        let samples = try StoredSamples.read(FileContents.self)
        let first = try #require(samples.first).value
        #expect(first.catalogue.first == CatalogueEntry(classNumber: "1", title: "履历表", formedOn: "1980-07", pages: 4))
        #expect(first.catalogue.last?.remark == "复印件")
        #expect(first.missing.map(\.proof) == ["情况说明第1号", nil])
        #expect(first.returnReasons == ["目录与材料不符"])
        let latest = try #require(samples.last)
        #expect(try latest.value.stored() == latest.bytes)
    }
}
