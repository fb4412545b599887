import Glibc
import Host
import Kernel

/// Another server over one socket: so many requests are under way at a time, and what is read at once is answered at
/// once. That is how a good client of that server works, and how ours does.
struct PipelinedRival: BenchContestant {
    /// A server's protocol, as far as one kind of request needs it.
    struct Wire: Sendable {
        /// Sent once, before all requests.
        var greeting: [UInt8]
        /// Request number `n`.
        var request: @Sendable (_ number: Int) -> [UInt8]
        /// Takes whole answers from the front of what was read; gives the numbers of the requests that they answer, in
        /// order of their asking when nil.
        var answers: @Sendable (_ read: inout [UInt8]) throws -> [Int?]
    }

    let name: String
    let connect: @Sendable () -> Int32?
    let wire: Wire

    func measure(callers: Int, forMilliseconds span: Int) throws -> BenchSample {
        guard let socket = connect() else { throw CommandFailure.failed("\(name) 没有在监听。") }
        defer { close(socket) }
        let clock = BenchClock(forMilliseconds: span)
        try Self.send(wire.greeting, to: socket)
        var startedAt: [Int: Int64] = [:]
        var (next, oldest) = (0, 0)
        var outgoing: [UInt8] = []
        func ask() {
            startedAt[next] = MonotonicClock.microseconds()
            outgoing += wire.request(next)
            next += 1
        }
        for _ in 0..<callers {
            clock.began()
            ask()
        }
        var read: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var underWay = callers
        while underWay > 0 {
            if !outgoing.isEmpty { try Self.send(outgoing, to: socket) }
            outgoing.removeAll(keepingCapacity: true)
            let count = recv(socket, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw CommandFailure.failed("\(name) 断开了连接。") }
            read += buffer[..<count]
            for number in try wire.answers(&read) {
                let number = number ?? oldest
                oldest = number + 1
                guard let start = startedAt.removeValue(forKey: number) else { continue }
                if clock.answered(since: start) { ask() } else { underWay -= 1 }
            }
        }
        return try clock.result()
    }

    static func send(_ bytes: [UInt8], to socket: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0 && errno == EINTR { continue }
            guard sent > 0 else { throw CommandFailure.failed("对方断开了连接。") }
            rest = rest.dropFirst(sent)
        }
    }
}
