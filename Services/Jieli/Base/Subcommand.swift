/// One subcommand; each lies in a file of its own.
protocol Subcommand {
    static var name: String { get }
    /// One line in Chinese, for the list of commands.
    static var summary: String { get }
    /// The same in English.
    static var english: String { get }
    /// Arguments and options, line by line.
    static var help: String { get }
    /// Options that take a value, without their dashes.
    static var options: [String] { get }
    /// Options that take none.
    static var flags: [String] { get }
    /// The most words that may stand beside the options.
    static var wordLimit: Int { get }
    /// - Throws: what went wrong; the message goes to standard error, the status to the caller.
    static func run(_ arguments: Arguments) throws
}

extension Subcommand {
    static var options: [String] { [] }
    static var flags: [String] { [] }
    static var wordLimit: Int { 0 }

    static var fullHelp: String {
        """
        jieli \(name)：\(summary)
        \(english)

        \(help)
          --data DIR       数据目录（默认 $XDG_STATE_HOME/jieli，否则 ~/.local/state/jieli）
          --help           显示本说明
        """
    }
}

/// A subcommand's arguments, parsed once.
struct Arguments {
    let words: [String]
    private let values: [String: String]
    private let flags: Set<String>

    /// - Throws: `CommandFailure` of usage that names the argument.
    init(_ arguments: [String], of subcommand: any Subcommand.Type) throws {
        let known = subcommand.options + ["data"]
        let knownFlags = subcommand.flags + ["help"]
        var words: [String] = []
        var values: [String: String] = [:]
        var flags: Set<String> = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "-h" {
                flags.insert("help")
                continue
            }
            guard argument.hasPrefix("--") else {
                words.append(argument)
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map(String.init)
            if knownFlags.contains(parts[0]), parts.count == 1 {
                flags.insert(parts[0])
            } else if known.contains(parts[0]) {
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                    throw CommandFailure.usage("\(argument) 后面缺少值。")
                }
                values[parts[0]] = value
            } else {
                throw CommandFailure.usage("不认识参数 \(argument)。")
            }
        }
        if words.count > subcommand.wordLimit, !flags.contains("help") {
            throw CommandFailure.usage("多余的参数：\(words[subcommand.wordLimit])。")
        }
        self.words = words
        self.values = values
        self.flags = flags
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    subscript(_ option: String) -> String? { values[option] }

    /// The word at a place. - Throws: usage, naming what is missing.
    func word(_ index: Int, _ what: String) throws -> String {
        guard index < words.count else { throw CommandFailure.usage("缺少\(what)。") }
        return words[index]
    }

    /// A whole number within a range; `standard` when the option is absent.
    func number(_ option: String, standard: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let text = values[option] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw CommandFailure.usage("--\(option) 应为 \(range.lowerBound) 至 \(range.upperBound) 的整数。")
        }
        return number
    }
}
