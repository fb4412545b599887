/// How large a file may be before it is refused. The numbers keep an import of the largest county below the memory of
/// the smallest machine; tests hand in smaller ones.
public struct SheetLimits: Sendable {
    public var fileInBytes = 64 * 1_048_576
    /// Of all parts of an xlsx file that are read, together.
    public var unpackedInBytes = 512 * 1_048_576
    /// An xlsx file of empty, formatted rows reaches about 1:60; a deflate bomb 1:1000.
    public var unpackedPerPackedByte = 250
    /// Below this size a high ratio does no harm.
    public var ratioAppliesFromInBytes = 16 * 1_048_576
    public var dataRows = 100_000
    public var columns = 256
    public var cells = 8_000_000
    /// Title lines, header and totals lines that a sheet may hold beside its data rows.
    public var otherRows = 1_000
    /// Excel's own limit on the characters of a cell, which bounds the bytes at four each.
    public var cellInCharacters = 32_767

    public init() {}

    var sheetRows: Int { dataRows + otherRows }
    var cellInBytes: Int { cellInCharacters * 4 }
}
