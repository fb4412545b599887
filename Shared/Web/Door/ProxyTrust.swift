import Glibc

/// A range of addresses, such as `10.1.0.0/16` or `fd00::/8`; a single address is a range of one.
public struct AddressRange: Hashable, Sendable {
    private let start: [UInt8]
    private let lengthInBits: Int

    /// Nil when `text` is no address, or its length does not fit.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let start = Self.bytes(parts[0]) else { return nil }
        let length = parts.count == 2 ? Int(parts[1]) : start.count * 8
        guard let length, (0...start.count * 8).contains(length) else { return nil }
        self.start = start
        lengthInBits = length
    }

    public func contains(_ address: String) -> Bool {
        guard let bytes = Self.bytes(address), bytes.count == start.count else { return false }
        return (0..<lengthInBits).allSatisfy { bit in
            (bytes[bit / 8] ^ start[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }

    /// Whom a limit by address counts as one: an IPv6 customer has a whole /64 of addresses (RFC 6177).
    static func household(of address: String) -> String {
        guard let bytes = bytes(address), bytes.count == 16 else { return address }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        var version4 = in_addr()
        if inet_pton(AF_INET, text, &version4) == 1 { return withUnsafeBytes(of: &version4) { Array($0) } }
        var version6 = in6_addr()
        if inet_pton(AF_INET6, text, &version6) == 1 { return withUnsafeBytes(of: &version6) { Array($0) } }
        return nil
    }
}

/// What stands in front of the server. Without a proxy, nobody's word about another address is believed.
public struct ProxyTrust: Hashable, Sendable {
    /// Whose `X-Forwarded-For` is believed.
    public var proxies: [AddressRange]
    /// Whether people reach the proxy by https only: cookies are then marked as secure.
    public var isSecure: Bool

    public init(proxies: [AddressRange] = [], isSecure: Bool = false) {
        self.proxies = proxies
        self.isSecure = isSecure
    }

    /// Who sent a request.
    struct Sender: Hashable, Sendable {
        /// The other end of the connection.
        var peer: String
        /// The client as a trusted proxy names it; else the peer.
        var address: String
        /// Whether any proxy says that it has handed the request on, trusted or not.
        var isForwarded: Bool
    }

    func isProxy(_ peer: String) -> Bool { proxies.contains { $0.contains(peer) } }

    /// Each proxy appends whom it got the request from, so the list is believed from its end, as long as proxies speak.
    func sender(peer: String, headers: [WebField]) -> Sender {
        let isForwarded = headers.contains {
            ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded", "via"].contains(
                $0.name)
        }
        var address = peer
        var claimed = headers.all("x-forwarded-for").flatMap { $0.split(separator: ",").map(String.init) }
        while isProxy(address), let next = claimed.popLast() {
            let trimmed = String(next.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            guard AddressRange(trimmed) != nil, !trimmed.contains("/") else { break }
            address = trimmed
        }
        return Sender(peer: peer, address: address, isForwarded: isForwarded)
    }
}
