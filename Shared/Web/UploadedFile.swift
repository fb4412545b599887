import Glibc

/// A file that came with a form. Its content lies on disk, not in memory, for as long as the request or anything else
/// holds this value, and nowhere afterwards.
public struct UploadedFile: Sendable {
    /// The form field's name.
    public let field: String
    /// The name on the sender's machine, without folders. For people: never open anything by it.
    public let fileName: String
    /// What the sender said it is, such as `application/pdf`; empty when it said nothing. A claim, not a fact.
    public let mediaType: String
    public let byteCount: Int
    /// Where this process can read the content. Other processes cannot.
    public let path: String
    private let storage: UploadStorage?

    /// A file from elsewhere, for trying out a handler.
    public init(field: String, fileName: String, mediaType: String, byteCount: Int, path: String) {
        self.field = field
        self.fileName = fileName
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.path = path
        storage = nil
    }

    init(field: String, fileName: String, mediaType: String, storage: UploadStorage) {
        self.field = field
        self.fileName = fileName
        self.mediaType = mediaType
        byteCount = storage.byteCount
        path = storage.path
        self.storage = storage
    }

    /// The whole content.
    /// - Throws: `web.file-unreadable`.
    public func bytes() throws(WebError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable }
        defer { close(descriptor) }
        var content = [UInt8](repeating: 0, count: byteCount)
        var filled = 0
        while filled < byteCount {
            let count = content[filled...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.unreadable }
            filled += count
        }
        return content
    }

    private static var unreadable: WebError {
        WebError(code: "web.file-unreadable", message: "上传的文件已不可读，请重新上传。")
    }
}

/// The file behind an upload. It has no name in the file system from the moment it exists, so that a killed process
/// leaves no roster with ID numbers behind; it is reached through this process's descriptor (proc(5), /proc/[pid]/fd).
final class UploadStorage: @unchecked Sendable {
    // Written only by the connection's thread, before anybody else is given the object.
    private let descriptor: CInt
    private(set) var byteCount = 0

    var path: String { "/proc/self/fd/\(descriptor)" }

    init(folder: String) throws(WebProblem) {
        var template = Array("\(folder)/jieli-upload-\(String(repeating: "X", count: 6))".utf8CString)
        let opened = mkstemp(&template)
        guard opened >= 0 else { throw .uploadNotStored }
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        unlink(template)
        descriptor = opened
    }

    deinit { close(descriptor) }

    func append(_ bytes: UnsafeRawBufferPointer) throws(WebProblem) {
        var written = 0
        while written < bytes.count {
            let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .uploadNotStored }
            written += count
        }
        byteCount += bytes.count
    }
}
