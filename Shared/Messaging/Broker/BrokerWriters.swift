/// Writers: who is chosen, who hangs, who claims too much.
extension Broker {
    mutating func note(_ turn: WriterTurn, from place: Int) {
        peers[place].watch.note(turn, now: time.milliseconds)
        guard peers[place].isHung, !peers[place].watch.isHung(now: time.milliseconds) else { return }
        peers[place].isHung = false
        chooseWorkers(of: peers[place].service)
        pump(peers[place].service)
    }

    /// A writer that has work and does none of it gets no more, and what it has in hand goes to another as soon as
    /// there is one. Should it wake, the store fences it once another writes, and else gives the stored answers.
    mutating func replaceHungWriters() {
        for place in peers.taken
        where peers[place].hello.role == .writer && !peers[place].isHung
            && peers[place].watch.isHung(now: time.milliseconds)
        {
            peers[place].isHung = true
            counters.hungWriters += 1
            let service = peers[place].service
            requeue(pending.numbers { $0.worker == place && $0.lane == .writer }, isLoss: true)
            chooseWorkers(of: service)
            pump(service)
        }
    }

    /// Whether a writer may register with its epoch. Each that opens the store counts one further, so one that is more
    /// than a step beyond the writer at work has not opened this store. When none is at work it is let in, since some
    /// may have come and gone unseen, and the status tells it.
    mutating func admits(_ hello: HelloBody, of service: Int, instance: String) -> Bool {
        guard hello.role == .writer else { return true }
        guard let known = services[service].writerEpoch else {
            services[service].writerEpoch = hello.writerEpoch
            return true
        }
        guard hello.writerEpoch > known else { return true }
        if hello.writerEpoch - known > 1 {
            services[service].hasEpochJumped = true
            if let writer = services[service].activeWriter, peers[writer].instance != instance, isHeard(writer) {
                return false
            }
        }
        services[service].writerEpoch = hello.writerEpoch
        return true
    }

    private func isHeard(_ place: Int) -> Bool {
        time.milliseconds - peers[place].heardAt <= limits.silenceInMilliseconds
    }

    /// A worker gives back what it was given: another gets it. One that cannot write is no writer until it registers as
    /// one anew.
    mutating func takeBack(_ number: UInt64, from worker: Int) {
        guard let request = pending[number], request.worker == worker else {
            counters.lateReplies += 1
            return
        }
        counters.handedBack += 1
        if request.lane == .writer { peers[worker].handsBack = true }
        chooseWorkers(of: peers[worker].service)
        guard pending[number]?.worker == worker else { return pump(request.service) }
        peers[worker].inFlight -= 1
        let times = pending.update(number) { request in
            request.worker = nil
            request.timesHandedBack += 1
            return request.timesHandedBack
        }
        enqueue(number, atFront: true)
        if request.asker == nil {
            drop(queued: number)
        } else if times > Broker.mostTimesHandedBack, let request = pending[number] {
            end(request, .noWorker)
        }
        if isFinished(worker) { remove(peer: worker, isLoss: false) } else { pump(request.service) }
    }

    /// A request that goes round between instances none of which takes it is answered.
    static let mostTimesHandedBack = 3

    /// What an operator has to look at.
    func alarms(of service: Int) -> [BrokerAlarm] {
        let writers = services[service].workers.filter { peers[$0].hello.role == .writer }
        var alarms: [BrokerAlarm] = []
        if writers.contains(where: { peers[$0].isHung }) { alarms.append(.writerHung) }
        if writers.count(where: { !peers[$0].isHung }) > 1 { alarms.append(.twoWriters) }
        if services[service].hasEpochJumped { alarms.append(.writerEpoch) }
        return alarms
    }
}
