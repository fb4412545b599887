import Contracts
import Domain
import Store

extension RecordContact {
    /// 第十六条（三）: what the contact card tells of the township that hands it out.
    func execute(_ registry: RegistryWriter) throws -> Done {
        guard case .township(let township) = registry.context.officer.area else { throw CommonRefusal.areaNotEntitled }
        let address = TextForm.trimming(contact.address)
        guard let telephone = try? TelephoneNumber(validating: contact.telephone).text, !telephone.isEmpty,
            address.count <= 100
        else { throw RegistryRefusal.wrongContact }
        let contact = ServiceContact(telephone: telephone, address: address)
        guard try registry.contact(of: township) != contact else { return Done() }
        try registry.save(contact, of: township)
        try registry.context.emit(ContactRecorded(township: township))
        return Done()
    }
}

extension RegistryReads {
    func contact(of township: String) throws -> ServiceContact? {
        try snapshot.rows("SELECT telephone, address FROM township_contact WHERE township = ?", township) { row in
            ServiceContact(telephone: try row.text(0), address: try row.text(1))
        }.first
    }
}
