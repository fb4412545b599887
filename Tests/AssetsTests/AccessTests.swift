import Contracts
import Domain
import Support
import Testing

@testable import Assets

@Suite("Who sees and does what with assets (第十九条)")
struct AccessTests {
    @Test("Each request is for the roles whose duty it is, and for no other")
    func roles() throws {
        let bench = try AssetsBench()
        try bench.enterprise()
        let wrong = CommonRefusal.roleNotEntitled
        #expect(try bench.refusal(of: RecordInventory.sample(), as: .township()) == wrong)
        #expect(try bench.refusal(of: DeclareNoAssets(enterprise: Sample.enterprise), as: .township()) == wrong)
        #expect(try bench.refusal(of: SignAgreement.sample(), as: .enterprise()) == wrong)
        #expect(try bench.refusal(of: HandOverAssets.on("2026-11-01"), as: .enterprise()) == wrong)
        #expect(try bench.refusal(of: GetAssets(enterprise: Sample.enterprise), as: .doctor) == wrong)
        #expect(try bench.refusal(of: AssetsWork(), as: .archivist) == wrong)
    }

    @Test("An enterprise acts on its own assets only, a township sees those it agreed upon")
    func areas() throws {
        let bench = try AssetsBench()
        try bench.agreed()
        try bench.enterprise(Sample.otherEnterprise)
        let wrong = CommonRefusal.areaNotEntitled
        let stranger = Officer.enterprise(Sample.otherEnterprise)
        #expect(try bench.refusal(of: RecordInventory.sample(), as: stranger) == wrong)
        #expect(try bench.refusal(of: DeclareNoAssets(enterprise: Sample.enterprise), as: stranger) == wrong)
        #expect(try bench.refusal(of: GetAssets(enterprise: Sample.enterprise), as: stranger) == wrong)
        #expect(
            try bench.refusal(
                of: GetAssets(enterprise: Sample.enterprise), as: .township(Sample.otherTownship)) == wrong)
        #expect(try bench.refusal(of: GetAssets(enterprise: Sample.otherEnterprise), as: .township()) == wrong)
        let small = Officer(user: "caizheng2", role: .finance, area: .township(Sample.otherTownship))
        #expect(try bench.refusal(of: SignAgreement.sample(), as: small) == wrong)
        #expect(try bench.refusal(of: HandOverAssets.on("2026-11-01"), as: small) == wrong)
    }

    @Test("The work list holds what lies in the area, by state where one is asked for")
    func workList() throws {
        let bench = try AssetsBench()
        try bench.agreed()
        try bench.enterprise(Sample.otherEnterprise)
        func codes(_ state: AssetState?, _ officer: Officer) throws -> [String] {
            try bench.ask(AssetsWork(state: state), as: officer).rows.map(\.enterprise)
        }
        #expect(try codes(nil, .finance) == [Sample.otherEnterprise, Sample.enterprise].sorted())
        #expect(try codes(.awaiting, .workingTeam) == [Sample.otherEnterprise])
        #expect(try codes(.agreed, .naturalResources) == [Sample.enterprise])
        #expect(try codes(nil, .township()) == [Sample.enterprise])
        #expect(try codes(nil, .township(Sample.otherTownship)).isEmpty)
        #expect(try codes(nil, .enterprise(Sample.otherEnterprise)) == [Sample.otherEnterprise])
        let row = try #require(try bench.ask(AssetsWork(state: .agreed), as: .finance).rows.first)
        #expect(row == (try bench.ask(GetAssets(enterprise: Sample.enterprise), as: .finance)))
    }

    @Test("An unknown enterprise is not found")
    func unknown() throws {
        let bench = try AssetsBench()
        #expect(
            try bench.refusal(of: GetAssets(enterprise: Sample.enterprise), as: .finance)
                == AssetsRefusal.unknownEnterprise)
    }

    @Test("What the ledger says again of an enterprise changes nothing of its assets, also after a restart")
    func heardAgain() throws {
        let bench = try AssetsBench()
        try bench.agreed()
        try bench.restart()
        try bench.enterprise()
        #expect(try bench.state() == .agreed)
        #expect(try bench.parked().isEmpty)
    }
}
