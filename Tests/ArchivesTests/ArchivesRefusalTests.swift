import Contracts
import Domain
import Support
import Testing

@testable import Archives

@Suite("Refusals of the archives")
struct ArchivesRefusalTests {
    @Test("Every refusal is made by some request")
    func all() throws {
        var made: Set<String> = []
        func note(_ refusal: Refusal?) { if let refusal { made.insert(refusal.slug) } }
        let bench = try ArchivesBench()
        let person = try bench.applied(1)
        let changes: [(inout ReceiveFile) -> Void] = [
            { $0.dated = CalendarDay("2020-07-30")! }, { $0.dated = CalendarDay("2026-11-25")! },
            { $0.volumes = 0 }, { $0.volumes = 100 }, { $0.catalogue = [] },
            { $0.catalogue = Array(repeating: $0.catalogue[0], count: 2001) },
            { $0.catalogue[0].classNumber = "11" }, { $0.catalogue[1].title = "" }, { $0.catalogue[1].pages = 0 },
            { $0.missing[0].proof = nil },
        ]
        for change in changes {
            let refusal = try bench.refusal(of: ReceiveFile.inOrder().with(change), as: .archivist)
            #expect(refusal?.kind == .invalid)
            note(refusal)
        }
        for reasons in [[], [""], ["缺页", " "]] {
            note(try bench.refusal(of: ReturnFile(person: person, reasons: reasons), as: .archivist))
        }
        note(try bench.refusal(of: ReceiveFile.inOrder(bench.registered(2)), as: .archivist))
        note(try bench.refusal(of: HoldBackFile(person: person, ground: .committeeManaged), as: .archivist))
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
        note(try bench.refusal(of: ReceiveFile.inOrder(), as: .archivist))
        note(try bench.refusal(of: HoldBackFile(person: person, ground: .classified), as: .archivist))
        let leader = try bench.applied(3)
        try bench.feed(FileRuleNoted(person: leader), from: .registry)
        note(try bench.refusal(of: ReceiveFile.inOrder(leader), as: .archivist))
        try bench.execute(HoldBackFile(person: leader, ground: .committeeManaged), as: .archivist)
        note(try bench.refusal(of: HoldBackFile(person: leader, ground: .classified), as: .archivist))
        for held in [leader, person] { note(try bench.refusal(of: ReleaseFile(person: held), as: .archivist)) }
        note(try bench.refusal(of: ReceiveFile.inOrder(leader), as: .archivist))
        #expect(try made == ContractRefusal.slugs(of: .archives))
    }
}
