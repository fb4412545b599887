import Glibc

/// Opens the files that people send, whatever their names end with: the first bytes decide, because suffixes are wrong
/// often enough.
public enum SheetFile {
    /// Reads a file. A file over the limit is refused by its size, before it is read.
    ///
    /// Errors: `sheet.unreadable`, and those of `book(bytes:name:)`.
    public static func read(path: String, limits: SheetLimits = SheetLimits()) throws(SheetError) -> Sheet {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try read(bytes: try contents(path, limits: limits), name: name, limits: limits)
    }

    /// The sheet that matters of a file that is already in memory: the first visible one with a roster's header, else
    /// the first that is not empty, else the first.
    ///
    /// Errors: those of `book(bytes:name:)`.
    public static func read(
        bytes: [UInt8], name: String, limits: SheetLimits = SheetLimits()
    ) throws(SheetError) -> Sheet {
        let sheets = try book(bytes: bytes, name: name, limits: limits).visible
        let withRoster = sheets.first { sheet in
            HeaderFinder().find(in: sheet).map { $0.missing.isEmpty } ?? false
        }
        guard let sheet = withRoster ?? sheets.first(where: { $0.rowCount > 0 }) ?? sheets.first else {
            throw .noVisibleSheet
        }
        return sheet
    }

    /// Reads all sheets of a file that is already in memory; `name` is only shown.
    ///
    /// Errors: `sheet.empty-file`, `sheet.too-large`, `sheet.not-a-spreadsheet`, `sheet.old-format`, `sheet.encrypted`,
    /// `sheet.damaged`, `sheet.unpacked-too-large`, `sheet.zip-bomb`, `sheet.no-visible-sheet`, `sheet.wrong-encoding`,
    /// `sheet.too-many-rows`, `sheet.too-many-columns`, `sheet.too-many-cells`, `sheet.text-too-long`.
    public static func book(
        bytes: [UInt8], name: String, limits: SheetLimits = SheetLimits()
    ) throws(SheetError) -> SheetBook {
        guard !bytes.isEmpty else { throw .emptyFile }
        guard bytes.count <= limits.fileInBytes else { throw .tooLarge(limitInBytes: limits.fileInBytes) }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try WorkbookReader.read(bytes, limits: limits) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw compoundFile(bytes) }
        guard !otherBeginnings.contains(where: { bytes.starts(with: $0) }) else { throw .notASpreadsheet }
        let isMarkedUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        guard isMarkedUTF16 || !bytes.contains(0) else { throw .notASpreadsheet }
        let text = try TextDecoding.utf8(bytes)
        guard !isMarkup(text), !text.contains(0) else { throw .notASpreadsheet }
        let sheet = try CommaSeparatedReader.read(text, name: name, limits: limits)
        guard sheet.rowCount > 0 else { throw .emptyFile }
        return SheetBook(visible: [sheet], hidden: [], unread: [])
    }

    private static func contents(_ path: String, limits: SheetLimits) throws(SheetError) -> [UInt8] {
        var status = stat()
        // Asked before opening, because opening a pipe that nobody writes to would wait for ever.
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .unreadable }
        guard let file = fopen(path, "rbe") else { throw .unreadable }
        defer { fclose(file) }
        guard fstat(fileno(file), &status) == 0 else { throw .unreadable }
        guard status.st_size <= limits.fileInBytes else { throw .tooLarge(limitInBytes: limits.fileInBytes) }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = fread(buffer.baseAddress, 1, size, file)
        }
        guard bytes.count == size else { throw .unreadable }
        return bytes
    }

    /// Old office files and encrypted new ones share a container; its directory names what lies inside, in UTF-16.
    private static func compoundFile(_ bytes: [UInt8]) -> SheetError {
        if contains(bytes, entry: "EncryptedPackage") { return .encrypted }
        if contains(bytes, entry: "WordDocument") || contains(bytes, entry: "PowerPoint Document") {
            return .notASpreadsheet
        }
        return .oldFormat
    }

    private static func contains(_ bytes: [UInt8], entry: String) -> Bool {
        let name = Array(entry.utf16).flatMap { (unit: UInt16) -> [UInt8] in [UInt8(truncatingIfNeeded: unit), 0] }
        // A directory entry starts on a multiple of 128 bytes ([MS-CFB] 2.6.1).
        var start = 0
        while start + name.count <= bytes.count {
            if bytes[start..<start + name.count].elementsEqual(name) { return true }
            start += 128
        }
        return false
    }

    /// Web pages and old XML sheets that were saved as `.xls` or `.csv`.
    private static func isMarkup(_ text: [UInt8]) -> Bool {
        let beginning = text.lazy.drop { $0 <= 0x20 }.prefix(16)
        let lowercase = String(decoding: beginning, as: UTF8.self).lowercased()
        return ["<!doctype", "<html", "<?xml", "<table", "<head", "<meta", "<style", "<body", "<div", "<!--"]
            .contains { lowercase.hasPrefix($0) }
    }

    /// PDF, PNG, JPEG, GIF, TIFF, RAR, 7z, gzip, RTF, an empty zip archive.
    private static let otherBeginnings: [[UInt8]] = [
        Array("%PDF".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("II*\0".utf8),
        Array("MM\0*".utf8), Array("Rar!".utf8), [0x37, 0x7A, 0xBC, 0xAF], [0x1F, 0x8B], Array("{\\rtf".utf8),
        [0x50, 0x4B, 0x05, 0x06],
    ]
}
