import Contracts
import Domain
import Rosters

/// The people of a run, and the enterprises and townships that hand them over and take them in.
struct ChaosPeople: Sendable {
    /// A few people of one enterprise for one township, who go their way together.
    struct Group: Sendable {
        let number: Int
        let enterprise: SampleEnterprise
        let township: Township
        let people: [SamplePerson]

        /// As an enterprise sends it. The number makes it another file than all others.
        func roster() throws(Refusal) -> RosterSending {
            try RosterSending(bytes: rosterBytes, fileName: "名册\(number).csv")
        }

        var rosterBytes: [UInt8] {
            let columns = SampleRoster.columns
            let lines =
                ["退休人员移交名册第\(number)号", columns.map(\.heading).joined(separator: ",")]
                + people.map { person in
                    let cells = SampleRoster.cells(person)
                    return columns.map { cells[$0] ?? "" }.joined(separator: ",")
                }
            return Array(lines.joined(separator: "\r\n").utf8)
        }
    }

    /// Those whose people are in scope, one for each writer.
    static let enterprises = SampleEnterprise.all.filter { !$0.isFinancial }

    /// For each writer its groups, in their order.
    let groups: [[Group]]

    init(people count: Int, writers: Int, seed: Int, today: CalendarDay) {
        var chance = SampleChance(seed: UInt64(seed) &+ 1)
        var source = SamplePeople(today: today)
        var groups = [[Group]](repeating: [], count: writers)
        var drawn = 0
        var number = 0
        while drawn < count {
            let writer = number % writers
            let township = chance.pick(Township.all)
            let people = (0..<min(chance.number(2...6), count - drawn)).map { _ in
                var person = source.draw(&chance, enterprise: 0)
                person.township = township
                person.community = "\(township.shortName)社区"
                // The committee keeps such files itself, so that they never come to the archives.
                person.isCommitteeManaged = false
                return person
            }
            groups[writer].append(
                Group(number: number, enterprise: Self.enterprises[writer], township: township, people: people))
            drawn += people.count
            number += 1
        }
        self.groups = groups
    }
}
