/// Peers come and go.
extension Broker {
    static let mostStreamsPerPeer = 1000
    static let mostMessagesPerPeer = 10_000
    /// How many former runs under its name a peer remembers.
    static let mostSucceededSessions = 8

    mutating func register(_ frame: Frame, from identity: PeerIdentity, caller: String) {
        guard var hello = JSON.decode(HelloBody.self, from: frame.body), !frame.service.isEmpty,
            !frame.instance.isEmpty, hello.session != 0, hello.streams.count <= Broker.mostStreamsPerPeer,
            hello.answers?.kinds.count ?? 0 <= Broker.mostMessagesPerPeer
        else {
            counters.malformed += 1
            return refuse(.malformed, frame, identity)
        }
        guard policy.mayRegister(caller: caller, service: frame.service) else {
            return refuse(.notAllowed, frame, identity)
        }
        hello.credit = min(max(hello.credit, 1), 100_000)
        hello.streams = hello.streams.filter { policy.mayRead(caller: caller, stream: $0) }

        if let old = peers.place(of: identity),
            peers[old].instance != frame.instance || peers[old].hello.session != hello.session
                || peers[old].caller != caller
        {
            remove(peer: old, isLoss: true)
        }
        let service = place(ofService: frame.service)
        guard admits(hello, of: service, instance: frame.instance) else {
            return refuse(.writerEpoch, frame, identity)
        }
        var succeeded: [UInt64] = []
        if let old = peers.place(of: frame.instance, service: service) {
            guard maySucceed(hello, to: peers[old]) else { return refuse(.instanceTaken, frame, identity) }
            if peers[old].hello.session == hello.session {
                // A hello that was overtaken by a later one of the same run says nothing new.
                guard frame.correlation >= peers[old].helloNumber else { return }
                peers[old].helloNumber = frame.correlation
                renew(old, hello: hello, identity: identity)
                return welcome(old)
            }
            succeeded = (peers[old].succeeded + [peers[old].hello.session]).suffix(Broker.mostSucceededSessions)
            remove(peer: old, isLoss: true)
        }
        guard peers.count < limits.peers, peers.count(ofCaller: caller) < limits.peersOfOneService else {
            return refuse(.busy(retryAfterInMilliseconds: limits.silenceInMilliseconds), frame, identity)
        }
        let place = peers.insert(
            Peer(
                identity: identity, caller: caller, service: service, instance: frame.instance, hello: hello,
                helloNumber: frame.correlation, succeeded: succeeded, heardAt: time.milliseconds))
        nextSilenceCheck = min(nextSilenceCheck, time.milliseconds + 1000)
        welcome(place)
    }

    /// Whether a newcomer may take the place of `old`, which has the same instance name: the same run that reconnects,
    /// a run that is new here, or anyone when the old one is silent. One that was succeeded may not come back while its
    /// successor is heard: otherwise two processes would push each other out for ever.
    private func maySucceed(_ hello: HelloBody, to old: Peer) -> Bool {
        time.milliseconds - old.heardAt > limits.silenceInMilliseconds || !old.succeeded.contains(hello.session)
    }

    /// The same run registers again: over a new connection, or with a new role. Its own questions stay; what it has in
    /// hand is sent again, since the frames may have been lost, and the endpoint knows what it is working on.
    private mutating func renew(_ place: Int, hello: HelloBody, identity: PeerIdentity) {
        forgetStreams(of: place)
        let isSameConnection = peers[place].identity == identity
        if !isSameConnection { peers.move(place, to: identity) }
        peers[place].hello = hello
        peers[place].heardAt = time.milliseconds
        peers[place].isWithdrawn = false
        peers[place].handsBack = false
        guard !isSameConnection else { return }
        for number in pending.numbers(where: { $0.worker == place }) { deliver(request: number, to: place) }
    }

    private mutating func welcome(_ place: Int) {
        let peer = peers[place]
        for stream in peer.hello.streams { streams[stream, default: BrokerStream()].readers.append(place) }
        let body = WelcomeBody(
            session: session, heads: headsRead(by: place), speaks: Frame.newestProtocolVersion)
        deliver(Frame(kind: .welcome, correlation: peer.helloNumber, body: JSON.encode(body)), to: peer.identity)
        chooseWorkers(of: peer.service)
        learn(
            heads: peer.hello.heads, from: place, standsThere: services[peer.service].activeWriter == place)
        pump(peer.service)
    }

    mutating func refuse(_ failure: BusFailure, _ hello: Frame, _ identity: PeerIdentity) {
        counters.failures[failure.slug, default: 0] += 1
        deliver(
            Frame(kind: .refusedHello, status: .failed, correlation: hello.correlation, body: failure.encoded()),
            to: identity)
    }

    mutating func withdraw(_ place: Int, atOnce: Bool) {
        peers[place].isWithdrawn = true
        chooseWorkers(of: peers[place].service)
        if atOnce || isFinished(place) { remove(peer: place, isLoss: false) } else { pump(peers[place].service) }
    }

    /// Whether a peer that has said goodbye has nothing left to give or to get.
    func isFinished(_ place: Int) -> Bool {
        peers[place].isWithdrawn && peers[place].inFlight == 0 && peers[place].asking.isEmpty
    }

    mutating func removeSilentPeers() {
        nextSilenceCheck = time.milliseconds + 1000
        for place in peers.taken {
            let silentAt = peers[place].heardAt + limits.silenceInMilliseconds
            if time.milliseconds > silentAt {
                remove(peer: place, isLoss: true)
            } else {
                nextSilenceCheck = min(nextSilenceCheck, silentAt + 1)
            }
        }
    }

    /// Forgets a peer. What it asked is dropped from the queue, what it had in hand goes to the front of the queue.
    /// - Parameter isLoss: whether it went without a word, so that what it had in hand may be the cause.
    mutating func remove(peer place: Int, isLoss: Bool) {
        let peer = peers[place]
        forgetStreams(of: place)
        for number in peer.asking.values.sorted() {
            if pending[number]?.worker == nil {
                drop(queued: number)
            } else {
                pending.update(number) { $0.asker = nil }
            }
        }
        peers[place].isWithdrawn = true
        chooseWorkers(of: peer.service)
        requeue(pending.numbers { $0.worker == place }, isLoss: isLoss)
        peers.remove(place)
        pump(peer.service)
    }

    /// Finds out anew who answers for a service. Commands that an older writer has in hand go to its successor: the
    /// older one is fenced off from the store, and if it did commit, the successor gives the stored answer.
    mutating func chooseWorkers(of service: Int) {
        let workers = peers.taken.filter { peers[$0].service == service && peers[$0].answersQueries }
        let writer = workers.filter { peers[$0].mayWrite }
            .max { peers[$0].hello.writerEpoch < peers[$1].hello.writerEpoch }
        if workers.isEmpty, !services[service].workers.isEmpty {
            services[service].withoutWorkerSince = time.milliseconds
        }
        if writer == nil, services[service].activeWriter != nil {
            services[service].withoutWriterSince = time.milliseconds
        }
        let former = services[service].activeWriter
        services[service].workers = workers
        services[service].activeWriter = writer
        learnKinds(of: service)
        if workers.isEmpty || writer == nil { sweepAtLatest(inMilliseconds: limits.waitForWorkerInMilliseconds) }
        if let writer, let former, writer != former, !peers[former].isWithdrawn {
            requeue(pending.numbers { $0.worker == former && $0.lane == .writer }, isLoss: false)
        }
    }
}
