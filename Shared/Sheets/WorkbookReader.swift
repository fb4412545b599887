/// Reads the sheet that matters from an xlsx file (ECMA-376): the first visible one with a roster's header, else the
/// first visible one that is not empty, else the first.
enum WorkbookReader {
    /// Instructions and covers come first in many templates; beyond this many sheets nobody keeps a roster.
    private static let sheetsTried = 32

    static func read(_ bytes: [UInt8], limits: SheetLimits) throws(SheetError) -> Sheet {
        try ZipArchive.withArchive(bytes, limits: limits) { (archive) throws(SheetError) in
            try read(&archive, limits: limits)
        }
    }

    private static func read(_ archive: inout ZipArchive, limits: SheetLimits) throws(SheetError) -> Sheet {
        var fallback: Sheet?
        var chosen: Sheet?
        try each(&archive, limits: limits) { (sheet) throws(SheetError) in
            if let header = HeaderFinder.find(in: sheet), header.missing.isEmpty {
                chosen = sheet
                return false
            }
            if fallback.map({ $0.rowCount == 0 }) ?? true { fallback = sheet }
            return true
        }
        guard let sheet = chosen ?? fallback else { throw .noVisibleSheet }
        return sheet
    }

    /// All visible sheets that hold cells, in order.
    static func readAll(_ bytes: [UInt8], limits: SheetLimits) throws(SheetError) -> [Sheet] {
        try ZipArchive.withArchive(bytes, limits: limits) { (archive) throws(SheetError) in
            var sheets: [Sheet] = []
            try each(&archive, limits: limits) { (sheet) throws(SheetError) in
                sheets.append(sheet)
                return true
            }
            guard !sheets.isEmpty else { throw .noVisibleSheet }
            return sheets
        }
    }

    /// - Parameter body: whether to go on.
    private static func each(
        _ archive: inout ZipArchive, limits: SheetLimits, _ body: (Sheet) throws(SheetError) -> Bool
    ) throws(SheetError) {
        let part = try workbookPart(&archive)
        let workbook = WorkbookHandler()
        try archive.parse(part, workbook)
        guard !workbook.visibleSheets.isEmpty else { throw .noVisibleSheet }
        let relationships = RelationshipsHandler()
        try archive.parse(RelationshipsHandler.path(for: part), relationships)

        let styles = StylesHandler()
        if let target = relationships.target(ofType: "styles") {
            let path = RelationshipsHandler.resolve(target, from: part)
            if archive.contains(path) { try archive.parse(path, styles) }
        }
        let strings = SharedStringsHandler(limits: limits)
        if let target = relationships.target(ofType: "sharedStrings") {
            let path = RelationshipsHandler.resolve(target, from: part)
            if archive.contains(path) { try archive.parse(path, strings) }
        }

        for entry in workbook.visibleSheets.prefix(sheetsTried) {
            // Chart sheets are listed with the others, but hold no cells.
            guard let relationship = relationships.byIdentifier[entry.relationship],
                relationship.type.hasSuffix("/worksheet")
            else { continue }
            let worksheet = WorksheetHandler(
                builder: strings.builder, sharedStrings: strings.cells, formats: styles.formats,
                numbers: CellNumber(countsFrom1904: workbook.countsFrom1904))
            try archive.parse(RelationshipsHandler.resolve(relationship.target, from: part), worksheet)
            guard try body(worksheet.sheet(name: entry.name)) else { return }
        }
    }

    /// The main part's path. Other office files are zip archives too: their main part tells them apart.
    private static func workbookPart(_ archive: inout ZipArchive) throws(SheetError) -> String {
        if archive.contains("_rels/.rels") {
            let package = RelationshipsHandler()
            try archive.parse("_rels/.rels", package)
            if let target = package.target(ofType: "officeDocument") {
                let part = RelationshipsHandler.resolve(target, from: "")
                if part.hasSuffix(".bin") { throw .oldFormat }
                guard part.hasPrefix("xl/") || part.hasSuffix("workbook.xml") else { throw .notASpreadsheet }
                return part
            }
        }
        if archive.contains("xl/workbook.xml") { return "xl/workbook.xml" }
        // An OpenDocument file names itself in its first part.
        if archive.contains("mimetype"), archive.contains("content.xml") { throw .oldFormat }
        throw .notASpreadsheet
    }
}
