import Contracts
import Domain

/// One event of a log, as far as a recount needs it.
public struct LoggedEvent: Sendable {
    public var name: String
    public var key: String
    public var body: [UInt8]

    public init(name: String, key: String, body: [UInt8]) {
        self.name = name
        self.key = key
        self.body = body
    }
}

/// Counts the county anew from its logs, by other code than the gateway's, to be held against the gateway's figures.
public struct OverviewRecount {
    private struct Person {
        var enterprise: String?
        var township: String?
        var status = PersonStatus.registered
        var needed: Set<Track> = [.acceptance, .archives, .confirmation, .socialInsurance, .health]
        var done: Set<Track> = []
        var overdue: Set<Track> = []
    }

    /// What an event may tell of a person.
    private struct Content: Decodable {
        var person: PersonID?
        var enterprise: String?
        var township: String?
        var track: Track?
    }

    private var everybody: [PersonID: Person] = [:]
    private var assets: [String: AssetState] = [:]

    /// - Parameter logs: all logs, each from its first event to its last.
    public init(_ logs: [ServiceName: [LoggedEvent]]) throws {
        // The registry first: what others tell is told of people who are known by then.
        for service in [ServiceName.registry] + logs.keys.filter({ $0 != .registry }) {
            for logged in logs[service] ?? [] {
                if logged.key.hasPrefix("enterprise:") {
                    take(logged.name, enterprise: String(logged.key.dropFirst(11)))
                }
                guard logged.key.hasPrefix("person:") else { continue }
                let content = try JSONCoding.value(Content.self, from: logged.body)
                if let person = content.person { take(logged.name, content, &everybody[person, default: Person()]) }
            }
        }
    }

    private mutating func take(_ name: String, enterprise: String) {
        switch name {
        case EnterpriseRecorded.name: assets[enterprise] = assets[enterprise] ?? .awaiting
        case InventoryRecorded.name: assets[enterprise] = .inventoried
        case AgreementSigned.name: assets[enterprise] = .agreed
        case AssetsHandedOver.name: assets[enterprise] = .handedOver
        case NoAssetsDeclared.name: assets[enterprise] = AssetState.none
        default: break
        }
    }

    private func take(_ name: String, _ content: Content, _ person: inout Person) {
        switch name {
        case PersonRegistered.name:
            person.enterprise = content.enterprise
            person.township = content.township
        case PartyMembershipNoted.name: person.needed.insert(.party)
        case OutOfPoolNoted.name: person.needed.insert(.benefits)
        case PersonWithdrawn.name: person.enterprise = nil
        case PersonVerified.name: person.status = .verified
        case PersonApplied.name: person.status = .applied
        case PersonAccepted.name:
            person.status = .accepted
            person.done.insert(.acceptance)
        case CardIssued.name: person.done.insert(.confirmation)
        case PersonHandedOver.name: person.status = .handedOver
        case FileReceived.name: person.done.insert(.archives)
        case MemberPlaced.name: person.done.insert(.party)
        case BenefitsRegistered.name: person.done.insert(.benefits)
        case PersonListed.name: person.done.insert(.socialInsurance)
        case RecordOpened.name: person.done.insert(.health)
        case DeadlinePassed.name: if let track = content.track { person.overdue.insert(track) }
        case LateTrackDone.name: if let track = content.track { person.overdue.remove(track) }
        default: break
        }
    }

    private var registered: [(id: PersonID, person: Person)] {
        everybody.filter { $0.value.enterprise != nil }.map { (id: $0.key, person: $0.value) }
    }

    public var people: Int { registered.count }
    public var handedOver: Int { registered.count { $0.person.status == .handedOver } }

    /// Who has everything done and is not handed over, and who is handed over and has not.
    public var contradictions: (notHandedOver: [PersonID], tooEarly: [PersonID]) {
        var contradictions: (notHandedOver: [PersonID], tooEarly: [PersonID]) = ([], [])
        for (id, person) in registered.sorted(by: { $0.id < $1.id }) {
            let isComplete = person.needed.isSubset(of: person.done)
            if isComplete, person.status != .handedOver { contradictions.notHandedOver.append(id) }
            if !isComplete, person.status == .handedOver { contradictions.tooEarly.append(id) }
        }
        return contradictions
    }

    /// Holds every figure of the overview against the logs, save the milestones, which are sums of them.
    /// - Returns: how many figures were compared, and those that differ, in words for people.
    public func compare(with overview: Overview) -> (compared: Int, differences: [String]) {
        var comparison = Comparison()
        let all = registered.map(\.person)
        comparison.hold("全县人数", overview.people, all.count)
        for count in overview.statuses {
            comparison.hold("全县\(count.status.chinese)", count.people, all.count { $0.status == count.status })
        }
        Self.compare("全县", overview.tracks, all, &comparison)
        comparison.hold("企业数", overview.enterprises.count, assets.count)
        for row in overview.enterprises {
            let own = all.filter { $0.enterprise == row.enterprise }
            comparison.hold("\(row.name)人数", row.people, own.count)
            comparison.hold("\(row.name)移交", row.handedOver, own.count { $0.status == .handedOver })
            let known = assets[row.enterprise]
            comparison.hold("\(row.name)资产", row.assets.chinese, known?.chinese ?? "未登记")
            Self.compare(row.name, row.tracks, own, &comparison)
        }
        for row in overview.townships {
            let own = all.filter { $0.township == row.township }
            comparison.hold("\(row.name)人数", row.people, own.count)
            comparison.hold(
                "\(row.name)接收", row.accepted, own.count { $0.status == .accepted || $0.status == .handedOver })
            comparison.hold("\(row.name)移交", row.handedOver, own.count { $0.status == .handedOver })
            Self.compare(row.name, row.tracks, own, &comparison)
        }
        let counted = overview.townships.map(\.people).reduce(0, +)
        comparison.hold("各乡镇人数之和", counted, all.count { $0.township != nil })
        return (comparison.compared, comparison.differences)
    }

    private struct Comparison {
        var compared = 0
        var differences: [String] = []

        mutating func hold<Figure: Equatable>(_ what: String, _ gateway: Figure, _ recount: Figure) {
            compared += 1
            if gateway != recount { differences.append("\(what)：网关为 \(gateway)，重算为 \(recount)") }
        }
    }

    private static func compare(
        _ scope: String, _ tracks: [TrackCount], _ people: [Person], _ comparison: inout Comparison
    ) {
        for count in tracks {
            let concerned = people.filter { $0.needed.contains(count.track) }
            let what = "\(scope)\(count.track.chinese)"
            comparison.hold("\(what)应办", count.needed, concerned.count)
            comparison.hold("\(what)办结", count.done, concerned.count { $0.done.contains(count.track) })
            comparison.hold(
                "\(what)逾期", count.overdue,
                concerned.count { $0.overdue.contains(count.track) && !$0.done.contains(count.track) })
        }
    }
}
