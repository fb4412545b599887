import Contracts

/// Looks for a text in a request that is longer than the message allows: what is stored is shown on pages and lists
/// again, and a field that takes everything fills disk and pages (a branch of 330,000 characters was once accepted).
///
/// Reads the JSON's texts only; whether it is well-formed is the decoder's to say.
struct TextLimit {
    private let bytes: [UInt8]
    private let longest: Int

    /// - Parameter longestInCharacters: Unicode scalars; an escape counts as one.
    init(_ bytes: [UInt8], longestInCharacters: Int) {
        self.bytes = bytes
        longest = longestInCharacters
    }

    /// The member whose text is too long, or an empty name where no member stands before it; nil when all fit.
    func offender() -> String? {
        // A text of so many characters takes as many bytes at least.
        guard bytes.count > longest else { return nil }
        var place = 0
        var member = ""
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "\"") else {
                place += 1
                continue
            }
            let start = place + 1
            let (end, characters) = text(from: start)
            place = end + 1
            if isMember(after: place) {
                member = String(decoding: bytes[start..<end].prefix(100), as: UTF8.self)
            } else if characters > longest {
                return member
            }
        }
        return nil
    }

    /// - Returns: the place of the closing quotation mark, or the end, and how many characters stand before it.
    private func text(from start: Int) -> (end: Int, characters: Int) {
        var place = start
        var characters = 0
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            switch bytes[place] {
            case UInt8(ascii: "\\"):
                let isLong = place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "u")
                place = min(bytes.count, place + (isLong ? 6 : 2))
                characters += 1
            case let byte:
                // Of a character of several bytes only the first counts.
                if byte & 0xC0 != 0x80 { characters += 1 }
                place += 1
            }
        }
        return (min(place, bytes.count), characters)
    }

    private func isMember(after place: Int) -> Bool {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        return bytes.dropFirst(place).first { !blanks.contains($0) } == UInt8(ascii: ":")
    }
}
