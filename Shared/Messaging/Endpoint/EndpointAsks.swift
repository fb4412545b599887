import Kernel

/// A question that is not answered yet.
struct Ask: Sendable {
    var frame: Frame
    var expiresAt: SteadyInstant
    /// On the waking clock.
    var resendAt: Int64
    var waitInMilliseconds: Int64
    /// Set while the ask waits because the service was busy.
    var busy: BusFailure?
}

/// What goes out and what comes in.
extension Endpoint {
    /// Sends a request. The answer comes as ``EndpointEvent/answered(_:_:)`` with the returned ticket.
    public mutating func ask(_ request: OutgoingRequest, now: SteadyInstant) -> Ticket {
        ask(request, askedAt: now, now: now)
    }

    /// - Parameter askedAt: when the caller began to wait.
    mutating func ask(_ request: OutgoingRequest, askedAt: SteadyInstant, now: SteadyInstant) -> Ticket {
        time.advance(to: now)
        lastTicket += 1
        let ticket = lastTicket
        let timeout = request.timeoutInMilliseconds ?? settings.patienceInMilliseconds
        let expiresAt = askedAt.advanced(byMilliseconds: min(max(timeout, 0), Frame.longestTimeInMilliseconds))
        let frame = Frame(
            kind: .request, correlation: ticket, command: request.command ?? nextCommandNumber(),
            service: request.service, message: request.message, version: request.version,
            context: request.context, body: request.body)
        if let failure = expiresAt <= now ? .deadline : refusal(of: frame) {
            events.append(.answered(Ticket(number: ticket), .failure(failure)))
            return Ticket(number: ticket)
        }
        let wait = settings.resendAfterInMilliseconds
        let resendAt = time.milliseconds + wait
        let ask = Ask(frame: frame, expiresAt: expiresAt, resendAt: resendAt, waitInMilliseconds: wait)
        asks[ticket] = ask
        nextDeadline = min(nextDeadline ?? expiresAt, expiresAt)
        nextResend = min(nextResend ?? resendAt, resendAt)
        if link == .joined { send(ask) }
        return Ticket(number: ticket)
    }

    /// Why a request cannot even be sent.
    private func refusal(of frame: Frame) -> BusFailure? {
        if link == .left { return .stopped }
        let names = [frame.service, frame.message]
        guard names.allSatisfy({ (1...Frame.longestNameInBytes).contains($0.utf8.count) }), frame.command?.session != 0
        else { return .malformed }
        // The broker adds the asker's service and instance to what goes on to the worker.
        guard frame.sizeInBytes + 2 * Frame.longestNameInBytes <= settings.largestFrameInBytes else { return .tooLarge }
        return nil
    }

    /// Each sending carries the time that is left by then.
    private mutating func send(_ ask: Ask) {
        var frame = ask.frame
        frame.protocolVersion = brokerSpeaks
        frame.remainingInMilliseconds = max(1, ask.expiresAt.milliseconds(since: time.instant))
        frames.append(frame)
    }

    /// Answers a request in hand. A second answer, or one to a request of a former life of the broker, is dropped.
    public mutating func reply(_ reply: OutgoingReply, now: SteadyInstant) {
        time.advance(to: now)
        guard reply.token.brokerSession == brokerSession, inHand.remove(reply.token.correlation) != nil else {
            droppedReplies += 1
            return
        }
        var frame = Frame(
            kind: .reply, status: reply.status, correlation: reply.token.correlation, context: reply.context,
            body: reply.body)
        if frame.sizeInBytes > settings.largestFrameInBytes {
            frame.status = .failed
            frame.body = BusFailure.tooLarge.encoded()
        }
        if link == .joined { frames.append(frame) } else { heldReplies.append(frame) }
    }

    /// Gives back a request that this instance cannot take, so that the broker gives it to another: one for the writer,
    /// given to an instance that is none any more.
    public mutating func handBack(_ token: ReplyToken, now: SteadyInstant) {
        guard brokerSpeaks > 1 else {
            let lost = BusFailure.workerLost.encoded()
            return reply(OutgoingReply(token: token, status: .failed, body: lost), now: now)
        }
        time.advance(to: now)
        guard token.brokerSession == brokerSession, inHand.remove(token.correlation) != nil else { return }
        let frame = Frame(kind: .handBack, correlation: token.correlation)
        if link == .joined { frames.append(frame) } else { heldReplies.append(frame) }
    }

    mutating func take(request frame: Frame) {
        guard registration.role != .client else { return }
        guard inHand.insert(frame.correlation).inserted else { return }
        let token = ReplyToken(correlation: frame.correlation, brokerSession: brokerSession)
        if frame.remainingInMilliseconds == 0 {
            let late = OutgoingReply(token: token, status: .failed, body: BusFailure.deadline.encoded())
            return reply(late, now: time.instant)
        }
        let expiresAt = frame.remainingInMilliseconds.map { time.instant.advanced(byMilliseconds: $0) }
        events.append(
            .request(
                IncomingRequest(
                    caller: frame.caller, callerInstance: frame.instance, message: frame.message,
                    version: frame.version, command: frame.command, expiresAt: expiresAt,
                    context: frame.context, body: frame.body, token: token)))
    }

    mutating func take(reply frame: Frame) {
        guard let ask = asks[frame.correlation], let command = ask.frame.command else { return }
        guard frame.status == .failed else {
            let reply = BusReply(
                status: frame.status, context: frame.context, body: frame.body, command: command)
            return finish(frame.correlation, .success(reply))
        }
        let failure = BusFailure.decoded(from: frame.body)
        // Waiting beyond the deadline would only make the caller wait for the same answer.
        guard let wait = failure.retryAfterInMilliseconds, wait >= 0,
            wait < ask.expiresAt.milliseconds(since: time.instant)
        else { return finish(frame.correlation, .failure(failure)) }
        let resendAt = time.milliseconds + wait
        asks[frame.correlation]?.busy = failure
        asks[frame.correlation]?.resendAt = resendAt
        nextResend = min(nextResend ?? resendAt, resendAt)
    }

    mutating func finish(_ ticket: UInt64, _ result: Result<BusReply, BusFailure>) {
        asks[ticket] = nil
        events.append(.answered(Ticket(number: ticket), result))
    }

    /// After a registration: everything outstanding goes out at once, save what waits for a busy service.
    mutating func resendAll() {
        for ticket in asks.keys.sorted() where asks[ticket]?.busy == nil { resend(ticket, isAfresh: true) }
    }

    /// - Parameter isAfresh: whether this is as good as a first sending: to a broker that has just welcomed us, or to a
    ///   service that was busy and did not take it. The wait then begins anew.
    private mutating func resend(_ ticket: UInt64, isAfresh: Bool) {
        guard var ask = asks[ticket] else { return }
        ask.busy = nil
        let first = settings.resendAfterInMilliseconds
        ask.waitInMilliseconds = isAfresh ? first : min(ask.waitInMilliseconds * 2, first * 8)
        ask.resendAt = time.milliseconds + ask.waitInMilliseconds
        nextResend = min(nextResend ?? ask.resendAt, ask.resendAt)
        send(ask)
        asks[ticket] = ask
    }

    /// Ends what has passed its deadline and sends again what has waited long enough. One look at all asks when the
    /// earliest can be due costs less than keeping them sorted.
    mutating func expireAsks() {
        let isExpiring = nextDeadline.map { time.instant >= $0 } ?? false
        let isResending = link == .joined && (nextResend.map { time.milliseconds >= $0 } ?? false)
        guard isExpiring || isResending else { return }
        nextDeadline = nil
        nextResend = nil
        for ticket in asks.keys.sorted() {
            guard let ask = asks[ticket] else { continue }
            if ask.expiresAt <= time.instant {
                finish(ticket, .failure(ask.busy ?? .deadline))
                continue
            }
            nextDeadline = min(nextDeadline ?? ask.expiresAt, ask.expiresAt)
            if link == .joined, ask.resendAt <= time.milliseconds {
                resend(ticket, isAfresh: ask.busy != nil)
            } else {
                nextResend = min(nextResend ?? ask.resendAt, ask.resendAt)
            }
        }
        // At most a hundred times a second, however the deadlines lie.
        nextDeadline = nextDeadline.map { max($0, time.instant.advanced(byMilliseconds: 10)) }
    }
}
