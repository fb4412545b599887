import Contracts
import Domain
import Host
import Support
import Testing

@testable import Registry

@Suite("What is sealed is bound to its row")
struct BoundSealsTests {
    private static func bench() throws -> RegistryBench {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1), RegistryBench.row(2), RegistryBench.row(3, ["name": ""])])
        return bench
    }

    private static func refusal(_ person: Int64, _ bench: RegistryBench) throws -> Refusal? {
        try bench.refusal(of: GetPerson(person: PersonID(person)), as: .humanResources)
    }

    @Test("Two people's data that somebody swapped in the file no longer open")
    func swapped() throws {
        let bench = try Self.bench()
        #expect(try Self.refusal(1, bench) == nil)
        try bench.core.store.commit { transaction in
            let first = try transaction.first("SELECT details FROM person WHERE id = 1") { try $0.blob(0) }
            let second = try transaction.first("SELECT details FROM person WHERE id = 2") { try $0.blob(0) }
            try transaction.execute("UPDATE person SET details = ? WHERE id = 1", second ?? [])
            try transaction.execute("UPDATE person SET details = ? WHERE id = 2", first ?? [])
        }
        for person in [Int64(1), 2] { #expect(try Self.refusal(person, bench) == CommonRefusal.internalFault) }
    }

    @Test("Values of an earlier release open until all are bound, and not any more then")
    func earlier() throws {
        let bench = try Self.bench()
        let sealer = bench.tools.sealer
        let details = try bench.core.store.commit { transaction in
            try transaction.rows("SELECT id, details FROM person ORDER BY id") { row in
                try sealer.open(row.blob(1), purpose: "person.details:\(row.integer(0))")
            }
        }
        let former = details.map { sealer.seal($0, purpose: "person.details") }
        let original = sealer.seal(try JSONCoding.bytes(["", "1"]), purpose: "set-aside.original")
        func putBack(_ bench: RegistryBench) throws {
            try bench.core.store.commit { transaction in
                for (index, sealed) in former.enumerated() {
                    try transaction.execute("UPDATE person SET details = ? WHERE id = ?", sealed, index + 1)
                }
                try transaction.execute("UPDATE set_aside SET original = ?", original)
            }
        }
        try putBack(bench)
        #expect(try Self.refusal(1, bench) == CommonRefusal.internalFault)
        // As the migration does in a store that holds such values.
        try bench.core.store.commit { try $0.execute(SealedColumn.begin(ifAnyIn: ["person"], as: .registry)) }
        #expect(try Self.refusal(1, bench) == nil)
        #expect(
            try bench.ask(GetSetAside(roster: 1, limit: 10), as: .enterprise()).rows.map(\.original) == [["", "1"]])
        try bench.finish()
        for person in [Int64(1), 2] { #expect(try Self.refusal(person, bench) == nil) }
        #expect(
            try bench.ask(GetSetAside(roster: 1, limit: 10), as: .enterprise()).rows.map(\.original) == [["", "1"]])
        let bound = try bench.core.store.commit { transaction in
            try transaction.rows("SELECT id, details FROM person ORDER BY id") { row in
                try sealer.open(row.blob(1), purpose: "person.details:\(row.integer(0))")
            }
        }
        #expect(bound == details)
        try putBack(bench)
        #expect(try Self.refusal(1, bench) == CommonRefusal.internalFault)
    }

    @Test("What is corrected at the door and what a township writes is bound as well, and read again")
    func all() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        try bench.execute(
            ConfirmPerson(
                person: person, method: .delegate, delegate: "李四",
                corrections: [Correction(field: .telephone, value: "13800000000")]), as: .township())
        let record = try bench.ask(GetPerson(person: person), as: .township())
        #expect(record.delegate == "李四" && record.corrections.map(\.after) == ["13800000000"])
        try bench.core.store.commit { transaction in
            try transaction.execute("UPDATE correction SET after = before")
        }
        #expect(
            try bench.refusal(of: GetPerson(person: person), as: .township()) == CommonRefusal.internalFault)
    }
}
