/// The parameters behind the first `;` of a header value, as in `form-data; name="a"; filename="b"` (RFC 9110, section
/// 5.6.6).
struct HeaderParameters {
    private var values: [String: String] = [:]

    init(_ header: String) {
        var rest = header.unicodeScalars[...].drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            let value = Self.takeValue(from: &rest)
            let key = String(name).lowercased()
            // The first one counts, so that nothing smuggled in behind can change a name already read.
            if values[key] == nil { values[key] = value }
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// The value behind `=`, leaving `rest` at the next `;`. In quotes, `\"` and `\\` stand for one character; another
    /// backslash is itself, since old browsers send whole Windows paths.
    private static func takeValue(from rest: inout Substring.UnicodeScalarView) -> String {
        rest = rest.dropFirst()
        guard rest.first == "\"" else {
            let plain = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
            rest = rest.drop { $0 != ";" }
            return String(plain)
        }
        rest = rest.dropFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            if scalar == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest = rest.dropFirst()
            } else {
                value.append(scalar)
            }
        }
        rest = rest.drop { $0 != ";" }
        return String(value)
    }
}
