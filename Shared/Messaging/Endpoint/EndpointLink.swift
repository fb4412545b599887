import Kernel

/// Registration, beats and heads.
extension Endpoint {
    /// Registers anew, keeping what is outstanding for the welcome.
    mutating func join() {
        link = .joining
        sendHello()
    }

    mutating func sendHello() {
        guard !isWithdrawn else { return }
        helloNumber += 1
        helloSentAt = time.milliseconds
        awaitsWelcome = true
        let body = HelloBody(
            role: registration.role, credit: registration.credit, streams: registration.streams,
            writerEpoch: registration.writerEpoch, session: session, startedAt: startedAt, heads: ownHeads,
            speaks: Frame.newestProtocolVersion, answers: AnsweredMessages(registration.answers))
        frames.append(
            Frame(
                kind: .hello, correlation: helloNumber, service: registration.service,
                instance: registration.instance, body: JSON.encode(body)))
    }

    mutating func welcomed(_ frame: Frame) {
        // A welcome for a hello that was followed by another says nothing about the role we have now.
        guard frame.correlation == helloNumber, awaitsWelcome,
            let body = JSON.decode(WelcomeBody.self, from: frame.body)
        else { return }
        awaitsWelcome = false
        let isNewLife = body.session != brokerSession
        brokerSession = body.session
        brokerSpeaks = min(max(body.speaks ?? 1, 1), Frame.newestProtocolVersion)
        if isNewLife {
            // The answers to its requests died with the former broker; the askers send them again.
            droppedReplies += UInt64(heldReplies.count)
            inHand.removeAll()
            heldReplies.removeAll()
        }
        let wasJoining = link == .joining
        link = .joined
        nextBeat = time.milliseconds + settings.beatIntervalInMilliseconds
        frames.append(contentsOf: heldReplies)
        heldReplies.removeAll()
        if wasJoining { resendAll() }
        if !isUp {
            isUp = true
            events.append(.connected)
        }
        hear(body.heads)
    }

    /// The broker does not know us. Each frame on the way to it draws such an answer, so one hello answers many.
    mutating func unknown() {
        guard !isWithdrawn, link == .joined || time.milliseconds >= helloSentAt + 200 else { return }
        join()
    }

    mutating func beat() {
        nextBeat = time.milliseconds + settings.beatIntervalInMilliseconds
        newHeads.removeAll()
        let isPlain = ownHeads.isEmpty && writerTurn == nil
        let body = isPlain ? [] : JSON.encode(HeadsBody(heads: ownHeads, writer: writerTurn))
        frames.append(Frame(kind: .beat, body: body))
    }

    /// How the instance's writer goes on; each beat carries the newest.
    public mutating func note(_ turn: WriterTurn) { writerTurn = turn }

    var ownHeads: [StreamHead] { heads.values.sorted { $0.stream < $1.stream } }

    /// Announces how far a stream of the own service has grown. Several announcements between two calls of
    /// ``takeFrames()`` go out as one hint with the newest.
    public mutating func announce(_ head: StreamHead, now: SteadyInstant) {
        time.advance(to: now)
        if let known = heads[head.stream], !head.isNewer(than: known) { return }
        heads[head.stream] = head
        newHeads.insert(head.stream)
    }

    /// While not registered nothing is sent: the next hello carries all heads.
    mutating func flushHeads() {
        guard !newHeads.isEmpty, link == .joined else { return }
        let newest = newHeads.sorted().compactMap { heads[$0] }
        newHeads.removeAll()
        frames.append(Frame(kind: .hint, body: JSON.heads(newest)))
    }

    mutating func hear(_ heads: [StreamHead]) {
        if !heads.isEmpty { events.append(.heads(heads)) }
    }
}

extension Registration {
    var namesAreShort: Bool {
        [service, instance].allSatisfy { (1...Frame.longestNameInBytes).contains($0.utf8.count) }
    }
}
