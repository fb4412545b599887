import Domain

/// What the accounts service says of who acts, for some minutes. It is signed; each service that owns data checks that
/// itself, so that whoever has a program's key acts for nobody who has not signed in.
public struct OfficerAssertion: Codable, Equatable, Sendable {
    public var officer: Officer
    /// The sign-in that it rests on, by its public identifier.
    public var session: String
    public var issued: Timestamp
    public var expires: Timestamp

    public init(officer: Officer, session: String, issued: Timestamp, expires: Timestamp) {
        self.officer = officer
        self.session = session
        self.issued = issued
        self.expires = expires
    }

    /// How long one is good. Whoever signs out or is barred can do nothing with a new one; the last ends by itself.
    public static let lifetimeInMilliseconds: Int64 = 10 * 60_000
    /// How far the clocks of two machines may be apart.
    public static let clockLeewayInMilliseconds: Int64 = 2 * 60_000
}

/// An assertion as it travels in a request's context: a byte 1, the length of the signature in one byte, the signature
/// (SM2 over SM3, DER, signer id of GM/T 0009), the assertion in JSON.
public struct SignedAssertion: Sendable {
    public let signature: [UInt8]
    public let content: [UInt8]

    public init(signature: [UInt8], content: [UInt8]) {
        self.signature = signature
        self.content = content
    }

    /// Nil for anything else.
    public init?(bytes: [UInt8]) {
        guard bytes.count > 2, bytes[0] == 1, bytes.count > 2 + Int(bytes[1]) else { return nil }
        signature = Array(bytes[2..<2 + Int(bytes[1])])
        content = Array(bytes[(2 + Int(bytes[1]))...])
    }

    public var bytes: [UInt8] { [1, UInt8(truncatingIfNeeded: signature.count)] + signature + content }
}

/// Refusals on account of who asks.
public enum AccessRefusal {
    public static let notProven = Refusal(
        "access.not-proven", .notAllowed, "请求没有有效的登录凭证，未办理。请重新登录后再试。")
    public static let assertionExpired = Refusal(
        "access.assertion-expired", .notAllowed,
        "登录凭证已过期，未办理。请重新登录；多次如此的，请系统运维核对各服务器的时钟。")
}
