/// What went wrong with a key, a sealed value, a signature key or a password, and what to do about it.
///
/// Messages are written for people (operators and clerks). They name files, never keys, contents or persons.
public struct SealingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure. The raw values are stable: logs and the operations handbook cite them.
    public enum Code: String, CaseIterable, Sendable {
        case keyFileMissing = "key-file-missing"
        case keyFileUnreadable = "key-file-unreadable"
        case keyFileTooOpen = "key-file-too-open"
        case keyFileMalformed = "key-file-malformed"
        case keyFileExists = "key-file-exists"
        case keyFileNotWritten = "key-file-not-written"
        case keyLengthWrong = "key-length-wrong"
        case sealedTooShort = "sealed-too-short"
        case sealedVersionUnknown = "sealed-version-unknown"
        case sealedDamaged = "sealed-damaged"
        case sealedNotText = "sealed-not-text"
        case publicKeyMalformed = "public-key-malformed"
        case passwordTooLong = "password-too-long"
        case passwordHashMalformed = "password-hash-malformed"
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
