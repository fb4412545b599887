import Contracts
import Domain
import Support

@testable import PartyRelations

typealias PartyBench = ServiceBench<PartyRelations>

extension ServiceBench where Logic == PartyRelations {
    func enterprise(_ code: String = Sample.enterprise, name: String = "红河县测试茶厂") throws {
        try feed(
            EnterpriseRecorded(
                enterprise: code, name: name, ownership: .county, isFinancial: false, hasVanished: false,
                hasAnnuity: false), from: .registry)
    }

    /// Somebody in the ledger.
    @discardableResult
    func registered(
        _ number: Int64 = 1, enterprise: String = Sample.enterprise, township: String = Sample.township
    ) throws -> PersonID {
        let person = PersonID(number)
        try feed(
            PersonRegistered(person: person, enterprise: enterprise, township: township, roster: 1), from: .registry)
        return person
    }

    /// A member in the ledger.
    @discardableResult
    func member(
        _ number: Int64 = 1, enterprise: String = Sample.enterprise, township: String = Sample.township
    ) throws -> PersonID {
        let person = try registered(number, enterprise: enterprise, township: township)
        try feed(PartyMembershipNoted(person: person), from: .registry)
        return person
    }

    /// A member whose relation is on its way.
    @discardableResult
    func sent(_ number: Int64 = 1) throws -> PersonID {
        let person = try member(number)
        try personAccepted(person)
        try execute(PrepareTransfer.complete(person), as: .enterprise())
        try execute(SendTransfer.letter(person), as: .enterprise())
        return person
    }

    /// The township takes over the person, before the relation is sent.
    func personAccepted(_ person: PersonID) throws {
        try feed(
            PersonAccepted(
                person: person, enterprise: Sample.enterprise, township: Sample.township,
                on: CalendarDay("2026-11-20")!), from: .registry)
    }

    /// A member whose relation the township has.
    @discardableResult
    func accepted(_ number: Int64 = 1) throws -> PersonID {
        let person = try sent(number)
        try execute(AcceptTransfer(person: person), as: .township())
        return person
    }

    func transfer(_ person: PersonID, as officer: Officer = .organization) throws -> TransferRecord {
        try ask(GetTransfer(person: person), as: officer)
    }
}

extension TransferPreparation {
    static let complete = TransferPreparation(
        fileChecked: true, duesBaseVerified: true, duesPaidThrough: CalendarMonth("2026-10")!, dataGathered: true)
}

extension PrepareTransfer {
    /// All four are done.
    static func complete(_ person: PersonID = PersonID(1)) -> PrepareTransfer {
        PrepareTransfer(person: person, kind: .full, preparation: .complete, duesBaseInFen: 312_550)
    }

    func with(_ change: (inout PrepareTransfer) -> Void) -> PrepareTransfer {
        var copy = self
        change(&copy)
        return copy
    }
}

extension SendTransfer {
    static func letter(_ person: PersonID = PersonID(1)) -> SendTransfer {
        SendTransfer(
            person: person, organization: "中共红河县迤萨镇委员会", dated: CalendarDay("2026-11-20")!, validDays: 10)
    }

    func with(_ change: (inout SendTransfer) -> Void) -> SendTransfer {
        var copy = self
        change(&copy)
        return copy
    }
}
