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
            let client = Client(
                socket: web_client_socket(connection), address: remoteAddress(web_client_address(connection)))
            slot.pointee = Unmanaged.passRetained(client).toOpaque()
            server.headWatch.expect(on: client.socket)
        } else if let held = slot.pointee {
            let client = Unmanaged<Client>.fromOpaque(held).takeRetainedValue()
            server.headWatch.forget(client.socket)
            slot.pointee = nil
        }
    }

    /// Called with the target of the request line, before libmicrohttpd decodes it in its own, lenient way.
    static let targetArrived:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?
        ) -> UnsafeMutableRawPointer? = { _, target, connection in
            if let target, let connection, let client = client(of: connection) {
                client.target = Array(UnsafeRawBufferPointer(start: target, count: strlen(target)))
            }
            return nil
        }

    static let requestProgressed: MHD_AccessHandlerCallback = {
        context, connection, _, method, _, bytes, byteCount, slot in
        guard let context, let connection, let method, let byteCount, let slot else { return .NO }
        guard let held = slot.pointee else {
            guard let client = client(of: connection) else { return .NO }
            let server = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
            server.headWatch.forget(client.socket)
            server.requestBegan()
            let exchange = Exchange(
                server: server, client: client, connection: connection, method: String(cString: method))
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
        if exchange.lingers && cause.rawValue == 0 {
            if !exchange.server.isSecure { shutdown(exchange.client.socket, CInt(SHUT_WR)) }
            EarlyRefusal.linger(on: exchange.client.socket)
        }
        exchange.server.headWatch.expect(
            on: exchange.client.socket, idleInSeconds: exchange.server.limits.idleLimitInSeconds)
        exchange.server.requestEnded()
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
