import Contracts
import Domain
import Support
import Testing

@testable import Archives
@testable import Host

@Suite("Who looked, for the data protection officer")
struct LookedListTests {
    private static let officer = Officer(user: "xinxi", role: .dataProtection)

    private func list(_ bench: ServiceBench<Archives>, _ query: ListLooked, as officer: Officer = officer) throws
        -> LookedRows
    {
        let body = try bench.ask(ListLooked.name, ListLooked.version, JSONCoding.bytes(query), officer, nil)
        return try JSONCoding.value(LookedRows.self, from: body)
    }

    private func look(_ bench: ServiceBench<Archives>, _ user: String, at people: ClosedRange<Int64>) throws {
        let note = NoteLooked(
            user: user, role: .archives, message: "archives.file.get",
            subjects: people.map { PersonID($0).key }, proof: "9f86d081884c7d65")
        try bench.core.store.commit { try Looked.save(note, $0) }
    }

    @Test("Pages go on without a gap or a repetition, whatever the filter; what proved who asked stands with it")
    func pages() throws {
        let bench = try ServiceBench<Archives>()
        for day in 0..<3 {
            try look(bench, "dangan", at: 1...7)
            if day == 1 { try look(bench, "dangan2", at: 3...5) }
            bench.clock.advance(byMilliseconds: 86_400_000)
        }
        func all(_ query: ListLooked) throws -> [LookedRow] {
            var query = query
            var rows: [LookedRow] = []
            while true {
                let page = try list(bench, query)
                rows += page.rows
                guard page.hasMore else { return rows }
                query.after = page.rows.last
            }
        }
        let everything = try all(ListLooked(limit: 4))
        #expect(everything.count == 24 && Set(everything.map { "\($0.day)\($0.subject)\($0.user)" }).count == 24)
        #expect(everything.map(\.day) == everything.map(\.day).sorted(by: >))
        #expect(everything.allSatisfy { $0.proof == "9f86d081884c7d65" })
        #expect(try all(ListLooked(subject: "person:4", limit: 2)).count == 4)
        #expect(try all(ListLooked(user: "dangan2", limit: 2)).map(\.subject) == ["person:3", "person:4", "person:5"])
        let day = try #require(everything.last?.day)
        #expect(try all(ListLooked(from: day, until: day, limit: 5)).count == 7)
    }

    @Test("Many people on one day and looking at night are listed with the reason; a day's ordinary work is not")
    func unusual() throws {
        let bench = try ServiceBench<Archives>(clock: ManualClock())
        let hour = (bench.clock.now().millisecondsSinceEpoch / 3_600_000 + 8) % 24
        // To ten in the morning, by the county's clock.
        bench.clock.advance(byMilliseconds: (34 - hour) % 24 * 3_600_000)
        try look(bench, "dangan", at: 1...300)
        try look(bench, "dangan2", at: 1...301)
        bench.clock.advance(byMilliseconds: 12 * 3_600_000)
        try look(bench, "dangan3", at: 1...1)
        let found = try list(bench, ListLooked(isUnusualOnly: true, limit: 1))
        #expect(found.rows.isEmpty)
        #expect(found.unusual.map(\.user).sorted() == ["dangan2", "dangan3"])
        let reasons = Dictionary(uniqueKeysWithValues: found.unusual.map { ($0.user, $0.reason) })
        #expect(reasons["dangan2"]?.contains("301 人") == true)
        #expect(reasons["dangan3"]?.contains("22 时") == true)
    }

    @Test("Nobody else reads it, also no operator", arguments: Role.allCases.filter { $0 != .dataProtection })
    func others(role: Role) throws {
        let bench = try ServiceBench<Archives>()
        #expect(throws: CommonRefusal.roleNotEntitled) {
            try list(bench, ListLooked(limit: 1), as: Officer(user: "x", role: role))
        }
    }
}
