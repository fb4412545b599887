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
}
