import Contracts
import Host
import Testing

@testable import Archives
@testable import Assets
@testable import BenefitsLiaison
@testable import Gateway
@testable import HealthRecords
@testable import Notifications
@testable import PartyRelations
@testable import Registry

@Suite("What services follow, against the table of who may read which log")
struct FollowsTests {
    @Test("Each service follows exactly the other logs that its program may read, each once")
    func table() {
        check(Registry.self)
        check(Archives.self)
        check(PartyRelations.self)
        check(Assets.self)
        check(BenefitsLiaison.self)
        check(HealthRecords.self)
        check(Notifications.self)
        check(GatewayLogic.self)
    }

    /// Neither more, which the broker would refuse, nor less: a right that nobody uses is one too many.
    private func check<Logic: ServiceLogic>(_ logic: Logic.Type) {
        let followed = Logic.follows.map(\.stream)
        #expect(Set(followed).count == followed.count, "\(Logic.name) follows a log twice")
        for log in ServiceName.allCases where log != Logic.name {
            #expect(followed.contains(log) == AccessTable.mayRead(Logic.name, log: log), "\(Logic.name) and \(log)")
        }
    }
}
