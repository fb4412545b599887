import Kernel

/// Requests find a worker, replies find their asker.
extension Broker {
    mutating func take(request frame: Frame, from asker: Int) {
        counters.requests += 1
        let identity = peers[asker].identity
        if let number = peers[asker].asking[frame.correlation] { return repeatRequest(number) }
        guard policy.mayAsk(caller: peers[asker].caller, service: frame.service, message: frame.message) else {
            return send(failure: .notAllowed, correlation: frame.correlation, to: identity)
        }
        let now = time.instant
        let wait = min(frame.remainingInMilliseconds ?? .max, limits.longestWaitInMilliseconds)
        guard wait > 0 else {
            return send(failure: .deadline, correlation: frame.correlation, to: identity)
        }
        if frame.service == Broker.statusService { return answerStatus(frame, to: identity) }
        guard let isCommand = policy.isCommand(service: frame.service, message: frame.message),
            !isCommand || frame.command != nil
        else {
            return send(failure: .malformed, correlation: frame.correlation, to: identity)
        }

        let service = place(ofService: frame.service)
        let size = frame.context.count + frame.body.count
        discardAbandoned(of: service, isCommand)
        let worker = isQueueEmpty(of: service, isCommand) ? chooseWorker(of: service, isCommand) : nil
        guard worker != nil || hasRoom(service, forBytes: size) else {
            let failure = BusFailure.busy(retryAfterInMilliseconds: limits.retryAfterInMilliseconds)
            return send(failure: failure, correlation: frame.correlation, to: identity)
        }
        let expiresAt = now.advanced(byMilliseconds: wait)
        let number = pending.insert { number in
            var forwarded = frame
            forwarded.correlation = number
            forwarded.caller = peers[asker].caller
            forwarded.instance = peers[asker].instance
            return PendingRequest(
                number: number, frame: forwarded, correlation: frame.correlation, asker: asker, service: service,
                isCommand: isCommand, sizeInBytes: size, expiresAt: expiresAt, queuedAt: time.milliseconds)
        }
        guard let number else {
            let failure = BusFailure.busy(retryAfterInMilliseconds: limits.retryAfterInMilliseconds)
            return send(failure: failure, correlation: frame.correlation, to: identity)
        }
        peers[asker].asking[frame.correlation] = number
        nextSweep = min(nextSweep ?? expiresAt, expiresAt)
        if let worker { handOut(number, to: worker) } else { enqueue(number, atFront: false) }
    }

    /// Takes numbers out of the head of a queue that nobody wants any more: a queue of nothing else would make every
    /// later request wait behind it, with a worker free all the while.
    private mutating func discardAbandoned(of service: Int, _ isCommand: Bool) {
        if isCommand {
            while let first = services[service].commands.first, !pending.contains(first) {
                services[service].commands.removeFirst()
            }
        } else {
            while let first = services[service].queries.first, !pending.contains(first) {
                services[service].queries.removeFirst()
            }
        }
    }

    /// The asker sent the same request again: the frame to the worker may have been lost, so that goes out again as
    /// well; the worker's endpoint knows what it has in hand.
    private mutating func repeatRequest(_ number: UInt64) {
        counters.repeatedRequests += 1
        if let worker = pending[number]?.worker { deliver(request: number, to: worker) }
    }

    /// Sends a request to the worker that has it in hand, with the time that it has left, in the version of the
    /// protocol that the worker speaks.
    mutating func deliver(request number: UInt64, to worker: Int) {
        let now = time.instant
        var frame = pending.update(number) { request in
            request.frame.remainingInMilliseconds = max(1, request.expiresAt.milliseconds(since: now))
            return request.frame
        }
        frame.protocolVersion = peers[worker].protocolVersion
        deliver(frame, to: peers[worker].identity)
    }

    mutating func take(reply frame: Frame, from worker: Int) {
        guard let request = pending[frame.correlation], request.worker == worker else {
            counters.lateReplies += 1
            return
        }
        pending.remove(request.number)
        peers[worker].inFlight -= 1
        if let asker = request.asker {
            counters.replies += 1
            peers[asker].asking[request.correlation] = nil
            let reply = Frame(
                kind: .reply, status: frame.status, correlation: request.correlation, context: frame.context,
                body: frame.body)
            deliver(reply, to: peers[asker].identity)
            if asker != worker, isFinished(asker) { remove(peer: asker) }
        } else {
            counters.lateReplies += 1
        }
        if isFinished(worker) { remove(peer: worker) } else { pump(peers[worker].service) }
    }

    // MARK: Queue

    private func isQueueEmpty(of service: Int, _ isCommand: Bool) -> Bool {
        isCommand ? services[service].commands.isEmpty : services[service].queries.isEmpty
    }

    private func hasRoom(_ service: Int, forBytes size: Int) -> Bool {
        services[service].queued < limits.queueLength
            && services[service].queuedInBytes + size <= limits.queueInBytes
    }

    private mutating func enqueue(_ number: UInt64, atFront: Bool) {
        let now = time.milliseconds
        let (service, isCommand, size) = pending.update(number) { request in
            request.worker = nil
            request.queuedAt = now
            return (request.service, request.isCommand, request.sizeInBytes)
        }
        services[service].queued += 1
        services[service].queuedInBytes += size
        switch (isCommand, atFront) {
        case (true, true): services[service].commands.prepend(number)
        case (true, false): services[service].commands.append(number)
        case (false, true): services[service].queries.prepend(number)
        case (false, false): services[service].queries.append(number)
        }
        let worker = isCommand ? services[service].activeWriter : services[service].workers.first
        if worker == nil { sweepAtLatest(inMilliseconds: limits.waitForWorkerInMilliseconds) }
    }

    /// Puts back what a lost worker had in hand, in its old order, before what came later.
    mutating func requeue(_ numbers: [UInt64]) {
        for number in numbers.reversed() {
            let (worker, asker) = pending.update(number) { request in
                request.wasLost = true
                return (request.worker, request.asker)
            }
            if let worker { peers[worker].inFlight -= 1 }
            if asker == nil {
                pending.remove(number)
            } else {
                counters.requeued += 1
                enqueue(number, atFront: true)
            }
        }
    }

    /// Takes a request out of the queue that nobody wants any more. Its number stays in the queue until it is passed.
    mutating func drop(queued number: UInt64) {
        guard let request = pending.remove(number) else { return }
        services[request.service].queued -= 1
        services[request.service].queuedInBytes -= request.sizeInBytes
    }

    // MARK: Dispatch

    /// Commands go to the active writer. Queries go to whoever has least in hand; equals take turns.
    private mutating func chooseWorker(of service: Int, _ isCommand: Bool) -> Int? {
        if isCommand {
            guard let writer = services[service].activeWriter, peers[writer].hasCredit else { return nil }
            return writer
        }
        let count = services[service].workers.count
        var best: (worker: Int, position: Int, load: Int)?
        for step in 0..<count {
            let position = (services[service].turn + step) % count
            let worker = services[service].workers[position]
            let load = peers[worker].inFlight
            if peers[worker].hasCredit, best.map({ load < $0.load }) ?? true { best = (worker, position, load) }
        }
        guard let best else { return nil }
        services[service].turn = (best.position + 1) % count
        return best.worker
    }

    private mutating func handOut(_ number: UInt64, to worker: Int) {
        peers[worker].inFlight += 1
        pending.update(number) { $0.worker = worker }
        deliver(request: number, to: worker)
    }

    /// Hands out what waits for a service, as far as the credit of its instances goes.
    mutating func pump(_ service: Int) {
        while services[service].queued > 0 {
            services[service].queriesFirst.toggle()
            let queriesFirst = services[service].queriesFirst
            guard
                handOutFirst(of: service, isCommand: !queriesFirst)
                    || handOutFirst(of: service, isCommand: queriesFirst)
            else { return }
        }
    }

    private mutating func handOutFirst(of service: Int, isCommand: Bool) -> Bool {
        while let number = isCommand ? services[service].commands.first : services[service].queries.first {
            let isWaiting = pending.contains(number)
            let worker = isWaiting ? chooseWorker(of: service, isCommand) : nil
            if isWaiting, worker == nil { return false }
            if isCommand { services[service].commands.removeFirst() } else { services[service].queries.removeFirst() }
            guard let worker else { continue }
            let size = pending.update(number) { $0.sizeInBytes }
            services[service].queued -= 1
            services[service].queuedInBytes -= size
            handOut(number, to: worker)
            return true
        }
        return false
    }

    // MARK: Expiry

    mutating func sweepAtLatest(inMilliseconds milliseconds: Int64) {
        let at = time.instant.advanced(byMilliseconds: milliseconds)
        nextSweep = min(nextSweep ?? at, at)
    }

    /// Ends the requests whose deadline has passed, and those that wait in vain for an instance of their service. One
    /// look at all of them when the earliest can be due costs less than keeping them sorted.
    mutating func sweep() {
        let now = time.instant
        var next: SteadyInstant?
        var shrunk: Set<Int> = []
        for number in pending.numbers(where: { _ in true }) {
            guard let request = pending[number] else { continue }
            guard let (failure, at) = ending(of: request, now: now) else { continue }
            guard at <= now else {
                next = min(next ?? at, at)
                continue
            }
            end(request, failure)
            if request.worker == nil { shrunk.insert(request.service) }
            if pending.contains(number) {
                let again = now.advanced(byMilliseconds: Broker.graceAfterDeadlineInMilliseconds)
                next = min(next ?? again, again)
            }
        }
        for service in shrunk {
            services[service].commands.keep { pending.contains($0) }
            services[service].queries.keep { pending.contains($0) }
        }
        // At most a hundred times a second, however the deadlines lie.
        nextSweep = next.map { max($0, now.advanced(byMilliseconds: 10)) }
    }

    /// How long a worker is still held to have a request in hand whose asker was told that the deadline has passed. An
    /// instance that hangs so looks loaded and gets no more work than its credit.
    static let graceAfterDeadlineInMilliseconds: Int64 = 10_000

    /// When and with what failure a request ends if nothing else happens.
    private func ending(of request: borrowing PendingRequest, now: SteadyInstant) -> (BusFailure, SteadyInstant)? {
        let atDeadline = (request.wasLost ? BusFailure.workerLost : .deadline, request.expiresAt)
        guard request.worker == nil else { return atDeadline }
        let service = services[request.service]
        let isServed = request.isCommand ? service.activeWriter != nil : !service.workers.isEmpty
        if isServed { return atDeadline }
        let since = request.isCommand ? service.withoutWriterSince : service.withoutWorkerSince
        let givesUp = max(since, request.queuedAt) + limits.waitForWorkerInMilliseconds
        let givesUpAt = time.instant(at: givesUp)
        guard givesUpAt < request.expiresAt else { return atDeadline }
        return (request.wasLost ? .workerLost : .noWorker, givesUpAt)
    }

    private mutating func end(_ request: PendingRequest, _ failure: BusFailure) {
        if let asker = request.asker {
            peers[asker].asking[request.correlation] = nil
            send(failure: failure, correlation: request.correlation, to: peers[asker].identity)
        }
        if request.worker != nil, request.asker != nil {
            pending.update(request.number) {
                $0.asker = nil
                $0.expiresAt = time.instant.advanced(byMilliseconds: Broker.graceAfterDeadlineInMilliseconds)
            }
        } else if let worker = request.worker {
            pending.remove(request.number)
            peers[worker].inFlight -= 1
            pump(request.service)
        } else {
            drop(queued: request.number)
        }
        if let asker = request.asker, isFinished(asker) { remove(peer: asker) }
    }
}
