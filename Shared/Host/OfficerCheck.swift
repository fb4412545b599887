import Contracts
import Domain
import FoundationEssentials
import Messaging
import Sealing
import Synchronization

/// Who acts, and what proved it.
public struct ActingOfficer: Hashable, Sendable {
    public let officer: Officer
    /// The first 16 hexadecimal digits of the assertion's SM3; nil for a program that acts by itself.
    public let proof: String?

    public init(_ officer: Officer, proof: String? = nil) {
        self.officer = officer
        self.proof = proof
    }

    /// What stands in the log, within the chain: `yisa#9f86d081884c7d65`, or `registry` for a program.
    public var text: String { proof.map { "\(officer.user)#\($0)" } ?? officer.user }
}

/// Proves who acts, by the public half of the key with which the accounts service signs. A signature is checked once;
/// from then on the same bytes are known until they expire.
public final class OfficerCheck: Sendable {
    private struct Known {
        let assertion: OfficerAssertion
        let actor: ActingOfficer
    }

    private static let mostKnown = 2_000

    private let key: SignaturePublicKey
    private let known = Mutex<[[UInt8]: Known]>([:])

    public init(key: SignaturePublicKey) { self.key = key }

    /// - Parameter now: by the service's own clock.
    /// - Throws: `AccessRefusal`.
    func actor(of request: IncomingRequest, now: Timestamp) throws -> ActingOfficer {
        if request.context.isEmpty {
            guard let caller = ServiceName(rawValue: request.caller),
                AccessTable.mayAct(caller, byItself: request.message)
            else { throw AccessRefusal.notProven }
            return ActingOfficer(Officer(user: caller.rawValue, role: .systemOperator))
        }
        let known = try self.known.withLock { $0[request.context] } ?? read(request.context)
        let leeway = OfficerAssertion.clockLeewayInMilliseconds
        guard now < known.assertion.expires.advanced(byMilliseconds: leeway),
            known.assertion.issued.advanced(byMilliseconds: -leeway) <= now
        else { throw AccessRefusal.assertionExpired }
        return known.actor
    }

    private func read(_ context: [UInt8]) throws -> Known {
        guard let signed = SignedAssertion(bytes: context), key.verify(signed.signature, of: signed.content),
            let assertion = try? JSONCoding.value(OfficerAssertion.self, from: signed.content)
        else { throw AccessRefusal.notProven }
        let proof = String(Hex.encode(SM3.digest(context)).prefix(16))
        let fresh = Known(assertion: assertion, actor: ActingOfficer(assertion.officer, proof: proof))
        known.withLock { known in
            if known.count >= Self.mostKnown { known.removeAll() }
            known[context] = fresh
        }
        return fresh
    }
}

extension SignatureKey {
    /// An assertion for the context of requests.
    public func sign(_ assertion: OfficerAssertion) throws -> [UInt8] {
        let content = try JSONCoding.bytes(assertion)
        return SignedAssertion(signature: sign(content), content: content).bytes
    }
}
