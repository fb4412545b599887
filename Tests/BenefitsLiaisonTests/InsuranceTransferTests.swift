import Contracts
import Domain
import Support
import Testing

@testable import BenefitsLiaison

@Suite("Transfers of insurance relations (第十三条（二）)")
struct InsuranceTransferTests {
    private let office = Officer(user: "yibao", role: .medicalInsurance)

    private func bench() throws -> BenefitsBench {
        let bench = try BenefitsBench()
        try bench.enterprise()
        for number in 1...3 { try bench.person(Int64(number)) }
        try bench.feed(InsuranceTransferNoted(person: PersonID(1), pension: true, medical: true), from: .registry)
        try bench.feed(InsuranceTransferNoted(person: PersonID(2), pension: false, medical: true), from: .registry)
        return bench
    }

    private func waiting(_ bench: BenefitsBench, _ insurance: Insurance? = nil, as officer: Officer) throws -> [String]
    {
        try bench.ask(ListInsuranceTransfers(insurance: insurance, limit: 100), as: officer).rows
            .map { "\($0.person.rawValue) \($0.insurance.rawValue)" }
    }

    @Test("第十三条（二）: whoever the ledger notes waits until the relation is transferred or found to be here")
    func wholeWay() throws {
        let bench = try bench()
        #expect(try waiting(bench, as: .humanResources) == ["1 medical", "1 pension", "2 medical"])
        #expect(try waiting(bench, .pension, as: .socialInsurance) == ["1 pension"])
        let today = CalendarDay(bench.clock.now())
        func record(_ person: Int64, _ insurance: Insurance, _ state: InsuranceTransferState) -> RecordInsuranceTransfer
        {
            RecordInsuranceTransfer(person: PersonID(person), insurance: insurance, state: state, dated: today)
        }
        _ = try bench.newEvents()
        try bench.execute(record(1, .medical, .requested), as: office)
        #expect(try waiting(bench, as: .humanResources).count == 3)
        try bench.execute(record(1, .medical, .transferred), as: office)
        try bench.execute(record(1, .medical, .transferred), as: office)
        try bench.execute(record(2, .medical, .insuredHere), as: office)
        #expect(try waiting(bench, as: .humanResources) == ["1 pension"])
        #expect(
            try bench.newEvents(InsuranceTransferRecorded.self).map(\.state) == [
                .requested, .transferred, .insuredHere,
            ])
        // The way back.
        try bench.execute(record(2, .medical, .open), as: office)
        #expect(try waiting(bench, as: office) == ["1 pension", "2 medical"])
    }

    @Test("第十三条（二）: each agency records its own insurance, of people who have a transfer, not in the future")
    func refused() throws {
        let bench = try bench()
        let today = CalendarDay(bench.clock.now())
        func slug(_ person: Int64, _ insurance: Insurance, _ dated: CalendarDay, as officer: Officer) throws -> String?
        {
            try bench.refusal(
                of: RecordInsuranceTransfer(
                    person: PersonID(person), insurance: insurance, state: .transferred, dated: dated), as: officer)?
                .slug
        }
        #expect(try slug(1, .pension, today, as: office) == "benefits-liaison.transfer.other-office")
        #expect(try slug(3, .medical, today, as: office) == "benefits-liaison.transfer.none")
        #expect(try slug(1, .medical, today.adding(days: 1), as: office) == "benefits-liaison.transfer.in-future")
        #expect(try slug(1, .medical, today, as: .humanResources) == CommonRefusal.roleNotEntitled.slug)
    }

    @Test("Lists come within the area, page by page; who leaves the ledger waits no more; nobody unknown is lost")
    func lists() throws {
        let bench = try bench()
        #expect(try waiting(bench, as: .enterprise(Sample.otherEnterprise)) == [])
        let first = try bench.ask(ListInsuranceTransfers(limit: 1), as: .humanResources)
        #expect(first.rows.count == 2 && first.next == 1)
        #expect(try bench.ask(ListInsuranceTransfers(after: 1, limit: 1), as: .humanResources).rows.count == 1)
        try bench.feed(PersonWithdrawn(person: PersonID(1)), from: .registry)
        #expect(try waiting(bench, as: .humanResources) == ["2 medical"])
        try bench.feed(InsuranceTransferNoted(person: PersonID(9), pension: true, medical: false), from: .registry)
        #expect(try bench.parked().map(\.key) == ["person:9"])
    }
}
