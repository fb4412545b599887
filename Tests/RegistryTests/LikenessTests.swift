import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("People whom an earlier release registered")
struct LikenessTests {
    @Test("get a token of name and birthday, and names of radicals become the usual characters and are found")
    func earlier() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1, ["name": "金明"]), RegistryBench.row(2, ["name": "白玉"])])
        let sealer = bench.tools.sealer
        try bench.core.store.commit { transaction in
            let sealed = try transaction.first("SELECT details FROM person WHERE id = 1") { try $0.blob(0) } ?? []
            var details = try PersonDetails(
                stored: RegistrySealed.details.open(sealed, row: 1, with: sealer, in: transaction))
            details.name = "\u{F90A}明"
            try transaction.execute(
                "UPDATE person SET details = ?, likeness = NULL WHERE id = 1",
                RegistrySealed.details.seal(details.stored(), row: 1, with: sealer))
            try transaction.execute(
                "UPDATE name_token SET token = ? WHERE token = ? AND person = 1",
                sealer.token("\u{F90A}", purpose: "name"), sealer.token("金", purpose: "name"))
            // As the migration does in a store with people.
            try transaction.execute(Likenesses.begin)
        }
        func found() throws -> Int {
            try bench.ask(SearchPersons(text: "金明", limit: 10), as: .humanResources).rows.count
        }
        #expect(try found() == 0)
        _ = try bench.finish()
        #expect(try found() == 1)
        let missing = try bench.core.store.commit {
            try $0.scalar("SELECT count(*) FROM person WHERE likeness IS NULL")
        }
        #expect(missing == 0)
        let name = try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources).row.name
        #expect(Array(name.unicodeScalars) == Array("金明".unicodeScalars))
    }
}
