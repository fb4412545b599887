import Glibc
import Kernel
import Synchronization

/// The link to a department on another machine: takes TCP connections and hands their bytes to the bus's own socket
/// (ipc, unix(7)), both ways, so that it can be cut.
final class ChaosRelay: Sendable {
    enum State { case open, cut, silent }

    let port: Int
    private let listener: Int32
    private let target: String
    private let state = Mutex(State.open)

    /// - Parameter target: the path of the bus's socket.
    init(to target: String) throws {
        self.target = target
        (listener, port) = try LoopbackPort.listen()
        OwnThread.essential(name: "relay") { [self] in run() }
    }

    func set(_ new: State) { state.withLock { $0 = new } }

    /// One end of each pair is the department's, the other the bus's.
    private func run() {
        var pairs: [Int32: Int32] = [:]
        while true {
            let now = state.withLock { $0 }
            if now == .cut {
                for end in pairs.keys { Self.end(end) }
                pairs = [:]
            }
            let ends = now == .silent ? [] : pairs.keys.sorted()
            var waiting = ([listener] + ends).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&waiting, nfds_t(waiting.count), 20) > 0 else { continue }
            if waiting[0].revents != 0 { join(&pairs, isCut: now == .cut) }
            for end in waiting.dropFirst() where end.revents != 0 {
                guard let other = pairs[end.fd], !Self.carry(from: end.fd, to: other) else { continue }
                pairs[end.fd] = nil
                pairs[other] = nil
                Self.end(end.fd)
                Self.end(other)
            }
        }
    }

    private func join(_ pairs: inout [Int32: Int32], isCut: Bool) {
        let asking = Descriptors.accept(listener)
        guard asking >= 0 else { return }
        guard !isCut, let bus = LoopbackPort.connect(path: target) else {
            close(asking)
            return
        }
        pairs[asking] = bus
        pairs[bus] = asking
    }

    /// The connection ends even where a program that was just being started holds it as well (shutdown(2)).
    private static func end(_ descriptor: Int32) {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// - Returns: false when either end is gone.
    private static func carry(from: Int32, to: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        let count = recv(from, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        guard count > 0 else { return false }
        var rest = buffer[..<count]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0 && errno == EINTR { continue }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }
}
