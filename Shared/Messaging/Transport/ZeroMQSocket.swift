import CZeroMQ
import Domain
import Glibc

extension BusSetupError {
    static let address = BusSetupError(
        code: "bus.address", message: "总线地址无效，应为 ipc:///路径 或 tcp://主机：端口，请检查配置")
    static let addressInUse = BusSetupError(
        code: "bus.address-in-use", message: "总线地址已被另一个进程占用，请先停止它或改用其他地址")
    static let key = BusSetupError(code: "bus.key", message: "密钥无效，应为 40 个字符的 Z85 文本，请重新生成密钥")
    public static let resources = BusSetupError(code: "bus.resources", message: "系统资源不足，无法打开总线，请检查文件句柄上限")
    static let names = BusSetupError(code: "bus.names", message: "服务名和实例名应为 1 至 255 字节，请检查配置")
    static let running = BusSetupError(code: "bus.running", message: "总线连接已经启动或已经停止，请新建一个")
}

/// A context of libzmq with its one input and output thread. Ended after its sockets (zmq_ctx_term(3): it waits for
/// what lingers).
struct ZeroMQContext: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init() throws(BusSetupError) {
        guard let pointer = zmq_ctx_new() else { throw .resources }
        self.pointer = pointer
    }

    deinit {
        while zmq_ctx_term(pointer) != 0, zmq_errno() == EINTR {}
    }
}

/// A socket of libzmq. Belongs to the thread that opened it (zmq_socket(3), thread safety).
struct ZeroMQSocket: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init(_ context: borrowing ZeroMQContext, _ type: Int32) throws(BusSetupError) {
        guard let pointer = zmq_socket(context.pointer, type) else { throw .resources }
        self.pointer = pointer
    }

    deinit { zmq_close(pointer) }

    func set(_ option: Int32, _ value: Int32) {
        var value = value
        zmq_setsockopt(pointer, option, &value, MemoryLayout<Int32>.size)
    }

    func set(_ option: Int32, limit value: Int64) {
        var value = value
        zmq_setsockopt(pointer, option, &value, MemoryLayout<Int64>.size)
    }

    func set(_ option: Int32, text: String) { zmq_setsockopt(pointer, option, text, text.utf8.count) }

    /// - Parameter key: Z85 text; libzmq takes it with its closing zero (zmq_setsockopt(3), ZMQ_CURVE_PUBLICKEY).
    func set(_ option: Int32, key: String) throws(BusSetupError) {
        guard key.utf8.count == 40, zmq_setsockopt(pointer, option, key, 41) == 0 else { throw .key }
    }

    /// What dealers and routers have in common.
    func setCommonOptions(largestFrameInBytes: Int) {
        set(ZMQ_LINGER, 500)
        set(ZMQ_MAXMSGSIZE, limit: Int64(largestFrameInBytes))
        set(ZMQ_HANDSHAKE_IVL, 2000)
        set(ZMQ_HEARTBEAT_IVL, 1000)
        set(ZMQ_HEARTBEAT_TIMEOUT, 3000)
        set(ZMQ_HEARTBEAT_TTL, 3000)
        // Credits and queues bound what is under way; these marks only have to lie above them.
        set(ZMQ_SNDHWM, 20_000)
        set(ZMQ_RCVHWM, 20_000)
    }

    func bind(_ address: String) throws(BusSetupError) {
        guard zmq_bind(pointer, address) == 0 else { throw zmq_errno() == EADDRINUSE ? .addressInUse : .address }
    }

    /// Whether there is something to receive, without waiting (ZMQ_EVENTS).
    var isReadable: Bool {
        var events: Int32 = 0
        var size = MemoryLayout<Int32>.size
        zmq_getsockopt(pointer, ZMQ_EVENTS, &events, &size)
        return events & Int32(ZMQ_POLLIN) != 0
    }

    /// Opens a socket on which the connections of this one are told (zmq_socket_monitor(3)).
    func monitor(_ context: borrowing ZeroMQContext, events: Int32) throws(BusSetupError) -> ZeroMQSocket {
        let address = "inproc://monitor-\(UInt(bitPattern: pointer))"
        guard zmq_socket_monitor(pointer, address, events) == 0 else { throw .resources }
        let listener = try ZeroMQSocket(context, ZMQ_PAIR)
        listener.set(ZMQ_LINGER, 0)
        guard zmq_connect(listener.pointer, address) == 0 else { throw .resources }
        return listener
    }

    /// The next event of a monitor; nil when there is none. The first part begins with the event's number in the
    /// machine's byte order, the second part is the address.
    func nextMonitorEvent() -> Int32? {
        let message = ZeroMQMessage()
        guard message.receive(from: pointer) == .received else { return nil }
        let event = message.bytes.count >= 2 ? message.bytes.loadUnaligned(as: UInt16.self) : 0
        if message.hasMore { message.discardRest(from: pointer) }
        return Int32(event)
    }

    enum Sending { case sent, full, unreachable }

    /// Sends a frame without waiting, written straight into libzmq's memory.
    /// - Parameter wall: asked only for a frame of version 1 that says how long its asker waits.
    func send(_ frame: borrowing Frame, wall: any WallClock) -> Sending {
        let size = frame.sizeInBytes
        // Small contents lie within the message itself, so it may not move while a pointer to them is in use.
        return withUnsafeTemporaryAllocation(of: zmq_msg_t.self, capacity: 1) { space in
            let message = space.baseAddress!
            guard zmq_msg_init_size(message, size) == 0 else { return .full }
            frame.write(
                into: UnsafeMutableRawBufferPointer(start: zmq_msg_data(message), count: size), wall: wall.now())
            while zmq_msg_send(message, pointer, ZMQ_DONTWAIT) < 0 {
                let error = zmq_errno()
                if error == EINTR { continue }
                zmq_msg_close(message)
                return error == EHOSTUNREACH ? .unreachable : .full
            }
            return .sent
        }
    }

    /// Sends a part that others follow, without waiting.
    func sendPart(_ bytes: [UInt8]) -> Sending {
        while zmq_send(pointer, bytes, bytes.count, ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0 {
            let error = zmq_errno()
            if error != EINTR { return error == EHOSTUNREACH ? .unreachable : .full }
        }
        return .sent
    }
}

/// A received part in libzmq's memory, reused from one part to the next. It lies at one address as long as it lives:
/// small contents are kept within the message itself.
struct ZeroMQMessage: ~Copyable {
    private let message = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: 1)

    enum Receiving { case received, nothing }

    init() { zmq_msg_init(message) }

    deinit {
        zmq_msg_close(message)
        message.deallocate()
    }

    /// Takes the next part without waiting.
    func receive(from socket: UnsafeMutableRawPointer) -> Receiving {
        while zmq_msg_recv(message, socket, ZMQ_DONTWAIT) < 0 {
            if zmq_errno() != EINTR { return .nothing }
        }
        return .received
    }

    var hasMore: Bool { zmq_msg_more(message) != 0 }

    /// Valid until the next part is received.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
    }

    /// The user id that the ZAP handler gave to the connection. Missing on ROUTER's identity part, so it is read from
    /// the first payload part. Valid until the next part is received.
    var userIdentity: UnsafePointer<CChar>? { zmq_msg_gets(message, "User-Id") }

    func discardRest(from socket: UnsafeMutableRawPointer) {
        while receive(from: socket) == .received, hasMore {}
    }
}
