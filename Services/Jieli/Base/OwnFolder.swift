import Glibc

/// A folder for the data of a command that makes counties of its own.
enum OwnFolder {
    /// - Parameters:
    ///   - path: must not exist yet; nil chooses one on a disk, because many systems keep /tmp in memory.
    ///   - name: of the command.
    static func make(_ path: String?, name: String) throws -> String {
        if let path {
            let folder = try CountyFolder(path: path).path
            guard access(folder, F_OK) != 0 else {
                throw CommandFailure.failed("\(folder) 已经存在。请用 --data 给出一个还没有的目录，数据放在其中。")
            }
            guard mkdir(folder, 0o700) == 0 else {
                throw CommandFailure.failed("不能建立目录 \(folder)：\(String(cString: strerror(errno)))。请检查路径和权限。")
            }
            return folder
        }
        var template = Array("/var/tmp/jieli-\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure.failed("不能在 /var/tmp 建立目录：\(String(cString: strerror(errno)))。请用 --data 指定目录。")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
