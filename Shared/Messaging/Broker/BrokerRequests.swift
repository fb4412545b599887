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

        let service = place(ofService: frame.service)
        guard let lane = lane(of: frame.message, at: service) else {
            return send(failure: .unknownMessage, correlation: frame.correlation, to: identity)
        }
        guard services[service].kinds[frame.message] != .command || frame.command != nil else {
            return send(failure: .malformed, correlation: frame.correlation, to: identity)
        }
        let size = frame.context.count + frame.body.count
        discardAbandoned(of: service, lane)
        let candidate = Candidate(lane: lane, message: frame.message, isSuspect: false)
        let worker = isQueueEmpty(of: service, lane) ? chooseWorker(of: service, for: candidate) : nil
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
                lane: lane, sizeInBytes: size, expiresAt: expiresAt, queuedAt: time.milliseconds)
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
    private mutating func discardAbandoned(of service: Int, _ lane: Lane) {
        if lane == .writer {
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
            if asker != worker, isFinished(asker) { remove(peer: asker, isLoss: false) }
        } else {
            counters.lateReplies += 1
        }
        if isFinished(worker) { remove(peer: worker, isLoss: false) } else { pump(peers[worker].service) }
    }

    // MARK: Queue

    private func isQueueEmpty(of service: Int, _ lane: Lane) -> Bool {
        lane == .writer ? services[service].commands.isEmpty : services[service].queries.isEmpty
    }

    private func hasRoom(_ service: Int, forBytes size: Int) -> Bool {
        services[service].queued < limits.queueLength
            && services[service].queuedInBytes + size <= limits.queueInBytes
    }

    mutating func enqueue(_ number: UInt64, atFront: Bool) {
        let now = time.milliseconds
        let (service, lane, size) = pending.update(number) { request in
            request.worker = nil
            request.queuedAt = now
            return (request.service, request.lane, request.sizeInBytes)
        }
        services[service].queued += 1
        services[service].queuedInBytes += size
        switch (lane, atFront) {
        case (.writer, true): services[service].commands.prepend(number)
        case (.writer, false): services[service].commands.append(number)
        case (.anyInstance, true): services[service].queries.prepend(number)
        case (.anyInstance, false): services[service].queries.append(number)
        }
        let worker = lane == .writer ? services[service].activeWriter : services[service].workers.first
        if worker == nil { sweepAtLatest(inMilliseconds: limits.waitForWorkerInMilliseconds) }
    }

    /// With so many instances lost while they had it in hand, a request is not tried again.
    static let mostLosses = 2

    /// Puts back what a worker had in hand, in its old order, before what came later.
    /// - Parameter isLoss: whether the worker was lost, so that the request may be the cause.
    mutating func requeue(_ numbers: [UInt64], isLoss: Bool) {
        for number in numbers.reversed() {
            let request = pending.update(number) { request in
                request.wasLost = true
                if isLoss { request.losses += 1 }
                return request
            }
            if let worker = request.worker { peers[worker].inFlight -= 1 }
            guard let asker = request.asker else {
                pending.remove(number)
                continue
            }
            if request.losses >= Broker.mostLosses {
                pending.remove(number)
                peers[asker].asking[request.correlation] = nil
                send(failure: .requestFatal, correlation: request.correlation, to: peers[asker].identity)
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

    private mutating func handOut(_ number: UInt64, to worker: Int) {
        peers[worker].inFlight += 1
        let isSuspect = pending.update(number) { request in
            request.worker = worker
            return request.losses > 0
        }
        if isSuspect { peers[worker].suspect = number }
        deliver(request: number, to: worker)
    }

    /// Hands out what waits for a service, as far as the credit of its instances goes.
    mutating func pump(_ service: Int) {
        if services[service].needsSorting { sort(service) }
        while services[service].queued > 0 {
            services[service].queriesFirst.toggle()
            let first: Lane = services[service].queriesFirst ? .anyInstance : .writer
            let second: Lane = services[service].queriesFirst ? .writer : .anyInstance
            guard handOutFirst(of: service, first) || handOutFirst(of: service, second) else { return }
        }
    }

    private mutating func handOutFirst(of service: Int, _ lane: Lane) -> Bool {
        while let number = lane == .writer ? services[service].commands.first : services[service].queries.first {
            var worker: Int?
            if let (message, losses) = pending.look(number, { ($0.frame.message, $0.losses) }) {
                let candidate = Candidate(lane: lane, message: message, isSuspect: losses > 0)
                worker = chooseWorker(of: service, for: candidate)
                if worker == nil { return false }
            }
            if lane == .writer {
                services[service].commands.removeFirst()
            } else {
                services[service].queries.removeFirst()
            }
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
        let isServed = request.lane == .writer ? service.activeWriter != nil : !service.workers.isEmpty
        if isServed { return atDeadline }
        let since = request.lane == .writer ? service.withoutWriterSince : service.withoutWorkerSince
        let givesUp = max(since, request.queuedAt) + limits.waitForWorkerInMilliseconds
        let givesUpAt = time.instant(at: givesUp)
        guard givesUpAt < request.expiresAt else { return atDeadline }
        return (request.wasLost ? .workerLost : .noWorker, givesUpAt)
    }

    mutating func end(_ request: PendingRequest, _ failure: BusFailure) {
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
        if let asker = request.asker, isFinished(asker) { remove(peer: asker, isLoss: false) }
    }
}
