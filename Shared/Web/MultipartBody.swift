/// `multipart/form-data`: text fields stay in memory, files go to the disk as they arrive.
final class MultipartBody: BodyReader {
    /// The part that is arriving.
    private enum Part {
        case field(name: String, value: [UInt8])
        case file(field: String, fileName: String, mediaType: String, storage: UploadStorage)
    }

    /// Room for the lines around each part.
    private static let envelopeInBytes = 1024

    private let limits: WebLimits
    private var parser: MultipartParser
    private var part: Part?
    private var fields: [WebField] = []
    private var files: [UploadedFile] = []
    private var fieldByteCount = 0
    private var fileByteCount = 0

    init(boundary: String, limits: WebLimits) throws(WebProblem) {
        self.limits = limits
        parser = try MultipartParser(boundary: boundary)
    }

    var limitInBytes: Int {
        limits.uploadLimitInBytes + limits.formLimitInBytes
            + (limits.fieldLimit + limits.fileLimit) * Self.envelopeInBytes
    }

    var tooLarge: WebProblem { .tooLarge(limitInBytes: limits.uploadLimitInBytes) }

    func feed(_ bytes: UnsafeRawBufferPointer) throws(WebProblem) {
        try parser.feed(bytes) { (piece: MultipartParser.Piece) throws(WebProblem) in
            switch piece {
            case .begin(let head): part = try begin(head)
            case .content(let content): try append(content)
            case .end: try end()
            }
        }
    }

    func finish(into request: inout WebRequest) throws(WebProblem) {
        guard parser.isComplete else { throw .formMalformed }
        request.fields = fields
        request.files = files
    }

    private func begin(_ head: MultipartParser.PartHead) throws(WebProblem) -> Part {
        let disposition = HeaderParameters(head.first("content-disposition") ?? "")
        guard let name = disposition["name"] else { throw .formMalformed }
        guard let fileName = disposition["filename"].map(Self.browserDecoded) else {
            guard fields.count < limits.fieldLimit else { throw .tooManyFields(limit: limits.fieldLimit) }
            try countFieldBytes(name.utf8.count)
            return .field(name: Self.browserDecoded(name), value: [])
        }
        guard files.count < limits.fileLimit else { throw .tooManyFiles(limit: limits.fileLimit) }
        let baseName = fileName.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return .file(
            field: Self.browserDecoded(name), fileName: baseName, mediaType: head.first("content-type") ?? "",
            storage: try UploadStorage(folder: limits.temporaryFolder))
    }

    private func append(_ content: UnsafeRawBufferPointer) throws(WebProblem) {
        switch part {
        case .field(let name, var value):
            try countFieldBytes(content.count)
            // Let go of the old value first, so that appending does not copy it.
            part = nil
            value.append(contentsOf: content)
            part = .field(name: name, value: value)
        case .file(_, _, _, let storage):
            fileByteCount += content.count
            guard fileByteCount <= limits.uploadLimitInBytes else { throw tooLarge }
            try storage.append(content)
        case nil: break
        }
    }

    private func end() throws(WebProblem) {
        defer { part = nil }
        switch part {
        case .field(let name, let value):
            guard !value.contains(0), let text = String(validating: value, as: UTF8.self) else { throw .textMalformed }
            fields.append(WebField(name, text))
        case .file(let field, let fileName, let mediaType, let storage):
            // A file field left empty is sent as a file without name and content.
            if fileName.isEmpty && storage.byteCount == 0 { return }
            files.append(UploadedFile(field: field, fileName: fileName, mediaType: mediaType, storage: storage))
        case nil: break
        }
    }

    private func countFieldBytes(_ count: Int) throws(WebProblem) {
        fieldByteCount += count
        guard fieldByteCount <= limits.formLimitInBytes else { throw .tooLarge(limitInBytes: limits.formLimitInBytes) }
    }

    /// Browsers write these three characters of a name percent-encoded, and no others (HTML standard, section
    /// 4.10.21.8).
    private static func browserDecoded(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
        var decoded = ""
        var rest = name[...]
        while let first = rest.first {
            let escape = rest.prefix(3)
            switch escape {
            case "%22": decoded += "\""
            case "%0D", "%0A": decoded += " "
            default:
                decoded.append(first)
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(3)
        }
        return decoded
    }
}
