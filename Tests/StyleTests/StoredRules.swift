/// Rows outlive the program, so what is kept as JSON is named as such and has samples.
enum StoredRules {
    /// Services whose JSON goes out over HTTP or into cookies, and into no store.
    private static let withoutStoredJSON = ["Services/Gateway/", "Services/Jieli/", "Services/Bus/"]

    /// Types that go into a column, each with the sample that must lie beside the service's tests.
    static func samples(_ files: [SourceFile]) -> [String] {
        services(files).flatMap { file in
            file.lines.compactMap { line -> String? in
                guard line.contains(": StoredJSON") || line.contains(", StoredJSON") else { return nil }
                let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
                guard let kind = words.firstIndex(where: { ["struct", "enum", "extension"].contains($0) }) else {
                    return nil
                }
                let service = file.path.split(separator: "/")[1]
                return "Tests/\(service)Tests/Samples/\(words[kind + 1]).v1.json"
            }
        }
    }

    /// Bytes of a column are made and read by `StoredJSON` alone, so that no type goes in unseen.
    static func unseen(_ files: [SourceFile]) -> [String] {
        services(files).flatMap { file in
            file.lines.enumerated().compactMap { number, line in
                line.contains("JSONCoding.") ? "\(file.path):\(number + 1): make it StoredJSON" : nil
            }
        }
    }

    private static func services(_ files: [SourceFile]) -> [SourceFile] {
        files.filter { file in
            file.path.hasPrefix("Services/") && !withoutStoredJSON.contains { file.path.hasPrefix($0) }
        }
    }
}
