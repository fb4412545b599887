import Support
import Testing

@testable import HealthRecords

/// What released programs wrote into sealed columns, byte by byte.
@Suite("Stored JSON of health records")
struct StoredSamplesTests {
    @Test("Findings of every version are read, and those of today are written as they lie in the sample")
    func findings() throws {
        let samples = try StoredSamples.read(HealthFindings.self)
        #expect(
            samples.first?.value
                == HealthFindings(bloodType: "O", allergies: "青霉素", chronicDiseases: ["高血压", "糖尿病"]))
        let latest = try #require(samples.last)
        #expect(try latest.value.stored() == latest.bytes)
    }
}
