import CSQLite

/// Extended result codes that SQLite defines by shifts, which Swift does not import (sqlite.org/rescode.html).
enum ResultCode {
    static let failedSync: Int32 = SQLITE_IOERR | 4 << 8
    static let checkConstraint: Int32 = SQLITE_CONSTRAINT | 1 << 8
    static let foreignKeyConstraint: Int32 = SQLITE_CONSTRAINT | 3 << 8
    static let notNullConstraint: Int32 = SQLITE_CONSTRAINT | 5 << 8
    static let primaryKeyConstraint: Int32 = SQLITE_CONSTRAINT | 6 << 8
    static let triggerConstraint: Int32 = SQLITE_CONSTRAINT | 7 << 8
    static let uniqueConstraint: Int32 = SQLITE_CONSTRAINT | 8 << 8
    static let rowConstraint: Int32 = SQLITE_CONSTRAINT | 10 << 8
    static let columnTypeConstraint: Int32 = SQLITE_CONSTRAINT | 12 << 8

    /// Constraint messages that name tables and columns only. All others could repeat a value, such as the text of a
    /// full-text query, and are left out of ours.
    static let namingTheSchemaOnly: Set<Int32> = [
        checkConstraint, foreignKeyConstraint, notNullConstraint, primaryKeyConstraint, triggerConstraint,
        uniqueConstraint, rowConstraint, columnTypeConstraint,
    ]
}

extension StoreError {
    /// The error for SQLite's extended result code `result` in `file` (a base name).
    ///
    /// - Parameter remark: SQLite's own words where they cannot hold a value, else the general text of the code.
    static func sqlite(_ result: Int32, file: String, remark: String) -> StoreError {
        let technical = "（SQLite \(result)：\(remark)）"
        let code: Code
        let advice: String
        switch result & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED:
            code = .busy
            advice = "数据文件 \(file) 正被占用，请稍后再试；若一直如此，请检查是否有人用其他工具打开了它。"
        case SQLITE_FULL:
            code = .full
            advice = "磁盘空间不足，\(file) 未能写入：请清理磁盘后再试。已确认的数据没有丢失，本次操作已撤销。"
        case SQLITE_IOERR:
            code = .full
            advice = "读写 \(file) 时磁盘出错：请检查剩余空间和磁盘健康状况后再试。已确认的数据没有丢失，本次操作已撤销。"
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            code = .damaged
            advice = "\(file) 已损坏或不是数据库：请停止服务，保留原文件，核对配置的路径，再用最近的备份恢复。"
        case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            code = .noAccess
            advice = "无权读写 \(file) 或其所在文件夹：请让运行服务的账户拥有读写权限。"
        case SQLITE_NOMEM:
            code = .memory
            advice = "内存不足，对 \(file) 的操作已撤销：请释放内存或增加内存后再试。"
        case SQLITE_CONSTRAINT:
            code = .constraint
            advice = "\(file) 的数据规则不允许这样写入：请核对所填内容是否重复、缺失或引用了不存在的记录。"
        default:
            code = .statement
            advice = "\(file) 无法执行这条语句，这是程序的错误：请把本条信息报告给开发人员。"
        }
        return StoreError(code, advice + technical, resultCode: result)
    }

    static func missing(_ file: String) -> StoreError {
        StoreError(.missing, "找不到数据文件 \(file)：请核对配置的路径并确认磁盘已挂载；新装时请先启动该服务的写入实例来建库。")
    }

    static func exists(_ file: String) -> StoreError {
        StoreError(.exists, "\(file) 已存在，没有覆盖它：请换一个文件名，或先移走原文件。")
    }

    static func damaged(_ file: String, _ what: String) -> StoreError {
        StoreError(.damaged, "\(file) 已损坏（\(what)）：请停止服务，保留原文件，再用最近的备份恢复。")
    }

    static func foreign(_ file: String) -> StoreError {
        StoreError(.foreign, "\(file) 是其他程序的数据库，没有改动它：请核对配置的路径。")
    }

    static func newer(_ file: String, _ what: String) -> StoreError {
        StoreError(.newer, "\(file) 由更新的程序写过（\(what)）：请升级本程序，不要用旧程序打开。")
    }

    static func older(_ file: String, _ migration: String) -> StoreError {
        StoreError(.older, "\(file) 尚未升级到本程序的结构（缺 \(migration)）：请先启动新版的写入实例，再启动只读实例。")
    }

    static func wrongStream(_ file: String, expected: String, found: String) -> StoreError {
        StoreError(.wrongStream, "\(file) 属于服务 \(found)，不是 \(expected)：请核对配置的路径。")
    }

    static func locked(_ file: String) -> StoreError {
        StoreError(.locked, "\(file) 已有写入实例在运行：同一数据文件只允许一个，请等它退出，或以只读实例启动。")
    }

    static func fenced(_ file: String) -> StoreError {
        StoreError(.fenced, "\(file) 已由新的写入实例接管，本实例的操作已撤销：请重启本实例。")
    }

    static func chainBroken(_ file: String, _ what: String) -> StoreError {
        StoreError(.chainBroken, "\(file) 的日志前后不符（\(what)）：请停止服务，用 jieli verify 查明起点，再用备份恢复。")
    }

    static func unsynced(_ file: String) -> StoreError {
        StoreError(
            .unsynced, "磁盘未能确认 \(file) 的写入，这次提交是否已保存尚不确定，本实例结束并重新打开：请检查磁盘健康状况。",
            resultCode: ResultCode.failedSync)
    }

    static func misuse(_ what: String) -> StoreError {
        StoreError(.misuse, "程序误用了数据存储：\(what)。请把本条信息报告给开发人员。")
    }

    static func closed(_ file: String) -> StoreError {
        StoreError(.closed, "\(file) 已关闭：请重新打开后再操作。")
    }
}
