import CZeroMQ
import Glibc
import Kernel

/// libzmq alone: a DEALER that asks, a proxy of ROUTER and DEALER (zmq_proxy(3)), a DEALER that gives back what it
/// gets; CURVE on both ways, as on our bus. No access checks, no numbers, no queues of its own.
final class ZeroMQRival: BenchContestant {
    let name = "libzmq"
    private static let sizeInBytes = 200

    private struct Keys {
        var open = [CChar](repeating: 0, count: 41)
        var secret = [CChar](repeating: 0, count: 41)

        init() { zmq_curve_keypair(&open, &secret) }
    }

    private let context: UnsafeMutableRawPointer
    private let asker: UnsafeMutableRawPointer
    private let ended: [OwnThread]

    /// - Parameter folder: holds the sockets.
    init(in folder: String) throws {
        let (server, client) = (Keys(), Keys())
        guard let context = zmq_ctx_new() else { throw CommandFailure.failed("libzmq 资源不足。") }
        self.context = context
        func socket(_ type: Int32, isServer: Bool) throws -> UnsafeMutableRawPointer {
            guard let socket = zmq_socket(context, type) else { throw CommandFailure.failed("libzmq 资源不足。") }
            var (on, none): (Int32, Int32) = (1, 0)
            zmq_setsockopt(socket, ZMQ_LINGER, &none, MemoryLayout<Int32>.size)
            if isServer {
                zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &on, MemoryLayout<Int32>.size)
                zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, server.secret, 41)
            } else {
                zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server.open, 41)
                zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, client.open, 41)
                zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, client.secret, 41)
            }
            return socket
        }
        let (front, back) = ("ipc://\(folder)/front.sock", "ipc://\(folder)/back.sock")
        let frontend = Handed(try socket(ZMQ_ROUTER, isServer: true))
        let backend = Handed(try socket(ZMQ_DEALER, isServer: true))
        let worker = Handed(try socket(ZMQ_DEALER, isServer: false))
        asker = try socket(ZMQ_DEALER, isServer: false)
        guard zmq_bind(frontend.pointer, front) == 0, zmq_bind(backend.pointer, back) == 0,
            zmq_connect(worker.pointer, back) == 0, zmq_connect(asker, front) == 0
        else { throw CommandFailure.failed("libzmq 不能在 \(folder) 打开套接字。") }
        ended = [
            OwnThread(name: "proxy") {
                zmq_proxy(frontend.pointer, backend.pointer, nil)
                zmq_close(frontend.pointer)
                zmq_close(backend.pointer)
            },
            OwnThread(name: "echo") {
                Self.echo(worker.pointer)
                zmq_close(worker.pointer)
            },
        ].compactMap(\.self)
    }

    /// A socket on its way to the thread that it belongs to from then on.
    private struct Handed: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
        init(_ pointer: UnsafeMutableRawPointer) { self.pointer = pointer }
    }

    /// Gives back each message, its parts in their order, until the context ends (ETERM).
    private static func echo(_ socket: UnsafeMutableRawPointer) {
        var part = zmq_msg_t()
        zmq_msg_init(&part)
        while true {
            if zmq_msg_recv(&part, socket, 0) < 0 {
                if zmq_errno() == EINTR { continue }
                return
            }
            let flags = zmq_msg_more(&part) != 0 ? ZMQ_SNDMORE : 0
            while zmq_msg_send(&part, socket, flags) < 0 {
                guard zmq_errno() == EINTR else { return }
            }
        }
    }

    func measure(callers: Int, forMilliseconds span: Int) throws -> BenchSample {
        let clock = BenchClock(forMilliseconds: span)
        let body = [UInt8](repeating: 0x76, count: Self.sizeInBytes)
        var buffer = [UInt8](repeating: 0, count: Self.sizeInBytes)
        // Answers of one way come in the order of their asking.
        var starts: [Int64] = []
        var oldest = 0
        func ask() throws {
            starts.append(MonotonicClock.microseconds())
            guard zmq_send(asker, body, body.count, 0) >= 0 else { throw CommandFailure.failed("libzmq 不能发送。") }
        }
        for _ in 0..<callers {
            clock.began()
            try ask()
        }
        var underWay = callers
        while underWay > 0 {
            while zmq_recv(asker, &buffer, buffer.count, 0) < 0 {
                guard zmq_errno() == EINTR else { throw CommandFailure.failed("libzmq 没有答复。") }
            }
            oldest += 1
            if clock.answered(since: starts[oldest - 1]) { try ask() } else { underWay -= 1 }
        }
        return try clock.result()
    }

    func stop() {
        zmq_close(asker)
        // Ends what waits in the threads, and waits for their sockets.
        while zmq_ctx_term(context) != 0, zmq_errno() == EINTR {}
        for thread in ended { thread.join() }
    }
}
