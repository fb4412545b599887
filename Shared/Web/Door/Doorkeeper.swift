import CMicroHTTPD
import Glibc
import Kernel

/// The door's thread and what it alone knows.
final class Doorkeeper {
    typealias HandOver = @Sendable (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool

    /// POLLRDHUP of poll(2), which the header hides: the client has closed its side.
    private static let hangUp: Int16 = 0x2000
    /// A connection that nobody can be given a descriptor for is tried again after so long.
    private static let pauseWithoutDescriptors: Int64 = 100
    private static let acceptedAtOnce = 64

    private let door: Door
    private let core: ServerCore
    private let listener: ListenSocket
    private let wake: WakePipe
    private let handOver: HandOver
    private let reception: Reception
    private var arrivals: [CInt: Arrival] = [:]
    private var lastNumber = 0
    private var listenAgain: Int64 = 0
    private var nextCut: Int64 = 0

    init(
        door: Door, core: ServerCore, listener: consuming ListenSocket, wake: WakePipe, handOver: @escaping HandOver
    ) {
        self.door = door
        self.core = core
        self.listener = listener
        self.wake = wake
        self.handOver = handOver
        reception = Reception(core: core)
    }

    func run() {
        while !door.isClosed {
            let now = MonotonicClock.milliseconds()
            turnIn()
            expire(now)
            let watched = arrivals.values.filter { $0.quietUntil <= now }
            var polled = [
                pollfd(fd: now < listenAgain ? -1 : listener.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0),
            ]
            polled += watched.map { arrival in
                let events = if case .ready = arrival.stage { 0 as Int16 } else { Int16(POLLIN) | Self.hangUp }
                return pollfd(fd: arrival.socket, events: events, revents: 0)
            }
            guard poll(&polled, nfds_t(polled.count), timeout(now)) > 0 else { continue }
            if polled[1].revents != 0 { wake.silence() }
            for (arrival, found) in zip(watched, polled.dropFirst(2)) where found.revents != 0 {
                look(
                    at: arrival, isGone: found.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0,
                    isHalfClosed: found.revents & Self.hangUp != 0)
            }
            if polled[0].revents != 0 { letIn() }
            door.count { $0.waiting = arrivals.count }
        }
        for arrival in arrivals.values { close(arrival.socket) }
    }

    // MARK: Time

    private func timeout(_ now: Int64) -> CInt {
        var next = now + 1000
        for arrival in arrivals.values {
            next = min(next, arrival.quietUntil > now ? min(arrival.quietUntil, arrival.deadline) : arrival.deadline)
        }
        return CInt(max(0, next - now) + 1)
    }

    private func expire(_ now: Int64) {
        for arrival in arrivals.values where arrival.deadline <= now {
            switch arrival.stage {
            case .head, .body:
                door.count { $0.slow += 1 }
                drop(arrival)
            case .ready(let visitor):
                door.count { $0.busy += 1 }
                refuse(arrival, .busy, visitor.request)
            case .leaving: drop(arrival)
            }
        }
        guard nextCut <= now else { return }
        nextCut = now + 500
        core.running.cutLate(now: now)
    }

    // MARK: Coming in

    private func letIn() {
        for _ in 0..<Self.acceptedAtOnce {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let accepted = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept4(
                        listener.descriptor, $0, &length,
                        CInt(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
                }
            }
            if accepted < 0 {
                // Without descriptors whoever waits longest makes room; others than EMFILE and ENFILE are the client's.
                guard errno == EMFILE || errno == ENFILE else { return }
                if !makeRoom(in: Array(arrivals.values)) {
                    listenAgain = MonotonicClock.milliseconds() + Self.pauseWithoutDescriptors
                }
                return
            }
            lastNumber += 1
            let now = MonotonicClock.milliseconds()
            let arrival = Arrival(
                socket: accepted, address: address, addressLength: length, number: lastNumber, trust: core.trust,
                deadline: now + Int64(core.limits.headLimitInSeconds) * 1000)
            door.count { $0.accepted += 1 }
            makeRoom(for: arrival)
            arrivals[accepted] = arrival
            look(at: arrival, isGone: false, isHalfClosed: false)
        }
    }

    private func makeRoom(for arrival: Arrival) {
        if let household = arrival.household {
            let own = arrivals.values.filter { $0.household == household }
            if own.count >= core.limits.waitingPerAddress { _ = makeRoom(in: own) }
        }
        if arrivals.count >= core.limits.waitingConnections { _ = makeRoom(in: Array(arrivals.values)) }
    }

    /// Closes the oldest connection of whoever has most of them; whose request is complete goes last.
    private func makeRoom(in arrivals: [Arrival]) -> Bool {
        let incomplete = arrivals.filter { $0.place == nil }
        let groups =
            incomplete.isEmpty
            ? Dictionary(grouping: arrivals) { "\($0.place?.lane.rawValue ?? "") \($0.place?.asker ?? "")" }
            : Dictionary(grouping: incomplete) { $0.household ?? "" }
        guard let most = groups.values.max(by: { $0.count < $1.count }),
            let oldest = most.min(by: { $0.number < $1.number })
        else { return false }
        door.count { $0.slow += 1 }
        drop(oldest)
        return true
    }

    // MARK: Looking

    private func look(at arrival: Arrival, isGone: Bool, isHalfClosed: Bool) {
        guard arrivals[arrival.socket] === arrival else { return }
        if isGone { return drop(arrival) }
        switch arrival.stage {
        case .head:
            do throws(WebProblem) {
                switch try reception.readHead(arrival) {
                case .gone: drop(arrival)
                case .incomplete(let byteCount):
                    if isHalfClosed { return drop(arrival) }
                    arrival.waitForBytes(byteCount + 1)
                    arrival.pause(now: MonotonicClock.milliseconds())
                case .complete(let stage):
                    arrival.stage = stage
                    if case .ready = stage {
                        becomeReady(arrival)
                    } else {
                        look(at: arrival, isGone: false, isHalfClosed: isHalfClosed)
                    }
                }
            } catch {
                door.count { $0.malformed += 1 }
                core.log("\(error.code)，来自 \(arrival.peer)")
                refuse(arrival, error, WebRequest(path: "/"))
            }
        case .body(let visitor, let byteCount):
            if reception.availableByteCount(arrival) >= byteCount {
                arrival.stage = .ready(visitor)
                becomeReady(arrival)
            } else if isHalfClosed {
                drop(arrival)
            } else {
                arrival.waitForBytes(byteCount)
                arrival.pause(now: MonotonicClock.milliseconds())
            }
        case .ready: break
        case .leaving:
            if reception.discard(arrival) { drop(arrival) }
        }
    }

    // MARK: Going on

    private func becomeReady(_ arrival: Arrival) {
        arrival.deadline = MonotonicClock.milliseconds() + Int64(core.limits.turnLimitInSeconds) * 1000
        arrival.waitForBytes(1)
        begin(arrival)
    }

    /// Those who wait for their turn, in the order in which they came.
    private func turnIn() {
        let ready = arrivals.values.filter { if case .ready = $0.stage { true } else { false } }
        for arrival in ready.sorted(by: { $0.number < $1.number }) { begin(arrival) }
    }

    private func begin(_ arrival: Arrival) {
        guard case .ready(let visitor) = arrival.stage else { return }
        let client = Client(
            socket: arrival.socket, head: visitor.head, request: visitor.request, problem: visitor.problem,
            isStranger: visitor.isStranger, limits: core.limits, now: MonotonicClock.milliseconds())
        guard core.running.begin(client, at: visitor.place) else { return }
        arrivals[arrival.socket] = nil
        var address = arrival.address
        let isTaken = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                handOver(arrival.socket, $0, arrival.addressLength)
            }
        }
        if !isTaken { core.running.end(client) }
    }

    private func refuse(_ arrival: Arrival, _ problem: WebProblem, _ request: WebRequest) {
        EarlyRefusal.send(problem.response(to: request), on: arrival.socket)
        arrival.stage = .leaving
        arrival.quietUntil = 0
        arrival.waitForBytes(1)
        arrival.deadline = MonotonicClock.milliseconds() + EarlyRefusal.lingerInMilliseconds
    }

    private func drop(_ arrival: Arrival) {
        arrivals[arrival.socket] = nil
        close(arrival.socket)
    }
}
