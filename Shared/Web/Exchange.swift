import CMicroHTTPD
import Kernel

/// One request from its head to its answer. libmicrohttpd calls in on the connection's thread: once when the head is
/// complete, once for each piece of the body, and once when the request is complete (MHD_AccessHandlerCallback).
final class Exchange {
    /// What may still arrive, and is thrown away, before a refused client is cut off.
    private static let discardLimitInBytes = 1024 * 1024

    let server: ServerCore
    let client: Client
    let connection: OpaquePointer
    /// Whether the client may still be sending when the answer has gone out.
    private(set) var lingers = false

    private var request: WebRequest
    private var reader: (any BodyReader)?
    private var problem: WebProblem?
    private var receivedByteCount = 0
    private var discardedByteCount = 0

    init(server: ServerCore, client: Client, connection: OpaquePointer) {
        self.server = server
        self.client = client
        self.connection = connection
        request = client.request
        problem = client.problem
    }

    /// The head is complete.
    /// - Returns: false when the connection is to be closed.
    func begin() -> Bool {
        // Without a body the request completes at once; an answer given here would cost the connection.
        if client.head.body == .none { return true }
        do throws(WebProblem) {
            if let problem { throw problem }
            let reader = try bodyReader(for: request, limits: server.limits)
            if case .declared(let length) = client.head.body, length > reader.limitInBytes { throw reader.tooLarge }
            if let refusal = server.handler.admit(request) { return answerEarly(refusal) }
            self.reader = reader
            return true
        } catch {
            return answerEarly(server.handler.refuse(error, request: request))
        }
    }

    /// A piece of the body.
    /// - Returns: false when the connection is to be closed.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        do throws(WebProblem) {
            guard problem == nil else { return discard(bytes.count) }
            guard MonotonicClock.milliseconds() < client.bodyDeadline else { throw .bodySlow }
            if let reader {
                receivedByteCount += bytes.count
                guard receivedByteCount <= reader.limitInBytes else { throw reader.tooLarge }
                try reader.feed(bytes)
            }
            return true
        } catch {
            problem = error
            reader = nil
            return discard(bytes.count)
        }
    }

    /// The request is complete.
    /// - Returns: false when the connection is to be closed.
    func finish() -> Bool {
        do throws(WebProblem) {
            if let problem { throw problem }
            try reader?.finish(into: &request)
        } catch {
            return send(server.handler.refuse(error, request: request))
        }
        return send(server.handler.respond(to: request))
    }

    /// Forgets a piece of a body that is refused already. A little more is borne, so that the refusal can be answered
    /// in order; then the client is cut off.
    private func discard(_ byteCount: Int) -> Bool {
        discardedByteCount += byteCount
        let isOver = MonotonicClock.milliseconds() >= client.bodyDeadline
        guard discardedByteCount > Self.discardLimitInBytes || isOver, let problem else { return true }
        EarlyRefusal.send(server.handler.refuse(problem, request: request), on: client.socket)
        EarlyRefusal.linger(on: client.socket)
        return false
    }

    private func answerEarly(_ response: WebResponse) -> Bool {
        lingers = true
        return send(response)
    }

    private func send(_ response: WebResponse) -> Bool {
        var response = response
        if case .stream = response.body, !server.running.beginStream(client) {
            response = server.handler.refuse(.tooManyStreams, request: request)
        }
        if ResponseSender.queue(response, on: self) { return true }
        server.log("响应无法发送（\(WebProblem.serverFailed.code)）：文件不可读或状态码有误。")
        return ResponseSender.queue(server.handler.refuse(.serverFailed, request: request), on: self)
    }
}
