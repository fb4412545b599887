import Glibc

/// What the head of a request tells.
struct Visitor {
    let head: RequestHead
    let request: WebRequest
    let problem: WebProblem?
    let isStranger: Bool
    let place: Admission.Place
}

/// A connection whose request has not begun.
final class Arrival {
    enum Stage {
        /// The head is arriving.
        case head
        /// A stranger's body is arriving; so many bytes of head and body are to come in all.
        case body(Visitor, byteCount: Int)
        /// Complete, and waiting for its turn.
        case ready(Visitor)
        /// Answered by the door itself; what still comes is thrown away.
        case leaving
    }

    let socket: CInt
    let peer: String
    /// Whom limits by address count this connection for; nil for a trusted proxy.
    let household: String?
    let address: sockaddr_storage
    let addressLength: socklen_t
    /// Grows from one connection to the next.
    let number: Int
    var stage = Stage.head
    /// Of the monotonic clock, in milliseconds, as all times here.
    var deadline: Int64
    /// Not looked at before: whoever sends byte by byte is not looked at for each of them.
    var quietUntil: Int64 = 0
    private var looks: Int64 = 0

    init(
        socket: CInt, address: sockaddr_storage, addressLength: socklen_t, number: Int, trust: ProxyTrust,
        deadline: Int64
    ) {
        self.socket = socket
        self.address = address
        self.addressLength = addressLength
        self.number = number
        self.deadline = deadline
        peer = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { remoteAddress($0) }
        }
        household = trust.isProxy(peer) ? nil : AddressRange.household(of: peer)
    }

    /// Where a complete request waits to be answered; nil for anything else.
    var place: Admission.Place? {
        if case .ready(let visitor) = stage { visitor.place } else { nil }
    }

    /// Woken only when there are so many bytes to read (socket(7), SO_RCVLOWAT), or the client has gone.
    func waitForBytes(_ count: Int) {
        var count = CInt(count)
        setsockopt(socket, SOL_SOCKET, SO_RCVLOWAT, &count, socklen_t(MemoryLayout<CInt>.size))
    }

    func pause(now: Int64) {
        looks += 1
        quietUntil = now + min(25 * looks, 500)
    }
}
