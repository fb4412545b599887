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
        // Without the right to look, every file would seem to be missing.
        guard access(county.keys, R_OK | W_OK | X_OK) == 0 else {
            throw CommandFailure.failed(
                "不能读写密钥目录 \(county.keys)：\(String(cString: strerror(errno)))。密钥没有丢失，请让运行本程序的账户拥有该目录的权限。")
        }
        let unsealed = Supervision.storing.filter { access(keys.sealingFile($0), F_OK) != 0 }
        // Before anything is made: a new key would not open what the old one sealed.
        if let service = unsealed.first(where: { access(county.storeFile($0), F_OK) == 0 }) {
            throw CommandFailure.failed(
                "缺少密钥文件 \(keys.sealingFile(service))，而\(service.chinese)已有数据：新密钥打不开旧数据。请从备份恢复该文件后重试。")
        }
        var made: [String] = []
        // Without the file nobody was revoked by taking out a line: a start was broken off, or the file was lost.
        if access(keys.registryFile, F_OK) != 0 {
            for service in ServiceName.allCases where access(keys.curveFile(service), F_OK) == 0 {
                let pair = try CurveKeyPair.read(path: keys.curveFile(service)).keys
                try enter(service, pair.publicKey, in: keys.registryFile)
            }
        }
        for service in ServiceName.allCases where access(keys.curveFile(service), F_OK) != 0 {
            let pair = try CurveKeyPair.generate()
            // Its line first: a file without its line would be taken for a revoked key, and a line without its file is
            // replaced the next time.
            try enter(service, pair.publicKey, in: keys.registryFile)
            try pair.write(path: keys.curveFile(service), service: service.rawValue)
            made.append("\(service.rawValue).curve")
        }
        for service in unsealed {
            _ = try SealingKey.create(at: keys.sealingFile(service))
            made.append("\(service.rawValue).seal")
        }
        made += try makeSigning(keys)
        return made
    }

    /// The key by which the accounts service says who acts, and its public half for all services.
    private static func makeSigning(_ keys: KeyFolder) throws -> [String] {
        let (file, publicFile) = (keys.signatureFile(.accounts), keys.accountsPublicKeyFile)
        var made: [String] = []
        let key: SignatureKey
        if access(file, F_OK) == 0 {
            key = try SignatureKey.load(from: file)
        } else {
            // It seals nothing: a new one costs only that the services on other machines need its public half.
            key = try SignatureKey.create(at: file)
            made.append("accounts.sm2")
        }
        if (try? Folders.text(publicFile)) != key.publicKey.pem {
            try SmallFile.replace(publicFile, with: key.publicKey.pem)
            made.append("accounts.sm2.pub")
        }
        return made
    }

    /// Adds a new key in place of the same service's lost one. A line that was taken out by hand stays out: that key is
    /// revoked.
    private static func enter(_ service: ServiceName, _ publicKey: String, in path: String) throws {
        let present = access(path, F_OK) == 0 ? try Folders.text(path) : "# 服务名 公钥；删去一行即吊销该服务的密钥\n"
        let kept = present.split(separator: "\n").filter { line in
            line.split(separator: " ").first.map(String.init) != service.rawValue
        }
        let content = (kept.map(String.init) + ["\(service.rawValue) \(publicKey)"]).joined(separator: "\n") + "\n"
        try SmallFile.replace(path, with: content)
    }
}
