import Contracts
import Domain

/// The overview, read from the figures: its cost depends on the number of enterprises, not on that of people.
enum OverviewAnswer {
    static func make(_ reads: GatewayReads, now: Timestamp) throws -> Overview {
        let county = try reads.tally("county") ?? Self.nobody
        let enterprises = try reads.enterprises()
        let byEnterprise = try figures(reads, prefix: "enterprise:")
        let byTownship = try figures(reads, prefix: "township:")
        let today = CalendarDay(now)
        return Overview(
            at: now, people: county.people, statuses: county.statuses, tracks: county.tracks,
            enterprises: enterprises.map { enterprise in
                let tally = byEnterprise[enterprise.code] ?? Self.nobody
                return EnterpriseProgress(
                    enterprise: enterprise.code, name: enterprise.name, ownership: enterprise.ownership,
                    people: tally.people, handedOver: tally.people(.handedOver), assets: enterprise.assets,
                    tracks: tally.tracks)
            },
            townships: Township.all.map { township in
                let tally = byTownship[township.code] ?? Self.nobody
                return TownshipProgress(
                    township: township.code, name: township.name, people: tally.people,
                    accepted: tally.people(.accepted, .handedOver), handedOver: tally.people(.handedOver),
                    tracks: tally.tracks)
            },
            milestones: try Milestone.progress(reads, county, enterprises, today: today))
    }

    private static func figures(_ reads: GatewayReads, prefix: String) throws -> [String: Tally] {
        Dictionary(
            uniqueKeysWithValues: try reads.tallies(prefix: prefix).map {
                (String($0.scope.dropFirst(prefix.count)), $0)
            })
    }

    private static let nobody = Tally(
        scope: "", people: 0, statuses: PersonStatus.allCases.map { StatusCount(status: $0, people: 0) },
        tracks: Track.allCases.map { TrackCount(track: $0, needed: 0, done: 0, overdue: 0) })
}
