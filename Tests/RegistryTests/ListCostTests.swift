import Contracts
import Domain
import Store
import Support
import Testing

@testable import Registry

@Suite("What the ledger's lists cost")
struct ListCostTests {
    private static let people = 6_000
    private static let surnames = ["李", "王", "张", "白", "普"]
    private static let givenNames = ["明", "芳", "贵", "秀", "山", "水", "云"]

    private static func name(_ index: Int) -> String {
        surnames[index % 5] + givenNames[index % 7] + (index % 1_000 == 0 ? "罕" : "")
    }

    /// Rows as the registry writes them, without the way that leads there.
    private static func bench() throws -> RegistryBench {
        let bench = try RegistryBench()
        let sealer = bench.tools.sealer
        try bench.core.store.commit { transaction in
            for code in ["e0", "e1", "e2"] {
                try transaction.execute(
                    """
                    INSERT INTO enterprise(code, name, ownership, is_financial, has_vanished, has_annuity)
                    VALUES(?, '厂', 'county', 0, 0, 0)
                    """, code)
            }
            try transaction.execute(
                """
                INSERT INTO roster(enterprise, file_name, file_digest, headings, row_count, state, imported_at)
                VALUES('e0', 'a', 'd', '[]', 0, 'closed', 0)
                """)
            for index in 1...people {
                let status = index > people - 60 ? "registered" : index % 4 == 0 ? "accepted" : "handed-over"
                try transaction.execute(
                    """
                    INSERT INTO person(id, roster, sheet_row, enterprise, township, identity_token, status,
                        registered_on, is_party_member, has_out_of_pool, accepted_on, confirmed_by, card_number,
                        details)
                    VALUES(?1, 1, ?1, 'e' || (?1 % 3), 't' || (?1 % 7), ?1, ?2, '2026-01-01', 0, 0, '2026-02-01',
                        iif(?1 % 8 = 0 OR ?2 <> 'accepted', 'delegate', NULL),
                        iif(?1 % 16 = 0 OR ?2 = 'handed-over', 'c' || ?1, NULL), ?3)
                    """, index, status, try details(name(index), of: index, bench))
                for character in Set(name(index)) {
                    try transaction.execute(
                        "INSERT INTO name_token VALUES(?, ?)", sealer.token(String(character), purpose: "name"), index)
                }
            }
        }
        return bench
    }

    private static func details(_ name: String, of index: Int, _ bench: RegistryBench) throws -> [UInt8] {
        let details = PersonDetails(
            name: name, identityNumber: TestIdentity.number(index), sex: "男", ethnicity: "哈尼族",
            birthday: CalendarDay("1950-01-01")!, workStart: "", retirement: "", politicalStatus: "群众",
            registeredAddress: "", residence: "", community: "", telephone: "", pensionPlace: "", medicalPlace: "",
            outOfPool: "", scopeReason: "", birthInRoster: "", personCategory: "", remark: "")
        return RegistrySealed.details.seal(try JSONCoding.bytes(details), row: Int64(index), with: bench.tools.sealer)
    }

    @Test("Each page of the ledger and of a work list is a few short walks, the last as well, however it is narrowed")
    func pages() throws {
        let bench = try Self.bench()
        let township = Officer(user: "a", role: .township, area: .township("t6"))
        func search(
            _ enterprise: String? = nil, _ township: String? = nil, _ status: PersonStatus? = nil,
            as officer: Officer = .humanResources
        ) throws -> (rows: Int, most: Int) {
            let found = try bench.pages(
                officer,
                { SearchPersons(enterprise: enterprise, township: township, status: status, after: $0, limit: 50) },
                next: \.next, rows: \.rows.count)
            return (found.rows, found.steps.max() ?? 0)
        }
        for (found, rows) in [
            (try search(), 6_000), (try search("e1"), 2_000), (try search(nil, "t3"), 858),
            (try search("e2", "t4"), 286), (try search(nil, nil, .accepted), 1_485),
            (try search(nil, nil, .applied), 0),
            (try search("e1", "t1", .accepted), 71), (try search(nil, nil, .registered), 60),
            (try search(as: township), 857), (try search("e0", "t5", as: township), 0),
        ] {
            #expect(abs(found.rows - rows) <= 2)
            #expect(found.most < 12_000, "\(rows)")
        }
        for step in [RegistryStep.verify, .apply, .confirm, .issueCard] {
            let found = try bench.pages(
                .humanResources,
                { RegistryWork(step: step, narrowing: Narrowing(enterprise: "e1"), after: $0, limit: 50) },
                next: \.next, rows: \.rows.count)
            #expect((found.steps.max() ?? 0) < 8_000, "\(step)")
        }
        let cards = try bench.pages(township, { ListCards(after: $0, limit: 50) }, next: \.next, rows: \.rows.count)
        #expect(cards.rows > 600 && (cards.steps.max() ?? 0) < 8_000)
        #expect(try bench.steps(of: ListEnterprises(), as: .humanResources).steps < 200)
    }

    @Test("A name is found along its rarest character; a page looks at so many people and no more")
    func names() throws {
        let bench = try Self.bench()
        func search(_ text: String, status: PersonStatus? = nil) throws -> (rows: Int, steps: [Int]) {
            try bench.pages(
                .humanResources, { SearchPersons(text: text, status: status, after: $0, limit: 50) }, next: \.next,
                rows: \.rows.count)
        }
        let common = try search("李明")
        #expect(common.rows == 171 && (common.steps.max() ?? 0) < 30_000)
        let rare = try search("罕")
        #expect(rare.rows == 6 && rare.steps.count == 1 && rare.steps[0] < 2_000)
        // Characters that never stand together: the rarer one's people are looked at once.
        let none = try search("李罕")
        #expect(none.rows == 0 && none.steps.count == 1 && none.steps[0] < 15_000)
        #expect((try search("李", status: .registered).steps.max() ?? 0) < 60_000)
    }

    @Test("How many people an enterprise has is what counting gives")
    func people() throws {
        let bench = try Self.bench()
        try bench.core.store.commit { try $0.execute("DELETE FROM person WHERE id % 13 = 0") }
        let rows = try bench.ask(ListEnterprises(), as: .humanResources).rows
        for row in rows {
            let counted = try bench.core.store.commit {
                try $0.scalar("SELECT count(*) FROM person WHERE enterprise = ?", row.code)
            }
            #expect(Int64(row.people) == counted)
        }
        #expect(rows.reduce(0) { $0 + $1.people } == Self.people - Self.people / 13)
    }
}
