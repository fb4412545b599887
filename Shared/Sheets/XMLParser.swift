import CExpat

/// An element's or attribute's name without its prefix. Points into the parser's memory, valid during one callback.
struct XMLName {
    private let start: UnsafePointer<CChar>

    /// Producers choose prefixes freely (`row`, `x:row`); the elements of a workbook are told apart without them.
    init(_ qualified: UnsafePointer<CChar>) {
        var start = qualified
        var position = qualified
        while position.pointee != 0 {
            if position.pointee == CChar(bitPattern: UInt8(ascii: ":")) { start = position + 1 }
            position += 1
        }
        self.start = start
    }

    static func == (name: XMLName, text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        for index in 0..<count where UInt8(bitPattern: name.start[index]) != text.utf8Start[index] { return false }
        return name.start[count] == 0
    }

    static func ~= (text: StaticString, name: XMLName) -> Bool { name == text }
}

/// The attributes of an element. Points into the parser's memory, valid during one callback.
struct XMLAttributes {
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>

    /// The value's bytes in UTF-8, without the closing zero.
    func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        var pair = pairs
        while let key = pair[0], let value = pair[1] {
            if XMLName(key) == name {
                var count = 0
                while value[count] != 0 { count += 1 }
                return UnsafeBufferPointer(
                    start: UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self), count: count)
            }
            pair += 2
        }
        return nil
    }

    func text(_ name: StaticString) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

    func number(_ name: StaticString) -> Int? { text(name).flatMap { Int($0) } }

    func isTrue(_ name: StaticString) -> Bool { text(name).map { $0 == "1" || $0 == "true" } ?? false }
}

/// What the parser tells. Subclasses set `failure` to stop.
class XMLHandler {
    var failure: SheetError?

    func start(_ name: XMLName, _ attributes: XMLAttributes) {}
    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    /// Runs a step that may throw, and remembers what it threw: a C callback cannot throw.
    final func attempt(_ step: () throws(SheetError) -> Void) {
        guard failure == nil else { return }
        do { try step() } catch { failure = error }
    }
}

/// Expat, fed piece by piece.
struct XMLParser: ~Copyable {
    private let handle: OpaquePointer
    private let handler: XMLHandler

    init(_ handler: XMLHandler) throws(SheetError) {
        guard let created = XML_ParserCreate("UTF-8") else { throw .damaged }
        XML_SetUserData(created, Unmanaged.passUnretained(handler).toOpaque())
        XML_SetElementHandler(
            created,
            { data, name, pairs in
                guard let data, let name, let pairs else { return }
                let handler = Unmanaged<XMLHandler>.fromOpaque(data).takeUnretainedValue()
                guard handler.failure == nil else { return }
                handler.start(XMLName(name), XMLAttributes(pairs: pairs))
            },
            { data, name in
                guard let data, let name else { return }
                let handler = Unmanaged<XMLHandler>.fromOpaque(data).takeUnretainedValue()
                guard handler.failure == nil else { return }
                handler.end(XMLName(name))
            })
        XML_SetCharacterDataHandler(created) { data, text, count in
            guard let data, let text else { return }
            let handler = Unmanaged<XMLHandler>.fromOpaque(data).takeUnretainedValue()
            guard handler.failure == nil else { return }
            let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
            handler.text(UnsafeBufferPointer(start: start, count: Int(count)))
        }
        // A workbook never declares a document type; one that does may expand entities without end.
        XML_SetStartDoctypeDeclHandler(created) { data, _, _, _, _ in
            guard let data else { return }
            Unmanaged<XMLHandler>.fromOpaque(data).takeUnretainedValue().failure = .damaged
        }
        self.handler = handler
        handle = created
    }

    deinit { XML_ParserFree(handle) }

    /// Throws what the handler met, or `sheet.damaged` for XML that is not well formed.
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(SheetError) { try feed(bytes, isFinal: false) }

    func finish() throws(SheetError) { try feed(UnsafeBufferPointer(start: nil, count: 0), isFinal: true) }

    private func feed(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) throws(SheetError) {
        let status = bytes.withMemoryRebound(to: CChar.self) {
            XML_Parse(handle, $0.baseAddress, Int32($0.count), isFinal ? 1 : 0)
        }
        if let failure = handler.failure { throw failure }
        guard status == XML_STATUS_OK else { throw .damaged }
    }
}

extension ZipArchive {
    /// Parses one part from beginning to end.
    mutating func parse(_ name: String, _ handler: XMLHandler) throws(SheetError) {
        let parser = try XMLParser(handler)
        try read(name) { (bytes) throws(SheetError) in try parser.parse(bytes) }
        try parser.finish()
    }
}
