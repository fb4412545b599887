import Contracts
import Domain
import Support
import Testing

@testable import Archives

@Suite("第九条（四）: files that are not handed over")
struct HoldBackTests {
    @Test("The file of a leader whom the county committee manages is not received, and is held back instead")
    func committeeManaged() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        try bench.feed(FileRuleNoted(person: person), from: .registry)
        let refusal = try bench.refusal(of: ReceiveFile.inOrder(), as: .archivist)
        #expect(refusal?.slug == "archives.file.committee-managed")
        #expect(refusal?.article?.citation == "第九条（四）")
        try bench.execute(HoldBackFile(person: person, ground: .committeeManaged), as: .archivist)
        #expect(try bench.newEvents(FileHeldBack.self).map(\.person) == [person])
        #expect(
            try bench.refusal(of: ReceiveFile.inOrder(), as: .archivist)?.slug == "archives.file.held-back")
    }

    @Test("Without the roster's note only the organization department says whom the committee manages")
    func notNoted() throws {
        let bench = try ArchivesBench()
        let person = try bench.registered()
        let command = HoldBackFile(person: person, ground: .committeeManaged)
        let refusal = try bench.refusal(of: command, as: .archivist)
        #expect(refusal?.slug == "archives.hold-back.not-noted")
        #expect(refusal?.article?.citation == "第九条（四）")
        try bench.execute(command, as: .organization)
        #expect(try bench.file(person).ground == .committeeManaged)
    }

    @Test("Nothing of a classified file leaves the service, not even what it held before")
    func classified() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
        let command = HoldBackFile(person: person, ground: .classified)
        #expect(try bench.refusal(of: command, as: .archivist)?.slug == "archives.hold-back.received")
        try bench.execute(ReturnFile(person: person, reasons: ["涉密"]), as: .archivist)
        try bench.execute(command, as: .archivist)
        #expect(
            try bench.file(person)
                == FileRecord(
                    person: person, state: .heldBack, volumes: 0, catalogue: [], missing: [], returnReasons: [],
                    ground: .classified))
        #expect(
            try bench.core.store.commit { try $0.scalar("SELECT count(*) FROM file WHERE contents IS NOT NULL") } == 0)
        #expect(try bench.ask(ArchivesWork(limit: 10), as: .archivist).rows.isEmpty)
    }

    @Test("The same again changes nothing, another ground and a return are refused")
    func unchanged() throws {
        let bench = try ArchivesBench()
        let person = try bench.registered()
        try bench.execute(HoldBackFile(person: person, ground: .classified), as: .archivist)
        try bench.execute(HoldBackFile(person: person, ground: .classified), as: .organization)
        #expect(try bench.newEventNames() == ["archives.file.held-back"])
        #expect(
            try bench.refusal(of: HoldBackFile(person: person, ground: .committeeManaged), as: .organization)?.slug
                == "archives.hold-back.other-ground")
        let refusal = try bench.refusal(of: ReturnFile(person: person, reasons: ["不符"]), as: .archivist)
        #expect(refusal?.slug == "archives.file.held-back")
        #expect(refusal?.article?.citation == "第九条（四）")
    }

    @Test("第九条（一）、（四）: entered by mistake it is taken back, and the file is awaited again")
    func released() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        #expect(try bench.refusal(of: ReleaseFile(person: person), as: .archivist)?.slug == "archives.hold-back.none")
        try bench.execute(HoldBackFile(person: person, ground: .classified), as: .archivist)
        _ = try bench.newEvents()
        try bench.execute(ReleaseFile(person: person), as: .archivist)
        #expect(try bench.newEventNames() == [FileReleased.name])
        #expect(try bench.file(person).state == .awaiting)
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
    }

    @Test("第九条（四）: whom the committee manages, its organization department releases, nobody else")
    func committeeReleases() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        try bench.feed(FileRuleNoted(person: person), from: .registry)
        try bench.execute(HoldBackFile(person: person, ground: .committeeManaged), as: .archivist)
        let refusal = try bench.refusal(of: ReleaseFile(person: person), as: .archivist)
        #expect(refusal?.slug == "archives.hold-back.committee-releases")
        #expect(refusal?.article?.citation == "第九条（四）")
        try bench.execute(ReleaseFile(person: person), as: .organization)
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
    }
}
