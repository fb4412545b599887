import Glibc

/// Files and folders, with errors that say what to do.
public enum Folders {
    /// Makes a folder with its parents, readable by its owner only.
    public static func make(_ path: String) throws(OptionsError) {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            partial += "/\(part)"
            if mkdir(partial, 0o700) != 0 && errno != EEXIST {
                let number = errno
                throw OptionsError(
                    key: "data", message: "不能建立目录 \(partial)：\(String(cString: strerror(number)))。\(advice(number))",
                    errno: number)
            }
        }
    }

    /// What to do about a file that cannot be written, by the number of `errno`.
    public static func advice(_ number: Int32) -> String {
        switch number {
        case ENOSPC, EDQUOT: "磁盘空间或文件数（inode）已用完，请清理后再试。"
        case EIO: "磁盘读写出错，请检查磁盘健康状况。"
        case EROFS: "该文件系统只读，请重新挂载或换一个目录。"
        default: "请检查路径和权限。"
        }
    }

    /// The text of a small file, e.g. under /proc.
    public static func text(_ path: String) throws(OptionsError) -> String {
        guard let file = fopen(path, "re") else {
            let number = errno
            throw OptionsError(
                key: "file", message: "不能读取 \(path)：\(String(cString: strerror(number)))。", errno: number)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
