import Glibc
import Kernel
import Synchronization

/// What all connections of one server share.
final class ServerCore: Sendable {
    let handler: any WebHandler
    let limits: WebLimits
    let isSecure: Bool
    let log: @Sendable (String) -> Void
    let headWatch: HeadWatch
    private let stopping = Atomic<Bool>(false)
    private let running = Monitor(0)

    init(handler: any WebHandler, limits: WebLimits, isSecure: Bool, log: @escaping @Sendable (String) -> Void) {
        self.handler = handler
        self.limits = limits
        self.isSecure = isSecure
        self.log = log
        headWatch = HeadWatch(limitInSeconds: limits.headLimitInSeconds)
    }

    /// Once true, every answer is the last on its connection, and streams end.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func beginStopping() { stopping.store(true, ordering: .releasing) }

    func requestBegan() { running.update { $0 += 1 } }

    func requestEnded() { running.update { $0 -= 1 } }

    /// - Returns: whether all requests have ended in time.
    func waitUntilIdle(limitInSeconds: Int) -> Bool {
        let deadline = MonotonicClock.milliseconds() + Int64(limitInSeconds) * 1000
        return running.wait(untilMilliseconds: deadline) { $0 == 0 ? true : nil } ?? false
    }
}

/// One client's connection.
final class Client {
    let socket: CInt
    let address: String
    /// The target of the request that is arriving, as it stands in the request line.
    var target: [UInt8] = []
    /// Whether the idle limit was raised for a stream.
    var hasStreamLimit = false

    init(socket: CInt, address: String) {
        self.socket = socket
        self.address = address
    }
}

/// Closes connections whose request's head takes too long. libmicrohttpd only measures silence (its manual,
/// MHD_OPTION_CONNECTION_TIMEOUT), so a client that sends one byte now and then would hold a connection for ever.
final class HeadWatch: Sendable {
    private let limitInMilliseconds: Int64
    // By socket; an entry is removed before its socket is closed, so no later connection's socket can be meant.
    private let deadlines = Monitor<[CInt: Int64]>([:])
    private let isStopped = Monitor(false)

    init(limitInSeconds: Int) { limitInMilliseconds = Int64(limitInSeconds) * 1000 }

    /// The head must be complete within the limit, which begins after the client has been idle for so long.
    func expect(on socket: CInt, idleInSeconds: Int = 0) {
        let deadline = MonotonicClock.milliseconds() + limitInMilliseconds + Int64(idleInSeconds) * 1000
        deadlines.update { $0[socket] = deadline }
    }

    func forget(_ socket: CInt) { deadlines.update { $0[socket] = nil } }

    /// Looks after the connections until `stop()`; for a thread of its own.
    func run() {
        let period = max(50, limitInMilliseconds / 4)
        while true {
            let next = MonotonicClock.milliseconds() + period
            if isStopped.wait(untilMilliseconds: next, { $0 ? true : nil }) != nil { return }
            let now = MonotonicClock.milliseconds()
            deadlines.update { deadlines in
                for (socket, deadline) in deadlines where deadline < now {
                    shutdown(socket, CInt(SHUT_RDWR))
                    deadlines[socket] = nil
                }
            }
        }
    }

    func stop() { isStopped.update { $0 = true } }
}
