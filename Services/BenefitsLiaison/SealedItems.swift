import Contracts
import Domain
import Host
import Sealing
import Store

/// A person's out-of-pool items as they are sealed in the store: what somebody is paid.
struct SealedItems: StoredJSON, Equatable {
    var items: [BenefitItem]

    /// Bound to the person, so that what is moved to another row does not open.
    static func purpose(_ person: PersonID) -> String { "sealed_items.items:\(person.rawValue)" }
}

/// Seals the items that an earlier release left in the clear, some hundred people at a time.
enum ItemSealing {
    static let name = "seal-items"
    private static let peopleInOnePiece = 200

    /// For the migration: begins it where there is something to seal.
    static let begin = """
        CREATE TABLE sealed_items(person INTEGER PRIMARY KEY, items BLOB NOT NULL) STRICT;
        INSERT INTO unfinished(work, subject, officer)
        SELECT '\(name)', 0, '{"area":"county","role":"operator","user":"benefits-liaison"}'
        WHERE EXISTS(SELECT 1 FROM item);
        """

    /// - Returns: true when all are sealed.
    static func proceed(_ benefits: BenefitsWriter) throws -> Bool {
        let people = try benefits.snapshot.rows(
            "SELECT DISTINCT person FROM item ORDER BY person LIMIT ?", peopleInOnePiece
        ) { PersonID(try $0.integer(0)) }
        for person in people { try benefits.seal(try benefits.formerItems(of: person), of: person) }
        return people.count < peopleInOnePiece
    }
}
