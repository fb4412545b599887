import Contracts
import Glibc
import Host

/// Encrypts a backup for the holder of a certificate, by OpenSSL's own program, so that a person can decrypt it with
/// the same program and nothing of ours.
struct BackupEnvelope {
    static let suffix = ".cms"
    private static let program = "/usr/bin/openssl"

    private let certificate: String

    /// - Throws: when the program is not there or the file is no certificate.
    init(_ certificate: String) throws {
        guard access(Self.program, X_OK) == 0 else {
            throw CommandFailure.failed("没有 \(Self.program)，不能加密备份。请安装 Debian 软件包 openssl 后重试。")
        }
        self.certificate = certificate
        guard try Self.run(["x509", "-in", certificate, "-noout"]) else {
            throw CommandFailure.failed("\(certificate) 不是 PEM 格式的证书。请核对 --recipient。")
        }
    }

    /// Each service's copy becomes an enveloped file in the same place of another folder.
    func seal(_ services: [ServiceName], from clear: CountyFolder, to target: CountyFolder) throws {
        for service in services {
            try Folders.make(target.store(service))
            let isDone = try Self.run([
                "cms", "-encrypt", "-binary", "-stream", "-aes-256-gcm", "-outform", "DER", "-in",
                clear.storeFile(service), "-out", target.storeFile(service) + Self.suffix, certificate,
            ])
            guard isDone else {
                throw CommandFailure.failed("加密\(service.chinese)的备份未成，没有备份。请检查磁盘空间和证书是否适于加密。")
            }
        }
    }

    private static func run(_ arguments: [String]) throws -> Bool { try ChildProcess.run(program, arguments) == 0 }
}
