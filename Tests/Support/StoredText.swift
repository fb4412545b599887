import FoundationEssentials

/// What somebody finds who has a store's files and not the key.
public enum StoredText {
    /// The texts that stand in some file of the folder, in UTF-8 as `strings` would show them.
    public static func found(_ texts: [String], in folder: String) throws -> [String] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).map {
            try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))
        }
        return texts.filter { text in files.contains { $0.firstRange(of: Data(text.utf8)) != nil } }
    }
}
