/// Reads the sheets of an xlsx file (ECMA-376).
enum WorkbookReader {
    /// Beyond this many sheets nobody keeps a roster.
    private static let sheetsRead = 64

    static func read(_ bytes: [UInt8], limits: SheetLimits) throws(SheetError) -> SheetBook {
        try ZipArchive.withArchive(bytes, limits: limits) { (archive) throws(SheetError) in
            try read(&archive, limits: limits)
        }
    }

    private static func read(_ archive: inout ZipArchive, limits: SheetLimits) throws(SheetError) -> SheetBook {
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

        func sheets(_ entries: some Sequence<WorkbookHandler.Entry>) throws(SheetError) -> [Sheet] {
            var sheets: [Sheet] = []
            for entry in entries {
                // Chart sheets are listed with the others, but hold no cells.
                guard let relationship = relationships.byIdentifier[entry.relationship],
                    relationship.type.hasSuffix("/worksheet")
                else { continue }
                let worksheet = WorksheetHandler(
                    builder: strings.builder, sharedStrings: strings.cells, styles: styles,
                    numbers: CellNumber(countsFrom1904: workbook.countsFrom1904),
                    awaitsCalculation: workbook.awaitsCalculation)
                try archive.parse(RelationshipsHandler.resolve(relationship.target, from: part), worksheet)
                sheets.append(try worksheet.sheet(name: entry.name))
            }
            return sheets
        }
        let visible = try sheets(workbook.visibleSheets.prefix(sheetsRead))
        guard !visible.isEmpty else { throw .noVisibleSheet }
        let rest = max(0, sheetsRead - workbook.visibleSheets.count)
        return SheetBook(
            visible: visible, hidden: try sheets(workbook.hiddenSheets.prefix(rest)),
            unread: workbook.visibleSheets.dropFirst(sheetsRead).map(\.name)
                + workbook.hiddenSheets.dropFirst(rest).map(\.name))
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
