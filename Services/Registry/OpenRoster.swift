import Contracts
import Domain

extension OpenRoster {
    /// The most people one file may bring.
    static let mostRows = 100_000

    /// The same file for the same enterprise finds its first roster and changes nothing; one that was broken off goes
    /// on where it stopped.
    func execute(_ registry: RegistryWriter) throws -> RosterSummary {
        guard try registry.enterprise(enterprise) != nil else { throw RegistryRefusal.unknownEnterprise }
        try registry.context.requireArea(enterprise: enterprise, township: nil)
        guard rowCount > 0 else { throw RegistryRefusal.emptyRoster }
        guard rowCount <= Self.mostRows else { throw RegistryRefusal.rosterTooLong }
        if var known = try registry.roster(enterprise: enterprise, fileDigest: fileDigest)?.summary {
            known.isRepeat = known.state == .closed
            return known
        }
        let roster = try registry.openRoster(self)
        guard let opened = try registry.roster(roster) else { throw RegistryRefusal.unknownRoster }
        return opened.summary
    }
}
