/// A relationships part (`….rels`): which part plays which role (ECMA-376 part 2, 9.3).
final class RelationshipsHandler: XMLHandler {
    struct Relationship {
        var type: String
        var target: String
    }

    private(set) var byIdentifier: [String: Relationship] = [:]

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "Relationship", let identifier = attributes.text("Id"), let type = attributes.text("Type"),
            let target = attributes.text("Target")
        else { return }
        byIdentifier[identifier] = Relationship(type: type, target: target)
    }

    /// The target of the first relationship whose type ends so. The types' beginnings differ between the transitional
    /// and the strict form of the standard.
    func target(ofType ending: String) -> String? {
        byIdentifier.values.first { $0.type.hasSuffix("/" + ending) }?.target
    }

    /// A target's path in the archive, which may be absolute or relative to the part that refers to it.
    static func resolve(_ target: String, from part: String) -> String {
        var folders = target.hasPrefix("/") ? [] : part.split(separator: "/").dropLast()
        for piece in target.split(separator: "/") {
            if piece == ".." {
                _ = folders.popLast()
            } else if piece != "." {
                folders.append(piece)
            }
        }
        return folders.joined(separator: "/")
    }

    /// `xl/workbook.xml` → `xl/_rels/workbook.xml.rels`.
    static func path(for part: String) -> String {
        let pieces = part.split(separator: "/")
        return (pieces.dropLast() + ["_rels", (pieces.last ?? "") + ".rels"]).joined(separator: "/")
    }
}

/// The workbook part: its sheets in order and its day count.
final class WorkbookHandler: XMLHandler {
    struct Entry {
        var name: String
        var relationship: String
    }

    private(set) var visibleSheets: [Entry] = []
    private(set) var hiddenSheets: [Entry] = []
    private(set) var countsFrom1904 = false
    /// True when a program wrote formulas and left it to a spreadsheet program to compute them.
    private(set) var awaitsCalculation = false

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "workbookPr" { countsFrom1904 = attributes.isTrue("date1904") }
        if name == "calcPr" { awaitsCalculation = attributes.isTrue("fullCalcOnLoad") }
        guard name == "sheet", let relationship = attributes.text("id") else { return }
        let entry = Entry(name: attributes.text("name") ?? "", relationship: relationship)
        if attributes.text("state") ?? "visible" == "visible" {
            visibleSheets.append(entry)
        } else {
            hiddenSheets.append(entry)
        }
    }
}

/// The styles part: the number format of each cell style, and whether its font is struck out.
final class StylesHandler: XMLHandler {
    private var custom: [Int: NumberFormat] = [:]
    private var isInCellFormats = false
    private var isInFonts = false
    private var struckFonts: [Bool] = []
    private(set) var formats: [NumberFormat] = []
    /// Beside `formats`.
    private(set) var isStruck: [Bool] = []

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            guard let identifier = attributes.number("numFmtId"), let code = attributes.text("formatCode") else {
                return
            }
            custom[identifier] = NumberFormat.custom(code)
        case "fonts": isInFonts = true
        case "font" where isInFonts: struckFonts.append(false)
        case "strike" where isInFonts && !struckFonts.isEmpty:
            struckFonts[struckFonts.count - 1] = attributes.text("val").map { $0 != "0" && $0 != "false" } ?? true
        case "cellXfs": isInCellFormats = true
        case "xf" where isInCellFormats:
            let identifier = attributes.number("numFmtId") ?? 0
            formats.append(custom[identifier] ?? NumberFormat.builtIn(identifier))
            let font = attributes.number("fontId") ?? 0
            isStruck.append(struckFonts.indices.contains(font) && struckFonts[font])
        default: break
        }
    }

    override func end(_ name: XMLName) {
        if name == "cellXfs" { isInCellFormats = false }
        if name == "fonts" { isInFonts = false }
    }
}

/// The shared strings part: every text once, cells refer to it by number. Runs of rich text are joined; phonetic
/// readings are left out.
final class SharedStringsHandler: XMLHandler {
    private(set) var builder: SheetBuilder
    private(set) var cells: [SheetCell] = []
    private var text: [UInt8] = []
    private var isInText = false
    private var isInReading = false

    init(limits: SheetLimits) { builder = SheetBuilder(limits: limits) }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "si": text.removeAll(keepingCapacity: true)
        case "rPh": isInReading = true
        case "t": isInText = !isInReading
        default: break
        }
    }

    override func end(_ name: XMLName) {
        switch name {
        case "t": isInText = false
        case "rPh": isInReading = false
        case "si": attempt { () throws(SheetError) in cells.append(try builder.add(unescaped(text), kind: .text)) }
        default: break
        }
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInText { text.append(contentsOf: bytes) }
    }
}

/// Characters that XML cannot hold are written `_x000D_` (ECMA-376 part 1, 22.9.2.19).
func unescaped(_ text: [UInt8]) -> [UInt8] {
    guard text.count >= 7, text.contains(UInt8(ascii: "_")) else { return text }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
        if index + 7 <= text.count, text[index] == UInt8(ascii: "_"), text[index + 1] == UInt8(ascii: "x"),
            text[index + 6] == UInt8(ascii: "_"),
            let value = UInt32(String(decoding: text[index + 2..<index + 6], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(value)
        {
            result.append(contentsOf: String(Character(scalar)).utf8)
            index += 7
        } else {
            result.append(text[index])
            index += 1
        }
    }
    return result
}
