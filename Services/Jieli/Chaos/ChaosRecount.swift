import Contracts
import Domain

/// Counts the county anew from its logs, by other code than the gateway's, and compares with the gateway's figures.
struct ChaosRecount {
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

    private var people: [PersonID: Person] = [:]

    init(_ logs: [ServiceName: [ChaosAudit.Told]]) throws {
        // The registry first: what others tell is told of people who are known by then.
        for service in Supervision.storing {
            for told in logs[service] ?? [] where told.key.hasPrefix("person:") {
                let content = try JSONCoding.value(Content.self, from: told.body)
                if let person = content.person { take(told.name, content, &people[person, default: Person()]) }
            }
        }
    }

    private func take(_ name: String, _ content: Content, _ person: inout Person) {
        switch name {
        case PersonRegistered.name:
            person.enterprise = content.enterprise
            person.township = content.township
        case PartyMembershipNoted.name: person.needed.insert(.party)
        case OutOfPoolNoted.name: person.needed.insert(.benefits)
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

    /// Who has everything done is handed over, and nobody else.
    func check(_ ledger: ChaosLedger) {
        for (id, person) in people where person.enterprise != nil {
            let isComplete = person.needed.isSubset(of: person.done)
            if isComplete != (person.status == .handedOver) {
                let state = isComplete ? "各项已办完，却没有移交完成" : "尚有未办事项，却已移交完成"
                ledger.violate(isComplete ? .lost : .doubled, "\(id.key) \(state)")
            }
        }
    }

    /// - Returns: how many figures were compared.
    func compare(with overview: Overview, _ ledger: ChaosLedger) -> Int {
        let all = people.values.filter { $0.enterprise != nil }
        var compared = 0
        func compare(_ what: String, _ gateway: Int, _ recount: Int) {
            compared += 1
            if gateway != recount { ledger.violate(.figures, "\(what)：网关为 \(gateway)，重算为 \(recount)") }
        }
        func compareTracks(_ scope: String, _ tracks: [TrackCount], _ people: [Person]) {
            for count in tracks {
                let concerned = people.filter { $0.needed.contains(count.track) }
                let what = "\(scope)\(count.track.chinese)"
                compare("\(what)应办", count.needed, concerned.count)
                compare("\(what)办结", count.done, concerned.count { $0.done.contains(count.track) })
                compare(
                    "\(what)逾期", count.overdue,
                    concerned.count { $0.overdue.contains(count.track) && !$0.done.contains(count.track) })
            }
        }
        compare("全县人数", overview.people, all.count)
        for count in overview.statuses {
            compare("全县\(count.status.chinese)", count.people, all.count { $0.status == count.status })
        }
        compareTracks("全县", overview.tracks, all)
        for row in overview.enterprises {
            let own = all.filter { $0.enterprise == row.enterprise }
            compare("\(row.name)人数", row.people, own.count)
            compare("\(row.name)移交", row.handedOver, own.count { $0.status == .handedOver })
            compareTracks(row.name, row.tracks, own)
        }
        for row in overview.townships {
            let own = all.filter { $0.township == row.township }
            compare("\(row.name)人数", row.people, own.count)
            compare("\(row.name)移交", row.handedOver, own.count { $0.status == .handedOver })
            compareTracks(row.name, row.tracks, own)
        }
        return compared
    }

    var count: Int { people.values.count { $0.enterprise != nil } }
    var handedOver: Int { people.values.count { $0.status == .handedOver } }
}
