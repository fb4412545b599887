import Glibc

/// Reads, without taking it from the connection, as much of a request as tells whose it is.
final class Reception {
    enum Finding {
        case gone
        case incomplete(byteCount: Int)
        case complete(Arrival.Stage)
    }

    /// What a client may still send after it was refused.
    private static let discardedAtOnce = 16

    private let core: ServerCore
    private var buffer: [UInt8]

    init(core: ServerCore) {
        self.core = core
        buffer = [UInt8](repeating: 0, count: core.limits.headLimitInBytes)
    }

    /// - Throws: `.headMalformed`, `.headTooLarge`.
    func readHead(_ arrival: Arrival) throws(WebProblem) -> Finding {
        let count = buffer.withUnsafeMutableBytes {
            recv(arrival.socket, $0.baseAddress, $0.count, CInt(MSG_PEEK | MSG_DONTWAIT))
        }
        if count < 0 { return errno == EAGAIN || errno == EINTR ? .incomplete(byteCount: 0) : .gone }
        if count == 0 { return .gone }
        let found = buffer.withUnsafeBytes { bytes in
            Result { () throws(WebProblem) in try RequestHead(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
        }
        guard let head = try found.get() else {
            if count == buffer.count { throw .headTooLarge(limitInBytes: buffer.count) }
            return .incomplete(byteCount: count)
        }
        return .complete(stage(of: head, from: arrival))
    }

    func availableByteCount(_ arrival: Arrival) -> Int {
        var count: CInt = 0
        return ioctl(arrival.socket, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// - Returns: whether the client has closed its side.
    func discard(_ arrival: Arrival) -> Bool {
        for _ in 0..<Self.discardedAtOnce {
            let count = buffer.withUnsafeMutableBytes {
                recv(arrival.socket, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT))
            }
            if count == 0 { return true }
            if count < 0 { return errno != EAGAIN && errno != EINTR }
        }
        return false
    }

    private func stage(of head: RequestHead, from arrival: Arrival) -> Arrival.Stage {
        var problem: WebProblem?
        var target = RequestTarget.unreadable
        do throws(WebProblem) {
            target = try RequestTarget(head.target, fieldLimit: core.limits.fieldLimit)
        } catch {
            problem = error
        }
        let method = WebMethod(rawValue: head.method)
        if method == nil { problem = .methodUnknown }
        let sender = core.trust.sender(peer: arrival.peer, headers: head.headers)
        let request = WebRequest(
            method: method ?? .get, target: target, headers: head.headers, sender: sender,
            isSecure: core.trust.isSecure)
        let household = AddressRange.household(of: sender.address)
        func visitor(_ lane: Admission.Lane, _ asker: String) -> Visitor {
            Visitor(
                head: head, request: request, problem: problem, isStranger: lane == .stranger || lane == .slow,
                place: Admission.Place(lane: lane, asker: asker))
        }
        switch core.handler.party(of: request) {
        case .watch: return .ready(visitor(.watch, household))
        case .member(let session): return .ready(visitor(.member, session))
        case .stranger: break
        }
        switch head.body {
        case .none: return .ready(visitor(.stranger, household))
        // Who asks whether to send the body at all gets the answer to that from libmicrohttpd.
        case .declared(let length) where length <= core.limits.strangerBodyInBytes && !head.expectsContinue:
            return .body(visitor(.stranger, household), byteCount: head.byteCount + length)
        case .declared, .chunked: return .ready(visitor(.slow, household))
        }
    }
}
