import Contracts
import Domain
import Messaging
import Sealing

/// The keys of one county, as `jieli up` makes them: one CURVE pair and one sealing key for each service, and the list
/// of public keys that the broker trusts.
public struct KeyFolder: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    public func curveFile(_ service: ServiceName) -> String { "\(path)/\(service.rawValue).curve" }
    public func sealingFile(_ service: ServiceName) -> String { "\(path)/\(service.rawValue).seal" }
    /// Of a service that signs.
    public func signatureFile(_ service: ServiceName) -> String { "\(path)/\(service.rawValue).sm2" }
    /// The public half of the accounts service's key, by which every service proves who acts.
    public var accountsPublicKeyFile: String { "\(path)/accounts.sm2.pub" }
    /// Lines of `<service> <public key>`; taking a line out revokes the key.
    public var registryFile: String { "\(path)/public-keys" }

    /// A service's public key, from the list.
    public func publicKey(of service: ServiceName) throws(OptionsError) -> String {
        for line in try Folders.text(registryFile).split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, parts[0] == service.rawValue { return String(parts[1]) }
        }
        throw OptionsError(key: "keys", message: "\(registryFile) 中没有 \(service.rawValue) 的公钥，请核对 --keys 目录。")
    }

    /// What proves who acts.
    public func officerCheck() throws -> OfficerCheck {
        guard let pem = try? Folders.text(accountsPublicKeyFile) else {
            throw OptionsError(
                key: "keys",
                message: "缺少 \(accountsPublicKeyFile)（账号服务的公钥，用来核对登录凭证）。请执行 jieli up 生成，在其他服务器上请从总机复制。")
        }
        return OfficerCheck(key: try SignaturePublicKey(pem: pem))
    }
}
