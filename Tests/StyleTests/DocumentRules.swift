import FoundationEssentials

/// Rules about the documents. Each answers its complaints, `path:line: what is wrong`; none when all is well.
enum DocumentRules {
    /// README.md and every Markdown file of docs and compose.
    static func documents() throws -> [SourceFile] {
        var paths = ["README.md"]
        for folder in ["docs", "compose"] where Repository.exists(folder) {
            let inside = try FileManager.default.subpathsOfDirectory(atPath: "\(Repository.root)/\(folder)")
            paths += inside.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }.sorted()
        }
        return try paths.map(Repository.file)
    }

    /// Links and pictures that lead to no file. `exists` takes a path from the repository's root.
    static func links(_ document: SourceFile, exists: (String) -> Bool) -> [String] {
        let folder = document.path.split(separator: "/").dropLast().map(String.init)
        return complaints(document) { line in
            targets(of: line).compactMap { target in
                if target.hasPrefix("#") || target.contains("://") { return nil }
                let path = String(target.prefix { $0 != "#" })
                guard let resolved = resolve(path, from: folder), exists(resolved) else {
                    return "\(target) leads to no file"
                }
                return nil
            }
        }
    }

    /// Subcommands of the start script that its help does not know.
    static func commands(_ document: SourceFile, known: Set<String>) -> [String] {
        complaints(document) { line in
            line.split(separator: "./jieli ", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
                let name = String(rest.prefix { $0.isLetter && $0.isASCII || $0 == "-" })
                return name.isEmpty || known.contains(name) ? nil : "./jieli has no subcommand \(name)"
            }
        }
    }

    /// The subcommands in the script's help: the lines of two blanks, a name and what it does.
    static func subcommands(inHelp help: String) -> Set<String> {
        Set(
            help.split(separator: "\n").compactMap { line in
                guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
                let name = line.dropFirst(2).prefix { $0.isLetter && $0.isASCII && $0.isLowercase || $0 == "-" }
                return name.isEmpty || !line.dropFirst(2 + name.count).hasPrefix("  ") ? nil : String(name)
            })
    }

    /// Words in backticks that look like a type's name and are declared nowhere.
    static func types(_ document: SourceFile, declared: Set<String>) -> [String] {
        complaints(document) { line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, word in
                guard index % 2 == 1, looksLikeType(word), !declared.contains(String(word)) else { return nil }
                return "no type or module \(word) in the sources"
            }
        }
    }

    /// Names that the sources declare as types, and the names of modules.
    static func declaredTypes(_ files: [SourceFile]) -> Set<String> {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        var names: Set<String> = []
        for file in files {
            let folders = file.path.split(separator: "/")
            if folders.count > 2 { names.insert(String(folders[1])) }
            for line in file.lines where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                let words = line.split(separator: " ")
                for (kind, name) in zip(words, words.dropFirst()) where kinds.contains(kind) {
                    names.insert(String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
                }
            }
        }
        return names
    }

    /// A capital, then a small letter, then letters and digits: `LogChain`, not `SM3` or `PATH`.
    private static func looksLikeType(_ word: Substring) -> Bool {
        guard let first = word.first, first.isUppercase, first.isASCII, word.contains(where: \.isLowercase) else {
            return false
        }
        return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// What stands in the round brackets behind square ones.
    private static func targets(of line: Substring) -> [Substring] {
        line.split(separator: "](", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.firstIndex(of: ")").map { rest[..<$0] }
        }
    }

    /// Nil when the path leaves the repository.
    private static func resolve(_ path: String, from folder: [String]) -> String? {
        var parts = folder
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }

    private static func complaints(_ file: SourceFile, _ rule: (Substring) -> [String]) -> [String] {
        file.lines.enumerated().flatMap { number, line in
            rule(line).map { "\(file.path):\(number + 1): \($0)" }
        }
    }
}
