import Domain

/// What a file at a store's path turns out to be, and the settings under which it is used.
enum StoreOpening {
    /// Settings of every connection. The page cache is kept small, because a county's services share one machine; no
    /// memory mapping, because an input error there would end the process by a signal.
    static func configure(_ connection: Connection) throws(StoreError) {
        try connection.run("PRAGMA trusted_schema = OFF")
        try connection.run("PRAGMA foreign_keys = ON")
        // What was cleared or rewritten does not stay readable in the page that held it.
        try connection.run("PRAGMA secure_delete = FAST")
        try connection.run("PRAGMA cache_size = -2000")
        try connection.run("PRAGMA mmap_size = 0")
        try connection.run("PRAGMA temp_store = MEMORY")
    }

    /// True when the file is a store of ours in a format known here, false when it holds nothing at all.
    ///
    /// Throws `.foreign`, `.newer` or `.damaged`. Nothing is written.
    static func isStore(_ connection: Connection) throws(StoreError) -> Bool {
        let application = try connection.integer("PRAGMA application_id") ?? 0
        if application == StoreSchema.applicationId {
            let format = try connection.integer("PRAGMA user_version") ?? 0
            if format > StoreSchema.format { throw StoreError.newer(connection.file, "格式 \(format)") }
            return true
        }
        if application == 0, try connection.integer("PRAGMA page_count") == 0 { return false }
        throw StoreError.foreign(connection.file)
    }

    /// Cheap signs of a file cut short, before SQLite may write to it. (SQLite itself notices missing whole pages.)
    ///
    /// - Parameter path: Looked at without opening; see `Connection`.
    static func checkLength(path: String, file: String) throws(StoreError) {
        let logLength = FileStatus.lengthInBytes(path + "-wal") ?? 0
        let length = FileStatus.lengthInBytes(path) ?? 0
        // SQLite takes a file of one byte for an empty one, and would write over it.
        if length == 1 { throw StoreError.damaged(file, "只有一个字节") }
        // SQLite would delete a write-ahead log that stands beside an empty file, and commits with it.
        if length == 0, logLength > 0 { throw StoreError.damaged(file, "主文件为空，却有预写日志") }
    }

    /// A last page cut in the middle. Only when no log is left that could complete it.
    static func checkLastPage(_ connection: Connection, path: String) throws(StoreError) {
        guard let length = FileStatus.lengthInBytes(path), FileStatus.lengthInBytes(path + "-wal") ?? 0 == 0,
            let pageSize = try connection.integer("PRAGMA page_size"), pageSize > 0
        else { return }
        if length % pageSize != 0 { throw StoreError.damaged(connection.file, "末页不完整") }
    }

    static func checkStream(_ connection: Connection, expected: String) throws(StoreError) -> StoreIdentity {
        let identity = try StoreIdentity.read(connection)
        guard identity.head.stream == expected else {
            throw StoreError.wrongStream(connection.file, expected: expected, found: identity.head.stream)
        }
        return identity
    }
}
