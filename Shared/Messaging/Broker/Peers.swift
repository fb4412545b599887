/// A registered peer.
struct Peer: Sendable {
    var identity: PeerIdentity
    /// The service proven by the key of its connection.
    var caller: String
    /// The service under which it registered, as a place in the broker's table of services.
    var service: Int
    var instance: String
    var hello: HelloBody
    /// Correlation of its last hello; the welcome carries it back.
    var helloNumber: UInt64
    /// The runs that had this instance name before it, the last one last.
    var succeeded: [UInt64]
    /// When it was last heard, on the waking clock.
    var heardAt: Int64
    var inFlight = 0
    var isWithdrawn = false
    var watch = WriterWatch()
    /// Whether its writer has had work for too long and done none of it.
    var isHung = false
    /// Whether it gave back a command: it is no writer, whatever it said.
    var handsBack = false
    /// The last request that it was given although an instance was lost with it.
    var suspect: UInt64?
    /// Its unanswered requests: its correlation → our number. A request that it sends again is found here.
    var asking: [UInt64: UInt64] = [:]

    var answersQueries: Bool { hello.role != .client && !isWithdrawn }
    var mayWrite: Bool { hello.role == .writer && !isHung && !handsBack }
    var hasCredit: Bool { inFlight < hello.credit }
    /// In which version of the protocol requests go to it.
    var protocolVersion: UInt8 { min(max(hello.speaks ?? 1, 1), Frame.newestProtocolVersion) }
}

/// An instance's name belongs to its service: nobody else's key can take it.
struct InstanceName: Hashable, Sendable {
    var service: Int
    var instance: String
}

/// The peers by place. A place is used again only after every mention of it is gone (`Broker.remove(peer:)`).
struct Peers: Sendable {
    private var places: [Peer?] = []
    private var free: [Int] = []
    private var byIdentity: [PeerIdentity: Int] = [:]
    private var countByCaller: [String: Int] = [:]
    private var byInstance: [InstanceName: Int] = [:]

    var count: Int { byIdentity.count }
    func count(ofCaller caller: String) -> Int { countByCaller[caller] ?? 0 }
    var taken: [Int] { places.indices.filter { places[$0] != nil } }

    func place(of identity: PeerIdentity) -> Int? { byIdentity[identity] }
    func place(of instance: String, service: Int) -> Int? {
        byInstance[InstanceName(service: service, instance: instance)]
    }

    /// Only for places that are taken.
    subscript(_ place: Int) -> Peer {
        get { places[place]! }
        _modify { yield &places[place]! }
    }

    mutating func insert(_ peer: Peer) -> Int {
        let place: Int
        if let last = free.popLast() {
            place = last
            places[place] = peer
        } else {
            place = places.count
            places.append(peer)
        }
        byIdentity[peer.identity] = place
        countByCaller[peer.caller, default: 0] += 1
        byInstance[InstanceName(service: peer.service, instance: peer.instance)] = place
        return place
    }

    mutating func move(_ place: Int, to identity: PeerIdentity) {
        byIdentity[self[place].identity] = nil
        self[place].identity = identity
        byIdentity[identity] = place
    }

    mutating func remove(_ place: Int) {
        byIdentity[self[place].identity] = nil
        countByCaller[self[place].caller, default: 1] -= 1
        byInstance[InstanceName(service: self[place].service, instance: self[place].instance)] = nil
        places[place] = nil
        free.append(place)
    }
}

/// A service as the broker sees it: who answers for it and what waits for it.
struct BrokerService: Sendable {
    var name: String
    var workers: [Int] = []
    /// The writer that gets the commands: of those that have not withdrawn, the one with the highest epoch.
    var activeWriter: Int?
    /// What its instances answer.
    var kinds: [String: MessageKind] = [:]
    /// Whether what waits may lie in the wrong queue.
    var needsSorting = false
    /// The highest epoch of a writer that was let in; nil before the first.
    var writerEpoch: UInt64?
    /// Whether a writer came with an epoch more than one beyond the last.
    var hasEpochJumped = false
    /// What waits for the writer.
    var commands = NumberQueue()
    /// What waits for any instance.
    var queries = NumberQueue()
    var queued = 0
    var queuedInBytes = 0
    /// Where the search for the least loaded instance begins, so that equals take turns.
    var turn = 0
    /// Takes turns between waiting commands and queries, so that neither starves the other.
    var queriesFirst = false
    /// When the last instance that answers went, on the waking clock.
    var withoutWriterSince: Int64 = 0
    var withoutWorkerSince: Int64 = 0
}
