import CMicroHTTPD
import Glibc

/// What libmicrohttpd calls. Each finds the objects behind the pointers and hands on; the lifetimes are kept here:
/// a `Client` from the connection's start to its end, an `Exchange` from a request's head to its completion.
enum ServerCallbacks {
    static let connectionChanged: MHD_NotifyConnectionCallback = { context, connection, slot, change in
        guard let context, let connection, let slot else { return }
        let server = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        // Swift imports neither name: MHD_CONNECTION_NOTIFY_STARTED is 0, MHD_CONNECTION_NOTIFY_CLOSED is 1.
        if change.rawValue == 0 {
            guard let client = server.running.client(on: web_client_socket(connection)) else { return }
            slot.pointee = Unmanaged.passRetained(client).toOpaque()
        } else if let held = slot.pointee {
            server.running.end(Unmanaged<Client>.fromOpaque(held).takeRetainedValue())
            slot.pointee = nil
        }
    }

    static let requestProgressed: MHD_AccessHandlerCallback = {
        context, connection, _, _, _, bytes, byteCount, slot in
        guard let context, let connection, let byteCount, let slot else { return .NO }
        guard let held = slot.pointee else {
            guard let client = client(of: connection) else { return .NO }
            let server = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
            let exchange = Exchange(server: server, client: client, connection: connection)
            slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
            return exchange.begin() ? .YES : .NO
        }
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
        guard byteCount.pointee > 0 else { return exchange.finish() ? .YES : .NO }
        let isGood = exchange.feed(UnsafeRawBufferPointer(start: bytes, count: byteCount.pointee))
        byteCount.pointee = 0
        return isGood ? .YES : .NO
    }

    static let requestCompleted: MHD_RequestCompletedCallback = { _, _, slot, cause in
        guard let slot, let held = slot.pointee else { return }
        slot.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
        // MHD_REQUEST_TERMINATED_COMPLETED_OK is 0.
        guard cause.rawValue == 0 else { return }
        let socket = exchange.client.socket
        var byte: UInt8 = 0
        // Also what nobody asked for, such as a second request: unread bytes would reset the connection.
        let hasMore = recv(socket, &byte, 1, CInt(MSG_PEEK | MSG_DONTWAIT)) > 0
        if exchange.lingers || hasMore {
            shutdown(socket, CInt(SHUT_WR))
            EarlyRefusal.linger(on: socket)
        }
    }

    static let logged: MHD_LogCallback = { context, format, arguments in
        guard let context, let format, let arguments else { return }
        let server = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        server.log(ServerLog.text(format: format, arguments))
    }

    private static func client(of connection: OpaquePointer) -> Client? {
        web_socket_context(connection).map { Unmanaged<Client>.fromOpaque($0).takeUnretainedValue() }
    }
}
