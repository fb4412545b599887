/// Rules about the text of one file. Each answers its complaints, `path:line: what is wrong`; none when all is well.
enum TextRules {
    static let greatestWidthInColumns = 120
    static let greatestLengthInLines = 500

    /// Width is counted in characters, as `swift format` counts it; a Chinese character is one.
    static func width(_ file: SourceFile) -> [String] {
        complaints(file) { line in
            line.count > greatestWidthInColumns ? "\(line.count) columns; \(greatestWidthInColumns) are allowed" : nil
        }
    }

    static func length(_ file: SourceFile) -> [String] {
        if file.lines.count <= greatestLengthInLines { return [] }
        return ["\(file.path): \(file.lines.count) lines; \(greatestLengthInLines) are allowed. Split it by subject."]
    }

    /// Foundation itself pulls in the tables of ICU, some tens of megabytes in each process.
    static func foundation(_ file: SourceFile) -> [String] {
        complaints(file) { line in
            importedModule(line) == "Foundation" ? "import FoundationEssentials instead of Foundation" : nil
        }
    }

    /// Words that mark unfinished work. They are put together here, so that this file passes its own rule.
    static func unfinished(_ file: SourceFile) -> [String] {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
        let words = ["st" + "ub", "place" + "holder"]
        let phrase = "fatalError(\"not " + "implemented"
        return complaints(file) { line in
            if line.contains(phrase) { return "unfinished: \(phrase)" }
            if let mark = marks.first(where: { contains($0, in: line) }) { return "unfinished: \(mark)" }
            if let word = words.first(where: { contains($0, in: withoutAttribute(line)) }) {
                return "unfinished: \(word)"
            }
            return nil
        }
    }

    /// The middle of the files' lengths, in lines.
    static func medianLength(_ files: [SourceFile]) -> Int {
        let lengths = files.map(\.lines.count).sorted()
        return lengths.isEmpty ? 0 : lengths[lengths.count / 2]
    }

    /// The module that a line imports, whatever stands before `import` (attributes, access) or after it (a kind).
    static func importedModule(_ line: Substring) -> String? {
        var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ";" })[...]
        let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
        while let word = words.first, word.hasPrefix("@") || access.contains(word) { words.removeFirst() }
        guard words.first == "import" else { return nil }
        words.removeFirst()
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
        return words.first?.split(separator: ".").first.map(String.init)
    }

    private static func complaints(_ file: SourceFile, _ rule: (Substring) -> String?) -> [String] {
        file.lines.enumerated().compactMap { number, line in
            rule(line).map { "\(file.path):\(number + 1): \($0)" }
        }
    }

    /// The attribute of an HTML input field has this name, and no other will do.
    private static func withoutAttribute(_ line: Substring) -> Substring {
        let name = "place" + "holder"
        return line.replacing("\(name)=", with: "=").replacing("\"\(name)\"", with: "\"\"")[...]
    }

    /// Whether `word` stands in `line` as a word or as a word of a compound name. A word in capitals is looked for in
    /// capitals only; one in small letters also with a capital at its start, or all in capitals.
    private static func contains(_ word: String, in line: Substring) -> Bool {
        let forms = word == word.uppercased() ? [word] : [word, word.capitalized, word.uppercased()]
        return forms.contains { form in
            line.ranges(of: form).contains { range in
                let before = range.lowerBound > line.startIndex ? line[line.index(before: range.lowerBound)] : " "
                let after = range.upperBound < line.endIndex ? line[range.upperBound] : " "
                let startsName = !before.isLetter || (before.isLowercase && form.first!.isUppercase)
                let endsName = !after.isLetter || (after.isUppercase && form.last!.isLowercase)
                return startsName && endsName
            }
        }
    }
}
