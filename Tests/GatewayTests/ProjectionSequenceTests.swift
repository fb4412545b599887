import Contracts
import Domain
import Host
import Support
import Testing

@testable import Gateway

@Suite("Projection: whatever order the logs arrive in, the figures are those of a recount")
struct ProjectionSequenceTests {
    private static let day = CalendarDay("2026-11-20")!
    private static let enterprises = [Sample.enterprise, Sample.otherEnterprise]
    private static let townships = [Sample.township, Sample.otherTownship]

    @Test("After random events the figures equal a recount of all persons", arguments: 1...12 as ClosedRange<UInt64>)
    func recount(seed: UInt64) throws {
        let random = SeededRandomness(seed: seed)
        let bench = try GatewayBench()
        for code in Self.enterprises { try bench.enterprise(code) }
        try Self.feed(Self.logs(random), into: bench, random)
        #expect(try bench.parked().isEmpty)
        try Self.compare(bench)
    }

    @Test("Two orders in which the same logs arrive give the same overview", arguments: 1...6 as ClosedRange<UInt64>)
    func orders(seed: UInt64) throws {
        let logs = Self.logs(SeededRandomness(seed: seed))
        let benches = try [seed * 100 + 1, seed * 100 + 2].map { order in
            let bench = try GatewayBench()
            for code in Self.enterprises { try bench.enterprise(code) }
            try Self.feed(logs, into: bench, SeededRandomness(seed: order))
            return bench
        }
        #expect(try benches[0].overview() == benches[1].overview())
        #expect(try benches[0].overview().people > 0)
    }

    /// One log for each service; a registry's person is registered before anything else is told of them.
    private static func logs(_ random: SeededRandomness) -> [ServiceName: [any Event]] {
        var logs: [ServiceName: [any Event]] = [:]
        var registered: Set<Int64> = []
        for _ in 0..<160 {
            let number = Int64(1 + random.number(below: 14))
            let person = PersonID(number)
            if random.chance(50) {
                guard registered.contains(number) else {
                    registered.insert(number)
                    logs[.registry, default: []].append(
                        PersonRegistered(
                            person: person, enterprise: enterprises[random.number(below: 2)],
                            township: townships[random.number(below: 2)], roster: 1))
                    continue
                }
                logs[.registry, default: []].append(registryEvent(person, random))
            } else {
                let (stream, event) = departmentEvent(person, random)
                logs[stream, default: []].append(event)
            }
        }
        // Some leave for good at the end of the registry's log: their numbers are never used again.
        for number in registered.sorted() where random.chance(25) {
            logs[.registry, default: []].append(PersonWithdrawn(person: PersonID(number)))
        }
        return logs
    }

    private static func registryEvent(_ person: PersonID, _ random: SeededRandomness) -> any Event {
        switch random.number(below: 8) {
        case 0: PersonVerified(person: person)
        case 1: PersonApplied(person: person, application: 1, township: Sample.township)
        case 2: PersonReturned(person: person, application: 1)
        case 3: PersonAccepted(person: person, enterprise: Sample.enterprise, township: Sample.township, on: day)
        case 4: CardIssued(person: person)
        case 5: PersonHandedOver(person: person, on: day)
        case 6: PartyMembershipNoted(person: person)
        default: OutOfPoolNoted(person: person)
        }
    }

    private static func departmentEvent(_ person: PersonID, _ random: SeededRandomness) -> (ServiceName, any Event) {
        let track = Track.allCases[random.number(below: Track.allCases.count)]
        return switch random.number(below: 9) {
        case 0: (.archives, FileReceived(person: person, missing: 0))
        case 1: (.archives, FileReturned(person: person))
        case 2: (.partyRelations, MemberPlaced(person: person))
        case 3: (.benefitsLiaison, BenefitsRegistered(person: person))
        case 4: (.benefitsLiaison, PersonListed(person: person, list: 1))
        case 5: (.benefitsLiaison, PersonChecked(person: person, result: random.chance(50) ? .matches : .differs))
        case 6: (.healthRecords, RecordOpened(person: person))
        case 7: (.notifications, DeadlinePassed(person: person, track: track, due: day))
        default: (.notifications, LateTrackDone(person: person, track: track))
        }
    }

    /// Each log in its own order, the logs mixed at random.
    private static func feed(
        _ logs: [ServiceName: [any Event]], into bench: GatewayBench, _ random: SeededRandomness
    ) throws {
        var rest = logs.sorted { $0.key.rawValue < $1.key.rawValue }.map { (stream: $0.key, events: $0.value[...]) }
        while !rest.isEmpty {
            let index = random.number(below: rest.count)
            if let event = rest[index].events.popFirst() {
                try bench.feed(event, from: rest[index].stream)
            } else {
                rest.remove(at: index)
            }
        }
    }

    /// Counts every person anew, without the figures kept along the way.
    private static func compare(_ bench: GatewayBench) throws {
        typealias Member = (progress: PersonProgress, tracks: [Track: TrackState])
        let persons: [Member] = try (1...14 as ClosedRange<Int64>).compactMap { number in
            guard let progress = try bench.progress(number), progress.enterprise != nil else { return nil }
            return (progress, try bench.look { try $0.tracks(PersonID(number)) })
        }
        let tallies = try bench.look { try $0.tallies() }
        func check(_ scope: String, _ members: [Member]) {
            let tally = tallies[scope] ?? Tally()
            #expect(tally.people == members.count, "\(scope)")
            for count in tally.statuses {
                let people = members.count { $0.progress.status == count.status }
                #expect(count.people == people, "\(scope) \(count.status)")
            }
            for count in tally.tracks {
                let concerned = members.compactMap { $0.tracks[count.track] }.filter(\.isNeeded)
                let open = concerned.filter { !$0.isDone }
                #expect(count.needed == concerned.count, "\(scope) \(count.track)")
                #expect(count.done == concerned.count - open.count, "\(scope) \(count.track)")
                #expect(count.overdue == open.count(where: \.isLate), "\(scope) \(count.track)")
            }
        }
        check("county", persons)
        for code in enterprises { check("enterprise:\(code)", persons.filter { $0.progress.enterprise == code }) }
        for code in townships {
            check("township:\(code)", persons.filter { $0.progress.township == code })
        }
    }
}
