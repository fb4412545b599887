import Contracts
import Testing

/// Who sees what is written down here a second time, event by event, so that a change of the table is seen as what it
/// does and not only as what it says.
@Suite("Who sees what: each event, each program, each office")
struct SensitivityTests {
    private static let events: [any Event.Type] = ServiceContract.all.values.flatMap(\.entries)
        .compactMap { $0.requestType as? any Event.Type }.sorted { $0.name < $1.name }

    @Test("Every event is known by its name, and no two are called the same")
    func titles() {
        #expect(Self.events.count >= 48)
        for event in Self.events { #expect(ServiceContract.event(event.name) == event, "\(event.name)") }
        #expect(Set(Self.events.map { $0.title }).count == Self.events.count)
        #expect(Self.events.allSatisfy { !$0.title.isEmpty })
        #expect(ServiceContract.event("registry.person.registered")?.title == "列入台账")
        #expect(ServiceContract.event("x.y.z") == nil)
    }

    /// The programs that read a body, of those that follow the log; where nothing stands, all of them.
    private static let readers: [String: Set<ServiceName>] = [
        "registry.person.party-membership-noted": [.partyRelations, .gateway, .notifications],
        // That there is no membership is what the service for Party relations told first.
        "registry.person.party-membership-ended": [.partyRelations, .gateway, .notifications],
        "registry.person.file-rule-noted": [.archives, .gateway],
        "registry.person.out-of-pool-noted": [.benefitsLiaison, .gateway, .notifications],
        "gateway.user.recorded": [],
    ]

    @Test("Which programs get the body of each event of the logs that they follow")
    func programs() {
        for event in Self.events {
            guard let owner = ServiceName.allCases.first(where: { event.name.hasPrefix($0.rawValue + ".") }) else {
                Issue.record("\(event.name) is not called after a service")
                continue
            }
            let followers = ServiceName.allCases.filter { $0 != owner && AccessTable.mayRead($0, log: owner) }
            let seeing = Set(followers.filter { AccessTable.maySee($0, event: event.name) })
            #expect(seeing == Self.readers[event.name] ?? Set(followers), "\(event.name)")
        }
        for reader in ServiceName.allCases { #expect(!AccessTable.maySee(reader, event: "registry.x.unheard-of")) }
    }

    private static let membership: Set<Role> = [.organization, .township, .enterprise, .humanResources, .workingTeam]
    private static let money: Set<Role> = [
        .humanResources, .socialInsurance, .finance, .enterprise, .township, .workingTeam,
    ]
    private static let files: Set<Role> = [
        .archives, .organization, .township, .enterprise, .humanResources, .workingTeam,
    ]

    /// The offices that see an event on somebody's timeline; where nothing stands, all.
    private static let offices: [String: Set<Role>] = [
        "registry.person.party-membership-noted": membership, "registry.person.party-membership-ended": membership,
        "party-relations.transfer.prepared": membership, "party-relations.transfer.sent": membership,
        "party-relations.transfer.accepted": membership, "party-relations.transfer.returned": membership,
        "party-relations.member.placed": membership, "party-relations.membership.denied": membership,
        "registry.person.out-of-pool-noted": money, "benefits-liaison.items.registered": money,
        "registry.person.file-rule-noted": files, "archives.file.held-back": files, "archives.file.released": files,
        "gateway.user.recorded": [.systemOperator], "accounts.account.changed": [.systemOperator],
        "accounts.session.opened": [.systemOperator], "accounts.session.ended": [.systemOperator],
        "accounts.session.failed": [.systemOperator],
    ]

    @Test("Which offices see each event", arguments: Role.allCases)
    func offices(role: Role) {
        for event in Self.events {
            let isShown = Self.offices[event.name]?.contains(role) ?? true
            #expect(event.sensitivity.isShown(to: role) == isShown, "\(event.name)")
        }
    }

    @Test("Which offices see whose track it is, have it in the ledger they export, and see who is late with it")
    func tracks() {
        let all = Set(Role.allCases)
        for track in Track.allCases {
            let circle = track.sensitivity.circle
            switch track {
            case .party:
                #expect(circle.offices == Self.membership && circle.exports == Self.membership)
                #expect(circle.lateLists == [.organization, .township, .enterprise, .workingTeam])
            case .benefits:
                #expect(circle.offices == Self.money && circle.exports == Self.money)
                #expect(circle.lateLists == Self.money.union([.medicalInsurance]))
            case .acceptance, .archives, .confirmation, .socialInsurance, .health:
                #expect(circle.offices == all && circle.exports == all && circle.lateLists == all)
            }
        }
    }

    @Test("No office exports what it may not see")
    func exports() {
        for sensitivity in Sensitivity.allCases {
            #expect(sensitivity.circle.exports.isSubset(of: sensitivity.circle.offices), "\(sensitivity)")
        }
    }
}
