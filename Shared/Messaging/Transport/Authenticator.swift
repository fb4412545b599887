import CZeroMQ
import Glibc

/// The ZAP handler (ZeroMQ RFC 27): lets in the keys that the registry knows. The connection's user id is its public
/// key and not its service, so that a key revoked later can be told on each frame.
struct Authenticator: ~Copyable {
    static let domain = "jieli"

    let socket: ZeroMQSocket

    /// Bound before the router: connections made earlier would not be asked about.
    init(_ context: borrowing ZeroMQContext) throws(BusSetupError) {
        let socket = try ZeroMQSocket(context, ZMQ_REP)
        socket.set(ZMQ_LINGER, 0)
        guard zmq_bind(socket.pointer, "inproc://zeromq.zap.01") == 0 else { throw .resources }
        self.socket = socket
    }

    /// Answers the handshakes that wait.
    func answerAll(_ services: [String: String]) {
        while let parts = receive() {
            guard parts.count >= 6 else {
                reply(version: [], request: [], status: "500", text: "malformed", user: "")
                continue
            }
            // version, request id, domain, address, identity, mechanism, credentials: the client's public key.
            let key = parts.count == 7 && parts[5] == Array("CURVE".utf8) ? Authenticator.text(ofKey: parts[6]) : nil
            if let key, services[key] != nil {
                reply(version: parts[0], request: parts[1], status: "200", text: "OK", user: key)
            } else {
                reply(version: parts[0], request: parts[1], status: "400", text: "unknown key", user: "")
            }
        }
    }

    private static func text(ofKey key: [UInt8]) -> String? {
        guard key.count == 32 else { return nil }
        var text = [CChar](repeating: 0, count: 41)
        guard zmq_z85_encode(&text, key, 32) != nil else { return nil }
        return String(decoding: text.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func receive() -> [[UInt8]]? {
        let message = ZeroMQMessage()
        var parts: [[UInt8]] = []
        guard message.receive(from: socket.pointer) == .received else { return nil }
        parts.append([UInt8](message.bytes))
        while message.hasMore, message.receive(from: socket.pointer) == .received {
            parts.append([UInt8](message.bytes))
        }
        return parts
    }

    private func reply(version: [UInt8], request: [UInt8], status: String, text: String, user: String) {
        let parts = [version, request, Array(status.utf8), Array(text.utf8), Array(user.utf8), []]
        for (index, part) in parts.enumerated() {
            zmq_send(socket.pointer, part, part.count, index < parts.count - 1 ? ZMQ_SNDMORE : 0)
        }
    }
}
