import Contracts
import Domain
import Sealing
import Sheets

/// What the sender of a file decided before it goes in.
public struct RosterChoices: Sendable {
    /// What the headings mean, where it was said by hand.
    public var meanings: HeadingMeanings
    /// True to take rows that are filtered out or hidden; otherwise they are set aside.
    public var takesHiddenRows: Bool

    public init(meanings: HeadingMeanings = HeadingMeanings(), takesHiddenRows: Bool = false) {
        self.meanings = meanings
        self.takesHiddenRows = takesHiddenRows
    }
}

/// A roster file as it was delivered. It holds one roster or several, on its sheets or side by side; each goes into the
/// registry by itself, so that rows keep their numbers and each can be taken back alone.
public struct RosterDelivery: Sendable {
    public let fileName: String
    public let rosters: [RosterSending]

    /// Reads a file.
    /// - Throws: `Refusal` of kind invalid that says what is wrong with the file and what to do. A roster that lacks
    ///   required columns is no error here: `RosterSending.refusal` tells.
    public init(bytes: [UInt8], fileName: String, choices: RosterChoices = RosterChoices()) throws(Refusal) {
        self.fileName = fileName
        let digest = Hex.encode(SM3.digest(bytes))
        let file: RosterFile
        do throws(SheetError) {
            file = try RosterReader.rosters(
                in: SheetFile.book(bytes: bytes, name: fileName), meanings: choices.meanings)
        } catch {
            throw Self.refusal(error)
        }
        let places = file.tables.map(\.place)
        rosters = file.tables.enumerated().map { index, table in
            var notes = index == 0 ? file.notes : []
            if places.count > 1 {
                notes.append(
                    RosterNote(
                        "roster.note.several",
                        "文件中有 \(places.count) 份名册（\(places.joined(separator: "、"))），分别导入；本份为“\(table.place)”",
                        isLoss: false))
            }
            return RosterSending(
                table: table, fileName: Self.name(fileName, table.place),
                fileDigest: index == 0 ? digest : Hex.encode(SM3.digest(Array("\(digest) \(table.place)".utf8))),
                fileNotes: notes, takesHiddenRows: choices.takesHiddenRows)
        }
    }

    static func refusal(_ error: SheetError) -> Refusal {
        Refusal(error.code, .invalid, error.message, details: error.hint.isEmpty ? [] : [error.hint])
    }

    /// `名册.xlsx` and its sheet 2020年 are `名册［2020年］.xlsx`.
    private static func name(_ fileName: String, _ place: String) -> String {
        guard !place.isEmpty else { return fileName }
        guard let point = fileName.lastIndex(of: ".") else { return "\(fileName)［\(place)］" }
        return "\(fileName[..<point])［\(place)］\(fileName[point...])"
    }
}
