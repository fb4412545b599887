import Contracts
import FoundationEssentials
import Testing

/// For each message one sample lies in Samples: `<name>.v<version>.json`, and `<name>.reply.v<version>.json` for what
/// answers it, unless that is `Done`. Further samples of the same message stand beside it: `<name>.v<version>.<what it
/// shows>.json`.
@Suite("Samples of every version of every message")
struct ContractSamplesTests {
    @Test("Every message has its samples", arguments: ContractSample.services)
    func complete(service: ServiceName) throws {
        let present = Set(try SampleFiles.names())
        let missing = ContractSample.expected(of: service).map { "\($0.stem).json" }.filter { !present.contains($0) }
        #expect(missing == [])
    }

    /// A field that the program does not know would be lost on the way.
    @Test("Every sample is read, and written again it says the same", arguments: ContractSample.services)
    func roundTrip(service: ServiceName) throws {
        for expected in ContractSample.expected(of: service) {
            for file in try SampleFiles.names(of: expected) {
                do {
                    let sample = try SampleFiles.content(file)
                    let again = try JSONDecoder().decode(JSONValue.self, from: expected.roundTrip(sample))
                    #expect(try again == JSONDecoder().decode(JSONValue.self, from: sample), "\(file)")
                } catch {
                    Issue.record(error, "\(file)")
                }
            }
        }
    }

    @Test("Every optional field is filled in one sample at least", arguments: ContractSample.services)
    func optionalFields(service: ServiceName) throws {
        var fields = OptionalFields()
        for expected in ContractSample.expected(of: service) {
            for file in try SampleFiles.names(of: expected) {
                fields.look(at: try expected.decode(SampleFiles.content(file)))
            }
        }
        #expect(fields.neverFilled == [])
    }

    @Test("Every file is the sample of some message")
    func noStrangers() throws {
        var known: Set<String> = []
        for service in ContractSample.services {
            for expected in ContractSample.expected(of: service) {
                known.formUnion(try SampleFiles.names(of: expected))
            }
        }
        #expect(try SampleFiles.names().filter { !known.contains($0) } == [])
    }

    @Test("The check itself: a field that the program does not know, or one never filled, is found")
    func check() throws {
        let value = try JSONDecoder().decode(FileWorkRows.self, from: Data(#"{"rows": [], "gone": 1}"#.utf8))
        let again = try JSONDecoder().decode(JSONValue.self, from: JSONCoding.canonical(value))
        #expect(again == .object(["rows": .array([])]))
        var fields = OptionalFields()
        fields.look(at: value)
        fields.look(at: MissingMaterial(classNumber: "1", title: "甲"))
        #expect(fields.neverFilled == ["FileWorkRows.next", "MissingMaterial.proof"])
        fields.look(at: [MissingMaterial(classNumber: "1", title: "甲", proof: "乙")])
        #expect(fields.neverFilled == ["FileWorkRows.next"])
    }
}
