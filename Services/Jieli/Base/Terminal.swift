import Glibc

/// Standard output for answers, standard error for everything else.
enum Terminal {
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    static func complain(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Shows progress in place on a terminal; an empty text clears the line.
    static func show(_ text: String) { write("\r\u{1B}[K\(text)", to: STDERR_FILENO) }

    /// Asks for a password without showing it.
    static func askPassword(_ question: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure.usage("标准输入不是终端，请用 --password-stdin 传入密码。")
        }
        write(question, to: STDERR_FILENO)
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            write("\n", to: STDERR_FILENO)
        }
        return readLine() ?? ""
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// Text in columns, where a Chinese character takes two.
enum Text {
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(1, columns - width(text)))
    }

    /// Rows in aligned columns; those named in `right` are numbers and stand at the right.
    static func table(_ rows: [[String]], right: Set<Int> = []) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let blanks = String(repeating: " ", count: widths[column] - width(cell))
                line += (column == 0 ? "" : "  ") + (right.contains(column) ? blanks + cell : cell + blanks)
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// Milliseconds as people read them: `3 分 12 秒`.
    static func duration(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1000)
        if seconds < 60 { return "\(seconds) 秒" }
        if seconds < 3600 { return "\(seconds / 60) 分 \(seconds % 60) 秒" }
        if seconds < 86_400 { return "\(seconds / 3600) 时 \(seconds / 60 % 60) 分" }
        return "\(seconds / 86_400) 天 \(seconds / 3600 % 24) 时"
    }

    /// KiB as MB with one decimal.
    static func megabytes(_ kibibytes: Int64) -> String {
        let tenths = (kibibytes * 10 + 512) / 1024
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD, 0x2014, 0x201C, 0x201D:
            true
        default: false
        }
    }
}
