import Glibc

/// Key files: readable by their owner only, written once, never overwritten.
enum SecretFile {
    /// Longer than any key file. A wrong path must not pull a whole disk image into memory.
    static let greatestLengthInBytes = 16_384

    /// Writes a new file with mode 0600 and makes it durable. On failure nothing stays behind.
    static func create(at path: String, content: [UInt8]) throws(SealingError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file < 0 {
            let cause = errno
            if cause == EEXIST {
                throw SealingError(
                    .keyFileExists, "密钥文件已存在：\(path)。不会覆盖，以免已封存的数据再也打不开；如确需新钥，请换一个文件名。")
            }
            throw notWritten(path, cause)
        }
        // The umask may have taken bits away, even the owner's.
        var failure = fchmod(file, 0o600) == 0 ? 0 : errno
        if failure == 0 { failure = write(content, to: file) }
        if failure == 0 && fsync(file) != 0 { failure = errno }
        if close(file) != 0 && failure == 0 { failure = errno }
        // A key that is in use and then vanishes with a power cut takes all sealed data with it: the name must be
        // durable too.
        if failure == 0 { failure = synchronizeDirectory(of: path) }
        if failure != 0 {
            unlink(path)
            throw notWritten(path, failure)
        }
    }

    /// The content of a key file, which must be a regular file that only its owner may read.
    static func read(_ path: String) throws(SealingError) -> [UInt8] {
        // Without O_NONBLOCK a pipe in the file's place would hang the start.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if file < 0 {
            let cause = errno
            if cause == ENOENT || cause == ENOTDIR {
                throw SealingError(.keyFileMissing, "找不到密钥文件：\(path)。请检查路径，或从备份恢复；首次安装请先生成密钥。")
            }
            throw unreadable(path, cause)
        }
        defer { close(file) }
        var status = stat()
        if fstat(file, &status) != 0 { throw unreadable(path, errno) }
        if status.st_mode & S_IFMT != S_IFREG {
            throw SealingError(.keyFileUnreadable, "\(path) 不是普通文件。请把配置改为密钥文件本身的路径。")
        }
        if status.st_mode & 0o077 != 0 {
            throw SealingError(.keyFileTooOpen, "密钥文件 \(path) 可被其他用户读取。请执行 chmod 600 \(path)，并考虑密钥是否已泄露。")
        }
        return try read(file, path: path)
    }

    private static func read(_ file: Int32, path: String) throws(SealingError) -> [UInt8] {
        var content = [UInt8](repeating: 0, count: greatestLengthInBytes + 1)
        var length = 0
        while length < content.count {
            let count = content.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress! + length, buffer.count - length)
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw unreadable(path, errno) }
            if count == 0 { break }
            length += count
        }
        defer { Secret.wipe(&content) }
        if length > greatestLengthInBytes {
            throw SealingError(.keyFileMalformed, "\(path) 太大，不是密钥文件。请检查路径。")
        }
        return Array(content[..<length])
    }

    private static func write(_ content: [UInt8], to file: Int32) -> Int32 {
        var written = 0
        while written < content.count {
            let count = content.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return errno }
            written += count
        }
        return 0
    }

    private static func synchronizeDirectory(of path: String) -> Int32 {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory < 0 { return errno }
        defer { close(directory) }
        return fsync(directory) == 0 ? 0 : errno
    }

    private static func notWritten(_ path: String, _ cause: Int32) -> SealingError {
        SealingError(.keyFileNotWritten, "无法写入密钥文件 \(path)（\(reason(cause))）。请检查目录是否存在、是否可写、磁盘是否已满。")
    }

    private static func unreadable(_ path: String, _ cause: Int32) -> SealingError {
        SealingError(.keyFileUnreadable, "无法读取密钥文件 \(path)（\(reason(cause))）。请让运行服务的用户成为该文件的所有者。")
    }

    private static func reason(_ cause: Int32) -> String { String(cString: strerror(cause)) }
}
