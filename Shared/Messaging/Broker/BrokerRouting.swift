/// Which instances may take a message: each said what it answers when it registered.
extension Broker {
    /// Where a request goes.
    enum Lane: Sendable { case writer, anyInstance }

    /// Nil when the instances that are there do not know the message. While none is there, or one that does not say
    /// what it answers, everything goes to the writer.
    func lane(of message: String, at service: Int) -> Lane? {
        switch services[service].kinds[message] {
        case .command: .writer
        case .query: .anyInstance
        case nil:
            services[service].workers.isEmpty || services[service].workers.contains { peers[$0].hello.answers == nil }
                ? .writer : nil
        }
    }

    /// Learns anew what a service answers, from the instances that are there; those of several versions may be there at
    /// once. What the last one knew stays known while there is none.
    mutating func learnKinds(of service: Int) {
        guard !services[service].workers.isEmpty else { return }
        let writer = services[service].activeWriter
        var kinds: [String: MessageKind] = [:]
        for worker in services[service].workers where worker != writer {
            for (message, kind) in peers[worker].hello.answers?.kinds ?? [:] {
                // Only the writer can carry out commands: while there is one, what it does not know is not known.
                if kind == .query || writer == nil { kinds[message] = kind }
            }
        }
        if let writer { kinds.merge(peers[writer].hello.answers?.kinds ?? [:]) { _, newer in newer } }
        services[service].kinds = kinds
        services[service].needsSorting = true
    }

    /// Puts what waits into the queues in which it belongs now, and ends what nobody knows any more.
    mutating func sort(_ service: Int) {
        services[service].needsSorting = false
        let waiting = services[service].commands.waiting + services[service].queries.waiting
        services[service].commands = NumberQueue()
        services[service].queries = NumberQueue()
        for number in waiting {
            guard let request = pending[number] else { continue }
            guard let lane = lane(of: request.frame.message, at: service) else {
                end(request, request.wasLost ? .workerLost : .unknownMessage)
                continue
            }
            pending.update(number) { $0.lane = lane }
            switch lane {
            case .writer: services[service].commands.append(number)
            case .anyInstance: services[service].queries.append(number)
            }
        }
    }

    /// The writer gets what goes to the writer. Queries go to whoever that knows them has least in hand; equals take
    /// turns.
    mutating func chooseWorker(of service: Int, for request: Candidate) -> Int? {
        switch request.lane {
        case .writer:
            guard let writer = services[service].activeWriter, canTake(request, writer) else { return nil }
            return writer
        case .anyInstance:
            let count = services[service].workers.count
            var best: (worker: Int, position: Int, load: Int)?
            for step in 0..<count {
                let position = (services[service].turn + step) % count
                let worker = services[service].workers[position]
                let load = peers[worker].inFlight
                guard canTake(request, worker), peers[worker].hello.answers?.kinds[request.message] == .query else {
                    continue
                }
                if best.map({ load < $0.load }) ?? true { best = (worker, position, load) }
            }
            guard let best else { return nil }
            services[service].turn = (best.position + 1) % count
            return best.worker
        }
    }

    /// What decides who gets a request.
    struct Candidate {
        var lane: Lane
        var message: String
        /// Whether an instance was lost that had it in hand.
        var isSuspect: Bool
    }

    /// Of the requests that have already cost an instance, one has at most one in hand at a time: so the one that does
    /// it is found out, and the others are not lost with it a second time.
    private func canTake(_ request: Candidate, _ worker: Int) -> Bool {
        guard peers[worker].hasCredit else { return false }
        guard request.isSuspect, let suspect = peers[worker].suspect else { return true }
        return pending[suspect]?.worker != worker
    }
}
