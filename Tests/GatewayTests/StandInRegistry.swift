import Contracts
import Domain
import Host
import Messaging
import Store
import Support

/// A registry for tests of the gateway alone: keeps what it is told about enterprises in memory of its log, and shows
/// one line of the ledger whose texts are made to break a page.
struct StandInRegistry: ServiceLogic {
    static let name = ServiceName.registry
    static let migrations = [
        Migration("stand-in-1", "CREATE TABLE enterprise(code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;")
    ]
    static let follows: [Following<Self>] = []
    static let dangerous = "<b>\"李\"&'明'</b>"
    static let row = PersonRow(
        person: PersonID(1), name: dangerous, maskedIdentity: "5325**********001X", enterprise: Sample.enterprise,
        enterpriseName: "<i>茶厂&</i>", township: Sample.township, community: "\"><script>alert(1)</script>",
        status: .registered, isPartyMember: false)

    init(tools: ServiceTools) {}

    func execute(_ command: RegistryCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        guard case .recordEnterprise(let enterprise) = command else { throw CommonRefusal.unknownMessage }
        try context.transaction.execute(
            "INSERT INTO enterprise(code, name) VALUES(?, ?)", enterprise.code, enterprise.name)
        try context.emit(
            EnterpriseRecorded(
                enterprise: enterprise.code, name: enterprise.name, ownership: enterprise.ownership,
                isFinancial: enterprise.isFinancial, hasVanished: enterprise.hasVanished,
                hasAnnuity: enterprise.hasAnnuity))
        return Done()
    }

    func read(_ query: RegistryQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        switch query {
        case .searchPersons: return PersonRows(rows: [Self.row])
        case .listEnterprises:
            return EnterpriseRows(
                rows: try context.snapshot.rows("SELECT code, name FROM enterprise ORDER BY code") { row in
                    EnterpriseRow(
                        code: try row.text(0), name: try row.text(1), ownership: .county, isFinancial: false,
                        hasVanished: false, standIn: nil, hasAnnuity: false, people: 0)
                })
        default: throw CommonRefusal.unknownMessage
        }
    }
}
