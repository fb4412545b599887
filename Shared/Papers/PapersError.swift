/// Why a paper or a part of it could not be made, and what to do about it. The text itself is never repeated.
public struct PapersError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure. The raw values are stable.
    public enum Code: String, CaseIterable, Sendable {
        case textEmpty = "text-empty"
        case textTooLong = "text-too-long"
        case moduleSizeWrong = "module-size-wrong"
        case memoryShort = "memory-short"
    }

    public let code: Code
    /// One or two Chinese sentences: what is wrong, and what to do.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(code.rawValue): \(message)" }
}
