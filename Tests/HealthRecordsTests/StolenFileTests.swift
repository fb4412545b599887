import Contracts
import Domain
import Sealing
import Store
import Support
import Testing

@testable import HealthRecords

/// What somebody learns of findings who has the store's file (a backup, a stolen disk) and not the key.
@Suite("A stolen file")
struct StolenFileTests {
    /// All that a dictionary of findings would try: the request as the gateway sends it, with each possible answer.
    private func candidates(_ person: PersonID) throws -> [[UInt8]] {
        try ["A 型", "B 型", "O 型", "AB 型"].flatMap { type in
            try [[], ["高血压"], ["糖尿病"], ["高血压", "糖尿病"]].map { diseases in
                try JSONCoding.bytes(OpenRecord.sample(person, bloodType: type, diseases: diseases))
            }
        }
    }

    @Test("A dictionary of findings meets no digest and no answer in the file")
    func dictionary() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        try bench.execute(OpenRecord.sample(person, bloodType: "O 型", diseases: ["糖尿病"]), as: .doctor)
        let stored = try bench.core.store.commit {
            try $0.rows("SELECT request_digest, body FROM command_results") { (try $0.integer(0), try $0.blob(1)) }
        }
        let (digest, body) = try #require(stored.first)
        #expect(stored.count == 1 && body.first != UInt8(ascii: "{"), "the answer lies sealed")
        let stranger = Sealer(SealingKey.random())
        for candidate in try candidates(person) {
            let version = withUnsafeBytes(of: UInt32(OpenRecord.version).bigEndian) { Array($0) }
            let parts = [Array(OpenRecord.name.utf8), [0], version, candidate]
            let plain = SM3.digest(of: parts).prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            #expect(Int64(bitPattern: plain) != digest, "as earlier releases made it")
            #expect(stranger.token(of: parts, purpose: "host.command") != digest)
        }
    }

    @Test("The length of what is sealed does not tell the ill from the healthy")
    func lengths() throws {
        let bench = try HealthRecordsBench()
        let diseases: [[String]] = [[], ["高血压"], ["慢性阻塞性肺疾病"]]
        for (index, diseases) in diseases.enumerated() {
            let person = try bench.person(Int64(index + 1))
            try bench.execute(OpenRecord.sample(person, diseases: diseases), as: .doctor)
        }
        let lengths = try bench.core.store.commit {
            try $0.rows("SELECT length(findings) FROM record") { try $0.integer(0) }
        }
        #expect(lengths.count == 3 && Set(lengths).count == 1, "\(lengths)")
    }
}
