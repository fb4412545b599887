import Contracts
import Domain

/// A file's catalogue as an archivist types or pastes it: one material a line, its parts divided by blanks, tabs or
/// commas. Titles may hold blanks: what stands between the class number and the first date or number is the title.
enum CatalogueText {
    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { TextForm.trimming(String($0)) }.filter { !$0.isEmpty }
    }

    /// `类号 材料名称 形成时间 页数 备注`; time and remark may be absent.
    /// - Throws: a `Refusal` that names the line.
    static func catalogue(_ text: String) throws -> [CatalogueEntry] {
        try lines(text).enumerated().map { index, line in
            var parts = parts(line)
            guard parts.count >= 3, let classNumber = classNumber(parts[0]) else { throw fault(index, line: "目录") }
            parts.removeFirst()
            // From the second part on: a title never begins with its date.
            guard let place = parts.indices.dropFirst().first(where: { isPages(parts[$0]) || isTime(parts[$0]) })
            else { throw fault(index, line: "目录") }
            let title = parts[..<place].joined(separator: " ")
            var rest = parts[place...]
            var formedOn: String?
            // A lone number is the count of pages, unless another number follows it: 1985 4.
            if let first = rest.first, isTime(first), !isPages(first) || rest.dropFirst().first.map(isPages) == true {
                formedOn = time(first)
                rest = rest.dropFirst()
            }
            guard let pages = rest.first.flatMap(pages) else { throw fault(index, line: "目录") }
            let remark = rest.dropFirst().joined(separator: " ")
            return CatalogueEntry(
                classNumber: classNumber, title: title, formedOn: formedOn, pages: pages,
                remark: remark.isEmpty ? nil : remark)
        }
    }

    /// `类号 材料名称 证明`; the proof may be absent, and then the service says whether it may.
    static func missing(_ text: String) throws -> [MissingMaterial] {
        try lines(text).enumerated().map { index, line in
            let parts = parts(line)
            guard parts.count >= 2, let classNumber = classNumber(parts[0]) else { throw fault(index, line: "缺少材料") }
            let proof = parts.dropFirst(2).joined(separator: " ")
            return MissingMaterial(classNumber: classNumber, title: parts[1], proof: proof.isEmpty ? nil : proof)
        }
    }

    private static func parts(_ line: String) -> [String] {
        TextForm.narrowingLettersAndDigits(line)
            .split { $0.isWhitespace || $0 == "," || $0 == "，" || $0 == "、" || $0 == ";" || $0 == "；" }
            .map(String.init)
    }

    /// `4-1`, also written 4－1 or 第4-1类.
    private static func classNumber(_ text: String) -> String? {
        var rest = text
        if rest.hasPrefix("第") { rest.removeFirst() }
        if rest.hasSuffix("类") { rest.removeLast() }
        rest = String(rest.map { "－—–.．".contains($0) ? "-" : $0 })
        let numbers = rest.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(numbers.count), numbers.allSatisfy({ $0 != nil }) else { return nil }
        return rest
    }

    /// Year, year and month, or day: 1985, 1985-06, 1985.6, 1985年6月, 19850601.
    private static func isTime(_ text: String) -> Bool {
        let numbers = time(text).split(separator: "-").map { Int($0) }
        guard (1...3).contains(numbers.count), let year = numbers[0], numbers.allSatisfy({ $0 != nil }) else {
            return false
        }
        return (1900...2100).contains(year)
    }

    private static func time(_ text: String) -> String {
        let dashed = text.map { "年月./".contains($0) ? "-" : $0 }.filter { $0 != "日" }
        let numbers = String(dashed).split(separator: "-").map { $0.count == 1 ? "0\($0)" : String($0) }
        let joined = numbers.joined(separator: "-")
        guard joined.count == 8, numbers.count == 1 else { return joined }
        return "\(joined.prefix(4))-\(joined.dropFirst(4).prefix(2))-\(joined.suffix(2))"
    }

    private static func isPages(_ text: String) -> Bool { pages(text) != nil }

    /// 4 or 4页.
    private static func pages(_ text: String) -> Int? {
        let digits = text.hasSuffix("页") ? String(text.dropLast()) : text
        guard digits.count <= 4 else { return nil }
        return Int(digits)
    }

    private static func fault(_ index: Int, line kind: String) -> Refusal {
        Refusal(
            "gateway.form.catalogue-line", .invalid, "\(kind)中有一行无法识别，请按“类号 材料名称 …”的顺序填写，各项之间空一格：",
            details: ["第 \(index + 1) 行"])
    }
}
