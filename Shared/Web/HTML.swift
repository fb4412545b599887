/// A piece of a page. Written as a Swift literal: text put in by `\(…)` is escaped, so that a name such as
/// `<script>` stays a name; another `HTML` is put in as it is.
///
/// ```swift
/// let row: HTML = "<td title=\"\(note)\">\(person.name)</td>"
/// ```
/// Attribute values must stand in quotes. Text inside `<script>` or `<style>` is not for this type: pages have neither,
/// the content security policy forbids them.
public struct HTML: Sendable, Hashable {
    /// UTF-8.
    public private(set) var bytes: [UInt8]

    public init() { bytes = [] }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Escapes `text` for use between tags and in quoted attributes.
    public init(text: some StringProtocol) {
        bytes = []
        HTMLEscape.append(text, to: &bytes)
    }

    /// Takes `markup` as it is. Only for markup that the program itself made, such as an SVG figure.
    public init(trustedMarkup markup: String) { bytes = Array(markup.utf8) }

    public mutating func append(_ other: HTML) { bytes += other.bytes }

    public static func + (left: HTML, right: HTML) -> HTML { HTML(bytes: left.bytes + right.bytes) }

    public static func += (left: inout HTML, right: HTML) { left.append(right) }
}

extension HTML {
    /// ` name="value"`, or nothing when there is no value.
    public static func attribute(_ name: StaticString, _ value: String?) -> HTML {
        guard let value else { return HTML() }
        return " \(HTML(trustedMarkup: "\(name)"))=\"\(value)\""
    }

    /// ` name`, as `checked` or `required` are written, or nothing.
    public static func flag(_ name: StaticString, _ isSet: Bool) -> HTML {
        isSet ? HTML(trustedMarkup: " \(name)") : HTML()
    }
}

extension Sequence<HTML> {
    /// One after the other, with `separator` between them.
    public func joined(separator: HTML = HTML()) -> HTML {
        var joined = HTML()
        var isFirst = true
        for piece in self {
            if !isFirst { joined.append(separator) }
            joined.append(piece)
            isFirst = false
        }
        return joined
    }
}

extension HTML: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral value: StaticString) {
        bytes = value.withUTF8Buffer { Array($0) }
    }

    public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        public mutating func appendInterpolation(_ text: some StringProtocol) { HTMLEscape.append(text, to: &bytes) }

        public mutating func appendInterpolation(_ text: (some StringProtocol)?) {
            if let text { HTMLEscape.append(text, to: &bytes) }
        }

        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: String(number).utf8)
        }

        public mutating func appendInterpolation(_ number: (some BinaryInteger)?) {
            if let number { appendInterpolation(number) }
        }

        public mutating func appendInterpolation(_ html: HTML) { bytes.append(contentsOf: html.bytes) }

        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes.append(contentsOf: html.bytes) }
        }

        public mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
            for piece in pieces { bytes.append(contentsOf: piece.bytes) }
        }
    }
}
