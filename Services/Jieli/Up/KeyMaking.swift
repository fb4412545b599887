import Contracts
import Glibc
import Host
import Messaging
import Sealing

/// The keys of a county: made where they are missing, never replaced.
enum KeyMaking {
    /// - Returns: what was made, for people.
    /// - Throws: when a key is gone whose data are still there.
    static func makeMissing(_ county: CountyFolder) throws -> [String] {
        let keys = KeyFolder(county.keys)
        var made: [String] = []
        var lines: [String] = []
        for service in ServiceName.allCases {
            if access(keys.curveFile(service), F_OK) != 0 {
                let pair = try CurveKeyPair.generate()
                try pair.write(path: keys.curveFile(service), service: service.rawValue)
                lines.append("\(service.rawValue) \(pair.publicKey)")
                made.append("\(service.rawValue).curve")
            }
            guard Supervision.storing.contains(service), access(keys.sealingFile(service), F_OK) != 0 else { continue }
            // A new key would not open what the old one sealed.
            guard access(county.storeFile(service), F_OK) != 0 else {
                throw CommandFailure.failed(
                    "缺少密钥文件 \(keys.sealingFile(service))，而\(service.chinese)已有数据：新密钥打不开旧数据。请从备份恢复该文件后重试。")
            }
            _ = try SealingKey.create(at: keys.sealingFile(service))
            made.append("\(service.rawValue).seal")
        }
        if !lines.isEmpty { try enter(lines, in: keys.registryFile) }
        return made
    }

    /// Adds the new keys in place of the same services' lost ones. A line that was taken out by hand stays out: that
    /// key is revoked.
    private static func enter(_ lines: [String], in path: String) throws {
        let renewed = Set(lines.compactMap { $0.split(separator: " ").first.map(String.init) })
        let present = access(path, F_OK) == 0 ? try Folders.text(path) : "# 服务名 公钥；删去一行即吊销该服务的密钥\n"
        let kept = present.split(separator: "\n").filter { line in
            !(line.split(separator: " ").first.map { renewed.contains(String($0)) } ?? false)
        }
        let content = (kept.map(String.init) + lines).joined(separator: "\n") + "\n"
        try SmallFile.replace(path, with: content)
    }
}
