import FoundationEssentials

/// Whole files, for tests that look at what was written.
public enum FileBytes {
    public static func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}
