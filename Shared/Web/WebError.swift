/// Why the web server could not be started or a web tool not be built. The message is Chinese and says what to do; it
/// holds no personal data.
///
/// Codes: `web.address-invalid`, `web.address-unusable`, `web.port-busy`, `web.port-forbidden`, `web.socket-failed`,
/// `web.start-failed`, `web.route-twice`, `web.route-malformed`, `web.file-unreadable`.
public struct WebError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable slug, for programs and tests.
    public let code: String
    /// A Chinese sentence, for people.
    public let message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(code): \(message)" }
}
