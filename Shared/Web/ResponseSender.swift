import CMicroHTTPD
import Glibc

/// Turns a `WebResponse` into libmicrohttpd's and queues it.
enum ResponseSender {
    /// - Returns: whether it was queued; if not, the connection can only be closed.
    static func queue(_ response: WebResponse, on exchange: Exchange) -> Bool {
        guard let made = make(response, exchange: exchange) else { return false }
        defer { MHD_destroy_response(made) }
        for field in response.headersToSend(isSecure: exchange.server.trust.isSecure) {
            MHD_add_response_header(made, field.name, field.value)
        }
        MHD_add_response_header(made, "Connection", "close")
        return MHD_queue_response(exchange.connection, UInt32(response.status), made) == .YES
    }

    private static func make(_ response: WebResponse, exchange: Exchange) -> OpaquePointer? {
        switch response.body {
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { buffer in
                MHD_create_response_from_buffer(
                    buffer.count, UnsafeMutableRawPointer(mutating: buffer.baseAddress), .RESPMEM_MUST_COPY)
            }
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                let made = MHD_create_response_from_fd64(UInt64(status.st_size), descriptor)
            else {
                close(descriptor)
                return nil
            }
            return made
        case .stream(let stream):
            // A stream is quiet between its heartbeats, longer perhaps than a request may be.
            web_set_idle_limit(exchange.connection, UInt32(max(exchange.server.limits.idleLimitInSeconds, 45)))
            return StreamPump(stream: stream, server: exchange.server, client: exchange.client).makeResponse()
        }
    }
}
