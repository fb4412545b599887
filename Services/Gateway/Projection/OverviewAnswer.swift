import Contracts
import Domain

/// The overview, read from the figures: its cost depends on the number of enterprises, not on that of people.
package enum OverviewAnswer {
    package static func make(_ reads: GatewayReads, now: Timestamp) throws -> Overview {
        let tallies = try reads.tallies()
        let county = tallies["county"] ?? Tally()
        let enterprises = try reads.enterprises()
        let today = CalendarDay(now)
        return Overview(
            at: now, people: county.people, statuses: county.statuses, tracks: county.tracks,
            enterprises: enterprises.map { enterprise in
                let tally = tallies["enterprise:\(enterprise.code)"] ?? Tally()
                return EnterpriseProgress(
                    enterprise: enterprise.code, name: enterprise.name, ownership: enterprise.ownership,
                    people: tally.people, handedOver: tally.people(.handedOver), assets: enterprise.assets,
                    tracks: tally.tracks)
            },
            townships: Township.all.map { township in
                let tally = tallies["township:\(township.code)"] ?? Tally()
                return TownshipProgress(
                    township: township.code, name: township.name, people: tally.people,
                    accepted: tally.people(.accepted, .handedOver), handedOver: tally.people(.handedOver),
                    tracks: tally.tracks)
            },
            milestones: try Milestone.progress(reads, county, enterprises, today: today))
    }
}
