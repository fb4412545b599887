/// The files that belong to the pages: styles, scripts, fonts, pictures. Held in memory, since they are few and the
/// program brings them along.
public struct StaticFiles: Sendable {
    private struct Asset: Sendable {
        let type: String
        let bytes: [UInt8]
        let version: String
    }

    private var assets: [String: Asset] = [:]

    public init() {}

    /// - Parameter path: where it is served, such as `/assets/page.css`.
    public mutating func register(_ path: String, type: String, bytes: [UInt8]) {
        assets[path] = Asset(type: type, bytes: bytes, version: Self.version(of: bytes))
    }

    /// All registered paths in order.
    public var paths: [String] { assets.keys.sorted() }

    /// The address to write into pages: it changes with the content, so that browsers may keep the file for good and
    /// still see a new version at once. An unknown path is given back as it is.
    public func address(_ path: String) -> String {
        guard let asset = assets[path] else { return path }
        return "\(path)?v=\(asset.version)"
    }

    /// The file, 304 when the browser already has it, or nil when `request` is for none of these.
    public func response(to request: WebRequest) -> WebResponse? {
        guard request.method == .get || request.method == .head, let asset = assets[request.path] else { return nil }
        // Only an address that carries this very version may be kept for good.
        let isImmutable = request.query("v") == asset.version
        let headers = [
            WebField("ETag", "\"\(asset.version)\""),
            WebField("Cache-Control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache"),
        ]
        if let known = request.header("if-none-match"), Self.lists(known, asset.version) {
            return WebResponse(status: 304, headers: headers)
        }
        return WebResponse(headers: headers + [WebField("Content-Type", asset.type)], body: .bytes(asset.bytes))
    }

    /// RFC 9110, section 13.1.2: a list of tags, weak ones count, or `*`.
    private static func lists(_ header: String, _ version: String) -> Bool {
        header.split(separator: ",").contains { item in
            let tag = item.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == "\"\(version)\"" || tag == "W/\"\(version)\""
        }
    }

    /// FNV-1a, 64 bits: it tells versions apart; it guards against nobody.
    private static func version(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
