import Contracts
import Testing

@testable import Gateway

@Suite("Titles of events")
struct EventTitlesTests {
    private static let names: [String] =
        RegistryEvent.table.map(\.name) + ArchivesEvent.table.map(\.name) + PartyRelationsEvent.table.map(\.name)
        + AssetsEvent.table.map(\.name) + BenefitsLiaisonEvent.table.map(\.name) + HealthRecordsEvent.table.map(\.name)
        + NotificationsEvent.table.map(\.name) + GatewayEvent.table.map(\.name)

    @Test("Every event of the eight contracts has a title, and nothing else has")
    func complete() {
        #expect(Set(EventTitles.titles.keys) == Set(Self.names))
        #expect(EventTitles.titles.values.allSatisfy { !$0.isEmpty })
    }

    @Test("No two events are called the same")
    func unique() {
        #expect(Set(EventTitles.titles.values).count == EventTitles.titles.count)
    }

    @Test("An unknown name stands for itself")
    func unknown() {
        #expect(EventTitles.title(of: "registry.person.registered") == "列入台账")
        #expect(EventTitles.title(of: "x.y.z") == "x.y.z")
    }
}
