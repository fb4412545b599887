import CMicroHTTPD
import Glibc

/// Stands between a `WebStream` and libmicrohttpd, which asks for bytes again and again
/// (MHD_create_response_from_callback). Used by one connection's thread only.
final class StreamPump {
    private enum Answer {
        static let endOfStream = -1
        static let endWithError = -2
    }

    /// How often a quiet stream is interrupted to see whether its client or the server has gone.
    private static let sliceInMilliseconds = 1000

    private let stream: any WebStream
    private let server: ServerCore
    private let client: Client
    private var isLast = false
    private var pending: ArraySlice<UInt8> = []

    init(stream: any WebStream, server: ServerCore, client: Client) {
        self.stream = stream
        self.server = server
        self.client = client
    }

    /// Hands this object to a new response, which releases it.
    func makeResponse() -> OpaquePointer? {
        let held = Unmanaged.passRetained(self)
        let response = MHD_create_response_from_callback(
            UInt64.max, 16 * 1024,
            { context, _, buffer, size in
                guard let context, let buffer else { return Answer.endWithError }
                let pump = Unmanaged<StreamPump>.fromOpaque(context).takeUnretainedValue()
                return pump.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size))
            }, held.toOpaque(),
            { context in
                if let context { Unmanaged<StreamPump>.fromOpaque(context).release() }
            })
        if response == nil { held.release() }
        return response
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        while pending.isEmpty {
            if server.isStopping || isLast { return Answer.endOfStream }
            if client.isOvertaken.load(ordering: .relaxed) {
                isLast = true
                pending = stream.farewell[...]
                continue
            }
            if isClientGone { return Answer.endWithError }
            switch stream.next(timeoutInMilliseconds: Self.sliceInMilliseconds) {
            case .bytes(let bytes): pending = bytes[...]
            case .nothing: continue
            case .end: return Answer.endOfStream
            }
        }
        let count = min(buffer.count, pending.count)
        buffer.copyBytes(from: pending.prefix(count))
        pending = pending.dropFirst(count)
        return count
    }

    private var isClientGone: Bool {
        // POLLRDHUP of poll(2), which the header hides: the client has closed its side.
        let hangUp: Int16 = 0x2000
        var watched = pollfd(fd: client.socket, events: hangUp, revents: 0)
        return poll(&watched, 1, 0) > 0 && watched.revents & (hangUp | Int16(POLLHUP) | Int16(POLLERR)) != 0
    }
}
