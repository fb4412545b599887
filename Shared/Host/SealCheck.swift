import Sealing
import Store

/// Whether a store and the sealing key handed to its service belong together. Another key would open nothing of what is
/// there, find nobody by number, and seal what comes next so that the right key cannot read it.
enum SealCheck {
    /// The first writer of a store leaves a mark that only its key makes.
    /// - Throws: `OptionsError` when the mark is another key's; a `StoreError` when the store cannot be used.
    static func run(_ store: WritableStore, _ sealer: Sealer, keyFile: String) throws {
        let mark = sealer.token("jieli", purpose: "host.seal-check")
        try store.commit { transaction in
            guard let known = try transaction.scalar("SELECT token FROM seal_check") else {
                return try transaction.execute("INSERT INTO seal_check(token) VALUES(?)", mark)
            }
            guard known == mark else {
                throw OptionsError(
                    key: "keys", message: "密钥文件 \(keyFile) 与数据文件不是一对：用它读不出已有数据。请从备份恢复原来的密钥文件后再启动。")
            }
        }
    }
}
