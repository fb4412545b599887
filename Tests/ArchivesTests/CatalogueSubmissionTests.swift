import Contracts
import Domain
import Support
import Testing

@testable import Archives

@Suite("第九条（一）、（二）: the enterprise enters the catalogues, the bureau receives a batch by one hand-over document")
struct CatalogueSubmissionTests {
    private func entered(_ person: PersonID) -> SubmitCatalogue {
        let file = ReceiveFile.inOrder(person)
        return SubmitCatalogue(
            person: person, scheme: file.scheme, volumes: file.volumes, catalogue: file.catalogue,
            missing: file.missing)
    }

    @Test("What is entered is there for the bureau, may be entered anew, and comes back with the file")
    func entering() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        try bench.execute(entered(person), as: .enterprise())
        #expect(try bench.newEvents(CatalogueSubmitted.self).map(\.person) == [person])
        var file = try bench.file(person)
        #expect(file.state == .awaiting && file.scheme == .worker && file.volumes == 1)
        #expect(file.catalogue == ReceiveFile.inOrder().catalogue && file.missing == ReceiveFile.inOrder().missing)
        let rows = try bench.ask(ArchivesWork(limit: 10), as: .archivist).rows
        #expect(rows.map(\.hasCatalogue) == [true])
        try bench.execute(ReturnFile(person: person, reasons: ["缺封面"]), as: .archivist)
        var again = entered(person)
        again.volumes = 2
        try bench.execute(again, as: .enterprise())
        file = try bench.file(person)
        #expect(file.state == .returned && file.volumes == 2 && file.returnReasons == ["缺封面"])
    }

    @Test("Only its own enterprise enters, only before the file is received, and only what is in order")
    func refused() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        func slug(_ command: SubmitCatalogue, _ officer: Officer) throws -> String? {
            try bench.refusal(of: command, as: officer)?.slug
        }
        #expect(try slug(entered(person), .archivist) == CommonRefusal.roleNotEntitled.slug)
        let stranger = Officer(user: "q2", role: .enterprise, area: .enterprise("91330000000000000X"))
        #expect(try slug(entered(person), stranger) == CommonRefusal.areaNotEntitled.slug)
        var wrong = entered(person)
        wrong.catalogue[0].classNumber = "11"
        #expect(try slug(wrong, .enterprise()) == ArchivesRefusal.unknownClass.slug)
        try bench.execute(ReceiveFile.inOrder(person), as: .archivist)
        #expect(try slug(entered(person), .enterprise()) == ArchivesRefusal.alreadyReceived.slug)
        try bench.execute(ReturnFile(person: person, reasons: ["缺封面"]), as: .archivist)
        try bench.execute(HoldBackFile(person: person, ground: .classified), as: .archivist)
        #expect(try slug(entered(person), .enterprise()) == ArchivesRefusal.heldBack.slug)
    }

    @Test("The files of one batch share a hand-over document; another batch and a file alone have their own")
    func batch() throws {
        let bench = try ArchivesBench()
        func receive(_ number: Int64, _ batch: String?, _ day: String = "2026-11-20") throws -> String {
            let person = try bench.applied(number)
            let file = ReceiveFile.inOrder(person).with {
                $0.batch = batch
                $0.dated = CalendarDay(day)!
            }
            return try bench.execute(file, as: .archivist).receiptNumber
        }
        #expect(try receive(1, "a") == "红档接〔2026〕1号")
        #expect(try receive(2, "a") == "红档接〔2026〕1号")
        #expect(try receive(3, "b") == "红档接〔2026〕2号")
        #expect(try receive(4, nil) == "红档接〔2026〕3号")
        try bench.restart()
        #expect(try receive(5, "a") == "红档接〔2026〕1号")
        #expect(try receive(6, "a", "2025-12-31") == "红档接〔2025〕1号", "numbers are those of the year")
        let files = try bench.core.store.commit {
            try $0.rows("SELECT person FROM receipt_file ORDER BY person") { try $0.integer(0) }
        }
        #expect(files == [2, 5], "every file of a document is kept with it")
    }
}
