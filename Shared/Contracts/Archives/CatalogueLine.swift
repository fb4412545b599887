import Domain

/// A line of a file's catalogue, or of its missing materials, as an archivist types or pastes it: its parts divided by
/// blanks, tabs or commas. Titles may hold blanks: what stands between the class number and the first date or number is
/// the title.
public enum CatalogueLine {
    /// `类号 材料名称 形成时间 页数 备注`, by the columns of `ReceiveFile.catalogueField`; time and remark may be absent.
    @Sendable public static func material(_ line: String) -> [String: String] {
        var parts = parts(line)
        guard parts.count > 1 else { return ["title": line] }
        var cells = ["classNumber": parts.removeFirst()]
        // From the second part on: a title never begins with its date.
        let place = parts.indices.dropFirst().first { pages(parts[$0]) != nil || time(parts[$0]) != nil }
        cells["title"] = parts[..<(place ?? parts.endIndex)].joined(separator: " ")
        var rest = parts[(place ?? parts.endIndex)...]
        // A lone number is the count of pages, unless another number follows it: 1985 4.
        if let first = rest.first, time(first) != nil,
            pages(first) == nil || rest.dropFirst().first.map({ pages($0) != nil }) == true
        {
            cells["formedOn"] = first
            rest = rest.dropFirst()
        }
        cells["pages"] = rest.popFirst()
        cells["remark"] = rest.joined(separator: " ")
        return cells
    }

    /// `类号 材料名称 证明`; the proof may be absent, and then the service says whether it may.
    @Sendable public static func missing(_ line: String) -> [String: String] {
        let parts = parts(line)
        guard parts.count > 1 else { return ["title": line] }
        return [
            "classNumber": parts[0], "title": parts[1], "proof": parts.dropFirst(2).joined(separator: " "),
        ]
    }

    private static func parts(_ line: String) -> [String] {
        TextForm.narrowingLettersAndDigits(line)
            .split { $0.isWhitespace || $0 == "," || $0 == "，" || $0 == "、" || $0 == ";" || $0 == "；" }
            .map(String.init)
    }

    /// `4-1`, also written 4－1 or 第4-1类; nil when it is no class number.
    @Sendable public static func classNumber(_ text: String) -> String? {
        var rest = TextForm.narrowingLettersAndDigits(text)
        if rest.hasPrefix("第") { rest.removeFirst() }
        if rest.hasSuffix("类") { rest.removeLast() }
        rest = String(rest.map { "－—–.．".contains($0) ? "-" : $0 })
        let numbers = rest.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(numbers.count), numbers.allSatisfy({ $0 != nil }) else { return nil }
        return rest
    }

    /// Year, year and month, or day, with dashes: 1985, 1985-06, 1985.6, 1985年6月, 19850601; nil when it is none.
    @Sendable public static func time(_ text: String) -> String? {
        let dashed = TextForm.narrowingLettersAndDigits(text).map { "年月./－".contains($0) ? "-" : $0 }
            .filter { $0 != "日" }
        var numbers = String(dashed).split(separator: "-").map { $0.count == 1 ? "0\($0)" : String($0) }
        if numbers.count == 1, let only = numbers.first, only.count == 8 {
            numbers = [String(only.prefix(4)), String(only.dropFirst(4).prefix(2)), String(only.suffix(2))]
        }
        guard (1...3).contains(numbers.count), numbers.allSatisfy({ Int($0) != nil }), numbers[0].count == 4,
            let year = Int(numbers[0]), (1900...2100).contains(year)
        else { return nil }
        return numbers.joined(separator: "-")
    }

    /// 4 or 4页.
    private static func pages(_ text: String) -> Int? {
        let digits = text.hasSuffix("页") ? String(text.dropLast()) : text
        guard digits.count <= 4 else { return nil }
        return Int(digits)
    }
}
