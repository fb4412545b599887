import Contracts
import Domain
import Support
import Testing

@testable import Registry

/// What released programs wrote into sealed columns, byte by byte.
@Suite("Stored JSON of the registry")
struct StoredSamplesTests {
    @Test("Details of every version are read, and those of today are written as they lie in the sample")
    func details() throws {
        let samples = try StoredSamples.read(PersonDetails.self)
        let first = try #require(samples.first).value
        #expect(first.name == "测试甲" && first.identityNumber == "532529196003120016")
        #expect(first.birthday == CalendarDay("1960-03-12"))
        #expect(first.basicPensionInFen == 312_345)
        #expect(first.community == "迤萨社区" && first.scopeReason == "第三条（一）")
        #expect(samples.map(\.value.remark) == ["", "随子女住昆明"])
        let latest = try #require(samples.last)
        #expect(try latest.value.stored() == latest.bytes)
    }

    @Test("What was said of a roster's file")
    func notes() throws {
        let sample = try #require(try StoredSamples.read(RosterNotes.self).first)
        #expect(sample.value.notes.map(\.slug) == ["roster.note.unused-columns"])
        #expect(try sample.value.stored() == sample.bytes)
    }

    @Test("A roster's headings and a row as it was set aside")
    func texts() throws {
        let sample = try #require(try StoredSamples.read([String].self, named: "Texts").first)
        #expect(sample.value == ["姓名", "身份证号", ""])
        #expect(try sample.value.stored() == sample.bytes)
    }
}
