import Contracts
import Domain
import Support
import Testing

@testable import Archives

@Suite("第九条（一）、（二）、第十六条（一）: files go to the archives bureau")
struct ReceiveTests {
    @Test("A file in order is received, with a hand-over document, and others are told")
    func received() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        let receipt = try bench.execute(ReceiveFile.inOrder(), as: .archivist)
        #expect(receipt.receiptNumber == "红档接〔2026〕1号")
        #expect(try bench.newEvents(FileReceived.self).map(\.missing) == [1])
        let file = try bench.file(person)
        #expect(file.state == .received)
        #expect(file.receiptNumber == receipt.receiptNumber)
        #expect(file.receivedOn == CalendarDay("2026-11-20"))
        #expect(file.scheme == .worker && file.volumes == 1)
        #expect(file.catalogue == ReceiveFile.inOrder().catalogue)
        #expect(file.missing == ReceiveFile.inOrder().missing)
    }

    @Test("Numbers of hand-over documents are dense within the year of their date, and survive a restart")
    func numbers() throws {
        let bench = try ArchivesBench()
        func receive(_ number: Int64, _ day: String) throws -> String {
            let person = try bench.applied(number)
            return try bench.execute(
                ReceiveFile.inOrder(person).with { $0.dated = CalendarDay(day)! }, as: .archivist
            ).receiptNumber
        }
        #expect(try receive(1, "2025-12-31") == "红档接〔2025〕1号")
        #expect(try receive(2, "2026-01-01") == "红档接〔2026〕1号")
        #expect(try bench.refusal(of: ReceiveFile.inOrder(PersonID(2)), as: .archivist) != nil)
        try bench.restart()
        #expect(try receive(3, "2026-11-24") == "红档接〔2026〕2号")
        #expect(try receive(4, "2025-06-30") == "红档接〔2025〕2号")
    }

    @Test("A missing material needs a written proof; the refusal names its line, not its title")
    func proofs() throws {
        let bench = try ArchivesBench()
        try bench.applied()
        for proof in [nil, "", " 　"] {
            let file = ReceiveFile.inOrder().with {
                $0.missing.append(MissingMaterial(classNumber: "5", title: "政审表", proof: proof))
            }
            let refusal = try bench.refusal(of: file, as: .archivist)
            #expect(refusal?.slug == "archives.missing.proof-missing")
            #expect(refusal?.article?.citation == "第九条（一）")
            #expect(refusal?.details == ["缺失材料第2行"])
        }
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("第十六条（一）: a file goes with the application, not before it and not after its refusal")
    func application() throws {
        let bench = try ArchivesBench()
        let person = try bench.registered()
        func refused() throws -> String? {
            let refusal = try bench.refusal(of: ReceiveFile.inOrder(), as: .archivist)
            return refusal?.slug == "archives.file.not-applied" ? refusal?.article?.citation : nil
        }
        #expect(try refused() == "第十六条（一）")
        try bench.feed(PersonApplied(person: person, application: 1, township: Sample.township), from: .registry)
        try bench.feed(PersonReturned(person: person, application: 1), from: .registry)
        #expect(try refused() == "第十六条（一）")
        try bench.feed(
            PersonAccepted(
                person: person, enterprise: Sample.enterprise, township: Sample.township,
                on: CalendarDay("2026-11-20")!), from: .registry)
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
    }

    @Test("A file is received once")
    func once() throws {
        let bench = try ArchivesBench()
        try bench.applied()
        let number = bench.number()
        // A caller that heard nothing sends the same bytes again.
        let body = try JSONCoding.bytes(ReceiveFile.inOrder())
        func send() throws -> [UInt8] {
            try bench.ask(ReceiveFile.name, ReceiveFile.version, body, .archivist, number)
        }
        let receipt = try send()
        #expect(try send() == receipt)
        #expect(try bench.newEventNames() == ["archives.file.received"])
        #expect(
            try bench.refusal(of: ReceiveFile.inOrder(), as: .archivist)?.slug == "archives.file.already-received")
        #expect(throws: CommonRefusal.commandNumberReused) {
            try bench.execute(ReceiveFile.inOrder().with { $0.volumes = 2 }, as: .archivist, number: number)
        }
    }

    @Test("A returned file is put in order and received again, with a new document")
    func returned() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        try bench.execute(ReturnFile(person: person, reasons: ["目录与实物不符"]), as: .archivist)
        #expect(try bench.file(person, as: .enterprise()).returnReasons == ["目录与实物不符"])
        try bench.execute(ReceiveFile.inOrder(), as: .archivist)
        #expect(try bench.file(person).returnReasons == [])

        try bench.execute(ReturnFile(person: person, reasons: [" 第2份缺页 "]), as: .archivist)
        try bench.execute(ReturnFile(person: person, reasons: ["第2份缺页"]), as: .archivist)
        let file = try bench.file(person, as: .enterprise())
        #expect(file.state == .returned)
        #expect(file.returnReasons == ["第2份缺页"])
        #expect(file.receiptNumber == nil && file.receivedOn == nil)
        #expect(file.catalogue.count == 2)
        #expect(
            try bench.execute(ReceiveFile.inOrder(), as: .archivist).receiptNumber == "红档接〔2026〕2号")
        #expect(
            try bench.newEventNames() == [
                "archives.file.returned", "archives.file.received", "archives.file.returned", "archives.file.received",
            ])
    }

    @Test("The log and the store hold no title, remark, proof or reason in the clear")
    func sealed() throws {
        let bench = try ArchivesBench()
        let person = try bench.applied()
        try bench.execute(
            ReceiveFile.inOrder().with {
                $0.catalogue[0].title = "车白玉兰履历"
                $0.catalogue[0].remark = "批注甲"
                $0.missing[0].title = "材料乙"
                $0.missing[0].proof = "证明丙"
            }, as: .archivist)
        try bench.execute(ReturnFile(person: person, reasons: ["原因丁"]), as: .archivist)
        let logged = try bench.newEvents().flatMap(\.body)
        let stored =
            try FileBytes.read("\(bench.folder)/archives.sqlite")
            + (try FileBytes.read("\(bench.folder)/archives.sqlite-wal"))
        for text in ["车白玉兰", "批注甲", "材料乙", "证明丙", "原因丁"] {
            #expect(!logged.contains(Array(text.utf8)) && !stored.contains(Array(text.utf8)))
        }
        let file = try bench.file(person)
        #expect(file.catalogue[0].remark == "批注甲" && file.missing[0].proof == "证明丙")
    }
}
