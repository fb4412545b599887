import Contracts
import Support
import Testing

@Suite("Refusals, as they stand in the contracts")
struct RefusalTests {
    @Test("Every refusal says what to do, under a name of its own that begins with its service")
    func texts() throws {
        let all = try ContractRefusal.all()
        #expect(all.count >= 148)
        #expect(Set(all.map(\.slug)).count == all.count)
        for refusal in all {
            #expect(refusal.message.contains(#/[请须应]/#), "\(refusal.slug)")
            guard refusal.folder != "Common" else { continue }
            let service = ServiceName.allCases.first { $0.rawValue.filter { $0 != "-" } == refusal.folder.lowercased() }
            #expect(service.map { refusal.slug.hasPrefix("\($0.rawValue).") } == true, "\(refusal.slug)")
        }
    }

    @Test("The sources are read as the compiler reads them")
    func reading() throws {
        let refusal = try #require(try ContractRefusal.all().first { $0.slug == RegistryRefusal.notAccepted.slug })
        #expect(refusal.message == RegistryRefusal.notAccepted.message)
        #expect(refusal.folder == "Registry")
        #expect(try ContractRefusal.slugs(of: .archives).contains(ArchivesRefusal.heldBack.slug))
    }
}
