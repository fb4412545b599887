import CMicroHTTPD
import Glibc
import Kernel
import Synchronization

/// Where connections come in. One thread watches all whose request has not arrived, however many they are, however slow
/// they send: none of them has a thread of its own yet. A request that is complete (a signed-in person's: its head)
/// waits for its turn and is then handed to libmicrohttpd, which answers it on a thread and closes: one connection is
/// one request, so nothing that is left on a connection can be taken for somebody else's request.
final class Door: Sendable {
    private struct Orders {
        var isClosed = false
        var tally = DoorTally()
    }

    private let core: ServerCore
    private let orders = Mutex(Orders())
    private let wake: WakePipe
    private let thread = Mutex<OwnThread?>(nil)

    init(core: ServerCore) throws(WebError) {
        self.core = core
        wake = try WakePipe()
    }

    /// Begins to let clients in.
    /// - Parameter handOver: gives a connection with a complete head to libmicrohttpd, which closes it whatever
    ///   happens.
    func open(_ listener: consuming ListenSocket, handOver: @escaping Doorkeeper.HandOver) throws(WebError) {
        let socket = Handover(listener)
        let wake = wake
        core.running.whenFreed { wake.ring() }
        let started = OwnThread(name: "web-door") {
            guard let listener = socket.take() else { return }
            Doorkeeper(door: self, core: self.core, listener: listener, wake: wake, handOver: handOver).run()
        }
        guard let started else {
            throw WebError(code: "web.start-failed", message: "网页服务无法启动，请检查内存与线程数限制后重试。")
        }
        thread.withLock { $0 = started }
    }

    /// Lets nobody in any more and turns away who was waiting. The port is free afterwards.
    func close() {
        orders.withLock { $0.isClosed = true }
        wake.ring()
        core.running.whenFreed {}
        thread.withLock { $0.take() }?.join()
    }

    var isClosed: Bool { orders.withLock { $0.isClosed } }

    var tally: DoorTally { orders.withLock { $0.tally } }

    func count(_ change: (inout DoorTally) -> Void) { orders.withLock { change(&$0.tally) } }
}

/// What happened at the door, for a monitoring system.
public struct DoorTally: Hashable, Sendable {
    /// Connections whose request has not begun, at the moment.
    public var waiting = 0
    /// Requests that are being answered at the moment, by kind.
    public var running: [String: Int] = [:]
    /// Connections taken in since the start.
    public var accepted = 0
    /// Refused since the start because the head was malformed or too long.
    public var malformed = 0
    /// Closed since the start because the request did not arrive in time, or to make room for others.
    public var slow = 0
    /// Told to come again since the start, after waiting in vain for a turn.
    public var busy = 0

    public init() {}
}

/// Wakes a thread that waits in poll(2).
final class WakePipe: Sendable {
    let reading: CInt
    private let writing: CInt

    init() throws(WebError) {
        var ends: [CInt] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else {
            throw WebError(
                code: "web.socket-failed", message: "无法打开管道（系统错误 \(errno)），请检查打开文件数限制后重试。")
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    func ring() {
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(writing, &byte, 1)
    }

    func silence() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(reading, &bytes, bytes.count) == bytes.count {}
    }
}
