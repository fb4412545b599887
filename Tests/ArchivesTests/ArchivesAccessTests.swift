import Contracts
import Domain
import Support
import Testing

@testable import Archives

@Suite("Who sees and does what with files; the registry's news")
struct ArchivesAccessTests {
    @Test("Only the bureau receives and returns; other enterprises and townships see nothing")
    func access() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        for officer in [Officer.enterprise(), .township(), .humanResources, .organization] {
            #expect(try bench.refusal(of: ReceiveFile.inOrder(), as: officer)?.slug == "access.role")
            #expect(
                try bench.refusal(of: ReturnFile(person: person, reasons: ["不符"]), as: officer)?.slug == "access.role")
        }
        #expect(
            try bench.refusal(of: HoldBackFile(person: person, ground: .classified), as: .enterprise())?.slug
                == "access.role")
        #expect(try bench.refusal(of: GetFile(person: person), as: .doctor)?.slug == "access.role")
        for stranger in [Officer.enterprise(Sample.otherEnterprise), .township(Sample.otherTownship)] {
            #expect(try bench.refusal(of: GetFile(person: person), as: stranger)?.slug == "access.area")
        }
        #expect(try bench.file(person, as: .enterprise()).state == .awaiting)
        #expect(try bench.file(person, as: .township()).state == .awaiting)
    }

    @Test("An archivist whose account is bound to one township acts within it only")
    func boundArchivist() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        let bound = Officer(user: "fenguan", role: .archives, area: .township(Sample.otherTownship))
        #expect(try bench.refusal(of: ReceiveFile.inOrder(), as: bound)?.slug == "access.area")
        #expect(
            try bench.refusal(of: ReturnFile(person: person, reasons: ["不符"]), as: bound)?.slug == "access.area")
        #expect(
            try bench.refusal(of: HoldBackFile(person: person, ground: .classified), as: bound)?.slug
                == "access.area")
    }

    @Test("Who looked at whose file is written down")
    func looked() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        _ = try bench.file(person, as: .township())
        let looks = try bench.core.store.commit {
            try $0.scalar("SELECT count(*) FROM looked WHERE subject = 'person:1' AND user = 'xiangzhen'")
        }
        #expect(looks == 1)
    }

    @Test("The work list shows awaited and returned files of the area, those applied for first, page by page")
    func work() throws {
        let bench = try ArchivesBench()
        try bench.registered(1)
        try bench.applied(2)
        try bench.registered(3)
        try bench.applied(4)
        try bench.applied(5, enterprise: Sample.otherEnterprise)
        try bench.applied(6)
        try bench.execute(ReceiveFile.inOrder(PersonID(6)), as: .archivist)
        try bench.execute(ReturnFile(person: PersonID(4), reasons: ["缺页"]), as: .archivist)
        var seen: [Int64] = []
        var after: Int64?
        repeat {
            let page = try bench.ask(ArchivesWork(after: after, limit: 2), as: .archivist)
            #expect(page.rows.count <= 2)
            seen += page.rows.map(\.person.rawValue)
            after = page.next
        } while after != nil
        #expect(seen == [2, 4, 5, 1, 3])
        let own = try bench.ask(ArchivesWork(limit: 10), as: .enterprise())
        #expect(own.rows.map(\.person.rawValue) == [2, 4, 1, 3])
        #expect(own.rows.map(\.state) == [.awaiting, .returned, .awaiting, .awaiting])
        #expect(own.rows.map(\.hasApplication) == [true, true, false, false])
        let bound = Officer(user: "fenguan", role: .archives, area: .township(Sample.otherTownship))
        #expect(try bench.ask(ArchivesWork(limit: 10), as: bound).rows.isEmpty)
    }

    @Test("Nobody is known before the registry tells of them, nor after it withdraws them")
    func withdrawn() throws {
        let bench = try ArchivesBench()
        #expect(try bench.refusal(of: ReceiveFile.inOrder(), as: .archivist)?.slug == "person.unknown")
        let untouched = try bench.registered(1)
        let touched = try bench.registered(2)
        try bench.execute(HoldBackFile(person: touched, ground: .classified), as: .archivist)
        for person in [untouched, touched] {
            try bench.feed(PersonWithdrawn(person: person), from: .registry)
            #expect(try bench.refusal(of: GetFile(person: person), as: .archivist)?.slug == "person.unknown")
            #expect(
                try bench.refusal(of: ReturnFile(person: person, reasons: ["缺页"]), as: .archivist)?.slug
                    == "person.unknown")
            #expect(
                try bench.refusal(of: HoldBackFile(person: person, ground: .classified), as: .archivist)?.slug
                    == "person.unknown")
        }
        #expect(try bench.ask(ArchivesWork(limit: 10), as: .archivist).rows.isEmpty)
        // What was decided of the one is kept, of the other nothing is left.
        let kept = try bench.core.store.commit { try $0.rows("SELECT person FROM file") { try $0.integer(0) } }
        #expect(kept == [2])
        #expect(try bench.parked().isEmpty)
    }

    @Test("An event of somebody whom the registry never registered is parked, not dropped; others go on")
    func unknown() throws {
        let bench = try ArchivesBench()
        try bench.feed(PersonApplied(person: PersonID(9), application: 1, township: Sample.township), from: .registry)
        try bench.feed(FileRuleNoted(person: PersonID(8)), from: .registry)
        #expect(try bench.parked().map(\.cause) == ["person.unknown", "person.unknown"])
        try bench.applied(1)
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
    }

    @Test("The files survive a restart, and the registry's further news join on")
    func restart() throws {
        let bench = try ArchivesBench()
        let person = try bench.registered()
        try bench.restart()
        try bench.feed(PersonApplied(person: person, application: 1, township: Sample.township), from: .registry)
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
        try bench.restart()
        #expect(try bench.file(person).catalogue.count == 2)
    }
}
