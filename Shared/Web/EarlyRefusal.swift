import Glibc
import Kernel

/// Refuses a request in the middle of its body. libmicrohttpd takes a response only before or after the body ("The
/// response cannot be queued when this callback is called to process the client upload data", microhttpd.h); waiting
/// for the end of an endless upload is no answer, and closing without a word leaves the person with an empty window.
enum EarlyRefusal {
    /// How long a client may go on sending after the refusal. A socket closed with unread bytes is reset, and the reset
    /// can overtake the refusal (RFC 9112, section 9.6).
    static let lingerInMilliseconds: Int64 = 2000

    /// Writes `response` and says that no more will come. The caller then closes the connection, after its linger.
    static func send(_ response: WebResponse, on socket: CInt) {
        let content = response.bytes ?? []
        var head = "HTTP/1.1 \(response.status) Refused\r\n"
        for field in response.headersToSend(isSecure: false) { head += "\(field.name): \(field.value)\r\n" }
        head += "Content-Length: \(content.count)\r\nConnection: close\r\n\r\n"
        let bytes = Array(head.utf8) + content
        // One attempt: the client has received nothing yet, so the kernel's buffer has room for a page.
        _ = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
        shutdown(socket, CInt(SHUT_WR))
    }

    /// Reads and forgets until the client has closed its side, at most for `lingerInMilliseconds`.
    static func linger(on socket: CInt) {
        let deadline = MonotonicClock.milliseconds() + lingerInMilliseconds
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let left = deadline - MonotonicClock.milliseconds()
            guard left > 0 else { return }
            var ready = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, CInt(left)) > 0 else { return }
            let count = buffer.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT)) }
            if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { return }
        }
    }
}
