import Contracts
import Rosters
import Sheets
import Testing

@Suite("The way of a roster file into the registry")
struct RosterSendingTests {
    @Test("Rows go in batches, in order, and from where an earlier sending broke off")
    func batches() throws {
        let lines = (0..<1201).map { "李阿明,53252919550314\($0)" }
        let sending = try RosterSending(
            bytes: Array(("姓名,身份证号\n" + lines.joined(separator: "\n")).utf8), fileName: "名册.csv")
        #expect(sending.opening(enterprise: "x").rowCount == 1201)
        for received in [0, 500, 777, 1201] {
            var first = received
            var numbers: [UInt64] = []
            let closed = try sending.send(
                to: Self.summary(received: received),
                add: { batch, number in
                    #expect(batch.firstRow == first)
                    #expect(batch.rows.count <= RosterSending.rowsInOneBatch)
                    first += batch.rows.count
                    numbers.append(number.counter)
                    return RowsOutcome(registered: batch.rows.count, alreadyKnown: 0, setAside: [])
                },
                close: { _, number in
                    numbers.append(number.counter)
                    return Self.summary(received: 1201)
                }, progress: { _ in })
            #expect(first == 1201 && closed.summary.received == 1201 && closed.resumedAt == received)
            #expect(Set(numbers).count == numbers.count)
        }
    }

    @Test("Wide rows go in smaller batches: no message grows past its limit")
    func wideRows() throws {
        let wide = String(repeating: "班组说明", count: 2_000)
        let lines = (0..<200).map { "李阿明,53252919550314\($0),\(wide)" }
        let sending = try RosterSending(
            bytes: Array(("姓名,身份证号,说明\n" + lines.joined(separator: "\n")).utf8), fileName: "名册.csv")
        var sent: [AddRosterRows] = []
        _ = try sending.send(
            to: Self.summary(received: 0),
            add: { batch, _ in
                sent.append(batch)
                return RowsOutcome(registered: batch.rows.count, alreadyKnown: 0, setAside: [])
            }, close: { _, _ in Self.summary(received: 200) }, progress: { _ in })
        #expect(sent.reduce(0) { $0 + $1.rows.count } == 200)
        for batch in sent { #expect(try JSONCoding.bytes(batch).count < 2 * RosterSending.bytesInOneBatch) }
    }

    @Test("A row tells apart only what was read as something else than what stands there")
    func cells() throws {
        let text = "姓名,身份证号,班组,联系电话\n李阿明, 532529195503140012,一车间,１３８\n李阿芳,532529195503140020,,\n"
        let sending = try RosterSending(bytes: Array(text.utf8), fileName: "名册.csv")
        var sent: [AddRosterRows] = []
        _ = try sending.send(
            to: Self.summary(received: 0),
            add: { batch, _ in
                sent.append(batch)
                return RowsOutcome(registered: batch.rows.count, alreadyKnown: 0, setAside: [])
            }, close: { _, _ in Self.summary(received: 2) }, progress: { _ in })
        #expect(sent.map(\.columns) == [["name", "identity-number", "", "telephone"]])
        #expect(
            sent.flatMap(\.rows) == [
                RosterRowInput(
                    sheetRow: 2, cells: ["identity-number": "532529195503140012", "telephone": "138"],
                    original: ["李阿明", " 532529195503140012", "一车间", "１３８"]),
                RosterRowInput(sheetRow: 3, cells: nil, original: ["李阿芳", "532529195503140020", "", ""]),
            ])
    }

    @Test("A file that is no roster is refused with a word on what to do")
    func noRoster() {
        for bytes in [Array("%PDF-1.4".utf8), [], Array("甲,乙\n1,2\n".utf8)] {
            let refusal = #expect(throws: Refusal.self) {
                try RosterSending(bytes: bytes, fileName: "名册.xlsx")
            }
            #expect(refusal?.kind == .invalid)
            #expect(refusal?.message.isEmpty == false)
        }
    }

    private static func summary(received: Int) -> RosterSummary {
        RosterSummary(
            roster: 7, enterprise: "x", fileName: "名册.csv", state: .open, rowCount: 1201, received: received,
            registered: 0, setAside: 0, outOfScope: 0, undoable: true, isRepeat: false,
            importedAt: .init(millisecondsSinceEpoch: 0))
    }
}
