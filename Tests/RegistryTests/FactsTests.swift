import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("第十九条: what a roster told is read by those whom it is for")
struct FactsTests {
    @Test("Everybody who may ask for the person reads open facts; what is paid is for those who pay or verify it")
    func facts() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson(["retirement": "2020.03", "out-of-pool": "生活补贴 120 元"])
        func titles(_ role: Role) throws -> [String] {
            let officer = Officer(user: "a", role: role, area: role == .township ? .township(Sample.township) : .county)
            return try bench.ask(GetPerson(person: person), as: officer).facts?.map(\.title) ?? []
        }
        for role in GetPerson.roles where role != .enterprise {
            let seen = try titles(role)
            #expect(seen.contains("退休时间") && seen.contains("医疗保险参保地"), "\(role)")
            #expect(seen.contains("统筹外项目") == Sensitivity.money.isShown(to: role), "\(role)")
            #expect(!seen.contains("参加工作"), "what the roster left empty is no fact")
        }
    }
}
