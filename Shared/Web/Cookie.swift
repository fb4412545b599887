/// A cookie to set (RFC 6265). Out of reach of scripts and of other sites' forms unless asked otherwise; `Secure` is
/// added by the server when the request came over TLS.
public struct Cookie: Hashable, Sendable {
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
    }

    /// Letters, digits, `-` and `_`.
    public var name: String
    /// Any text; what a cookie may not hold is percent-encoded, and decoded again by `WebRequest.cookie`.
    public var value: String
    public var path = "/"
    /// Nil: until the browser closes. Zero: remove it now.
    public var maximumAgeInSeconds: Int?
    public var isHTTPOnly = true
    public var sameSite = SameSite.lax

    public init(_ name: String, _ value: String, maximumAgeInSeconds: Int? = nil) {
        self.name = name
        self.value = value
        self.maximumAgeInSeconds = maximumAgeInSeconds
    }

    /// Takes the cookie away from the browser.
    public static func removing(_ name: String) -> Cookie { Cookie(name, "", maximumAgeInSeconds: 0) }

    /// The value of a `Set-Cookie` header.
    public func headerValue(isSecure: Bool) -> String {
        let encodedName = PercentCoding.encode(name, keeps: PercentCoding.isUnreserved)
        let encodedPath = PercentCoding.encode(path) { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") }
        var text = "\(encodedName)=\(PercentCoding.encode(value, keeps: PercentCoding.isUnreserved))"
        text += "; Path=\(encodedPath)"
        if let maximumAgeInSeconds { text += "; Max-Age=\(maximumAgeInSeconds)" }
        if isHTTPOnly { text += "; HttpOnly" }
        text += "; SameSite=\(sameSite.rawValue)"
        if isSecure { text += "; Secure" }
        return text
    }

    static func decode(_ value: String) -> String {
        PercentCoding.decode(value.utf8, plusIsSpace: false) ?? value
    }
}
