import Contracts
import Domain
import FoundationEssentials
import Host
import Sealing
import Synchronization

/// Stands in for the accounts service: says who acts, by a key of the tests' own.
public enum Authority {
    public static let key = own.key
    public static let check = OfficerCheck(key: key.publicKey)

    private static let own = make()
    private static let made = Mutex<[Officer: [UInt8]]>([:])

    /// An assertion that is good whatever the test's clocks say.
    public static func context(_ officer: Officer) throws -> [UInt8] {
        if let known = made.withLock({ $0[officer] }) { return known }
        let bytes = try key.sign(assertion(officer))
        made.withLock { $0[officer] = bytes }
        return bytes
    }

    public static func assertion(
        _ officer: Officer, issued: Timestamp = Timestamp(millisecondsSinceEpoch: 0),
        expires: Timestamp = Timestamp(millisecondsSinceEpoch: 1 << 50)
    ) -> OfficerAssertion {
        OfficerAssertion(officer: officer, session: "test", issued: issued, expires: expires)
    }

    /// What a service in a test is given.
    public static func tools(_ sealer: Sealer, _ randomness: any Randomness) -> ServiceTools {
        ServiceTools(sealer: sealer, randomness: randomness, officers: check, signature: key)
    }

    /// The keys of the accounts service, where the programs of a county look for them: they believe what this says.
    public static func writeKeys(_ keys: KeyFolder) throws {
        let isWritten = FileManager.default.createFile(
            atPath: keys.signatureFile(.accounts), contents: own.file, attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw BenchError.noFolder }
        try Data(key.publicKey.pem.utf8).write(to: URL(filePath: keys.accountsPublicKeyFile))
    }

    private static func make() -> (key: SignatureKey, file: Data) {
        do {
            let folder = try TemporaryFolder.make()
            defer { TemporaryFolder.remove(folder) }
            let key = try SignatureKey.create(at: "\(folder)/authority.sm2")
            return (key, try Data(contentsOf: URL(filePath: "\(folder)/authority.sm2")))
        } catch {
            preconditionFailure("no key for the tests: \(error)")
        }
    }
}
