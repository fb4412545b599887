import CMicroHTTPD
import Kernel

/// One request from its head to its answer. libmicrohttpd calls in on the connection's thread: once when the head is
/// complete, once for each piece of the body, and once when the request is complete (MHD_AccessHandlerCallback).
final class Exchange {
    /// What may still arrive, and is thrown away, before a refused client is cut off.
    private static let discardLimitInBytes = 1024 * 1024
    private static let longestLength = 18

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
    private let bodyDeadline: Int64

    init(server: ServerCore, client: Client, connection: OpaquePointer, method: String) {
        self.server = server
        self.client = client
        self.connection = connection
        bodyDeadline = MonotonicClock.milliseconds() + Int64(server.limits.bodyLimitInSeconds) * 1000
        let headers = Self.headers(of: connection)
        var target = RequestTarget.unreadable
        do throws(WebProblem) {
            target = try RequestTarget(client.target, fieldLimit: server.limits.fieldLimit)
        } catch {
            problem = error
        }
        let known = WebMethod(rawValue: method)
        if known == nil { problem = .methodUnknown }
        request = WebRequest(
            method: known ?? .get, target: target, headers: headers, remoteAddress: client.address,
            isSecure: server.isSecure)
    }

    /// The head is complete.
    /// - Returns: false when the connection is to be closed.
    func begin() -> Bool {
        if client.hasStreamLimit {
            web_set_idle_limit(connection, UInt32(server.limits.idleLimitInSeconds))
            client.hasStreamLimit = false
        }
        // Without a body the request completes at once; an answer given here would cost the connection.
        guard hasBody else { return true }
        do throws(WebProblem) {
            if let problem { throw problem }
            let declaredLength = try checkFraming()
            let reader = try bodyReader(for: request, limits: server.limits)
            guard declaredLength <= reader.limitInBytes else { throw reader.tooLarge }
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
            guard MonotonicClock.milliseconds() < bodyDeadline else { throw .bodySlow }
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
            return send(server.handler.refuse(error, request: request), isLast: server.isStopping)
        }
        let response = server.handler.respond(to: request)
        return send(response, isLast: server.isStopping)
    }

    private var hasBody: Bool {
        request.header("transfer-encoding") != nil || request.headers.all("content-length").contains { $0 != "0" }
    }

    /// Refuses what two programs could read as two different requests (RFC 9112, section 6.3).
    /// - Returns: the declared length, zero when none is declared.
    private func checkFraming() throws(WebProblem) -> Int {
        let lengths = request.headers.all("content-length")
        let encodings = request.headers.all("transfer-encoding")
        guard lengths.count + encodings.count <= 1 else { throw .headMalformed }
        if let encoding = encodings.first, encoding.lowercased() != "chunked" { throw .headMalformed }
        guard let length = lengths.first else { return 0 }
        guard !length.isEmpty, length.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .headMalformed }
        // More digits than an Int holds are more than any limit.
        return length.utf8.count > Self.longestLength ? Int.max : Int(length) ?? Int.max
    }

    /// Forgets a piece of a body that is refused already. A little more is borne, so that the refusal can be answered
    /// in order; then the client is cut off.
    private func discard(_ byteCount: Int) -> Bool {
        discardedByteCount += byteCount
        let isOver = MonotonicClock.milliseconds() >= bodyDeadline
        if server.isSecure {
            // Under TLS nothing can be said in between: the client may send as much again as an upload may have.
            return !isOver && discardedByteCount <= max(Self.discardLimitInBytes, server.limits.uploadLimitInBytes)
        }
        guard discardedByteCount > Self.discardLimitInBytes || isOver, let problem else { return true }
        EarlyRefusal.send(server.handler.refuse(problem, request: request), on: client.socket)
        return false
    }

    private func answerEarly(_ response: WebResponse) -> Bool {
        // What is left of the body must not be taken for the next request.
        lingers = true
        return send(response, isLast: true)
    }

    private func send(_ response: WebResponse, isLast: Bool) -> Bool {
        if case .stream = response.body { client.hasStreamLimit = true }
        if ResponseSender.queue(response, on: self, isLast: isLast) { return true }
        server.log("响应无法发送（\(WebProblem.serverFailed.code)）：文件不可读或状态码有误。")
        return ResponseSender.queue(
            server.handler.refuse(.serverFailed, request: request), on: self, isLast: isLast)
    }

    private static func headers(of connection: OpaquePointer) -> [WebField] {
        var headers: [WebField] = []
        withUnsafeMutablePointer(to: &headers) { pointer in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameLength, value, valueLength in
                    guard let context, let name else { return .NO }
                    let text = { (start: UnsafePointer<CChar>?, length: Int) in
                        String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
                    }
                    let field = WebField(
                        text(name, nameLength).lowercased(), text(value, value == nil ? 0 : valueLength))
                    context.assumingMemoryBound(to: [WebField].self).pointee.append(field)
                    return .YES
                }, pointer)
        }
        return headers
    }
}
