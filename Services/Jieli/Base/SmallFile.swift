import Glibc
import Host

/// Small files that are replaced whole.
enum SmallFile {
    /// Nobody ever sees half of it: written beside, then renamed (rename(2)).
    static func replace(_ path: String, with content: String) throws { try replace(path, with: Array(content.utf8)) }

    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let beside = "\(path).new"
        unlink(beside)
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            rename(beside, path) == 0
        else { throw failure(path) }
    }

    private static func failure(_ path: String) -> CommandFailure {
        .failed("不能写入 \(path)：\(String(cString: strerror(errno)))。\(Folders.advice(errno))")
    }
}

/// Files of people, read whole.
enum WholeFile {
    static func read(_ path: String, limitInBytes: Int) throws -> [UInt8] {
        var status = stat()
        // Asked before opening, because opening a pipe that nobody writes to would wait for ever.
        guard stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure.failed("\(path) 不是文件。请给出 .xlsx 或 .csv 名册。")
        }
        guard let file = fopen(path, "re") else {
            throw CommandFailure.failed("不能打开 \(path)：\(String(cString: strerror(errno)))。请核对文件名和权限。")
        }
        defer { fclose(file) }
        guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure.failed("\(path) 不是文件。请给出 .xlsx 或 .csv 名册。")
        }
        // One byte more than is allowed, so that too large a file is refused by its reader, in its words.
        let size = min(Int(status.st_size), limitInBytes + 1)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = size == 0 ? 0 : fread(buffer.baseAddress, 1, size, file)
        }
        guard bytes.count == size else { throw CommandFailure.failed("\(path) 没有读全，请重试。") }
        return bytes
    }
}
