import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Recount

/// One county: started, worked in, harmed, left in peace, and held against its ledger.
struct ChaosRun {
    /// How long a command may still wait once the faults are over.
    private static let patienceInMilliseconds: Int64 = 60_000

    let options: ChaosOptions
    let seed: Int
    /// Where this run's county lies.
    let path: String
    let isInterrupted: @Sendable () -> Bool

    /// - Parameter progress: told how many of the faults have been made.
    func run(_ progress: (Int) -> Void) throws -> ChaosOutcome {
        let began = MonotonicClock.milliseconds()
        let plan = ChaosPlan(seed: seed, faults: options.faults, possible: options.possibleFaults)
        let county = try ChaosCounty(path: path, plan: plan)
        var isClean = false
        defer {
            county.stop()
            try? county.disk?.unmount(keeping: !isClean)
        }
        try SmallFile.replace(
            "\(path)/plan.json", with: String(decoding: try JSONCoding.canonical(plan.steps), as: UTF8.self))
        let ledger = try ChaosLedger(path: "\(path)/ledger.jsonl")
        var outcome = ChaosOutcome(seed: seed)
        do {
            try work(county, plan, ledger, &outcome, progress)
        } catch {
            // What keeps a run from its end is a finding, and the county stays to be looked at.
            ledger.violate(.stuck, CommandFailure(describing: error).message)
        }
        outcome.take(ledger.tally)
        outcome.durationInMilliseconds = MonotonicClock.milliseconds() - began
        isClean = outcome.violations.isEmpty
        return outcome
    }

    private func work(
        _ county: ChaosCounty, _ plan: ChaosPlan, _ ledger: ChaosLedger, _ outcome: inout ChaosOutcome,
        _ progress: (Int) -> Void
    ) throws {
        try county.start()
        let bus = try BusClient(county.folder)
        bus.prove(by: try OwnCountyOfficers(county.folder))
        defer { bus.stop() }
        let follower = try ChaosFollower(county.folder, ledger)
        defer { follower.stop() }
        let today = CalendarDay(SystemClock().now())
        let moment = ChaosMoment()
        let writer = ChaosWriter(bus, ledger, moment)
        let people = ChaosPeople(people: options.people, writers: ChaosLoad.ways, seed: seed, today: today)
        let load = ChaosLoad(bus, ledger, writer, people: people, today: today)
        try load.start()
        let hands = ChaosHands(county, plan, isInterrupted: isInterrupted)
        let harmed = Result { try hands.run(progress) }
        moment.set(inMilliseconds: Self.patienceInMilliseconds)
        load.stop()
        outcome.faults = Dictionary(uniqueKeysWithValues: hands.done.map { ($0.key.rawValue, $0.value) })
        outcome.missedFaults = hands.missed
        outcome.groups = load.finishedGroups
        try harmed.get()

        let settling = ChaosSettling(county: county, bus: bus, ledger: ledger)
        guard let settled = settling.run() else { return }
        outcome.settledInMilliseconds = settled
        // Who was accepted and is on no list yet comes on one now; then everybody who can be is handed over.
        try load.way.list(as: SampleCounty.officer("renshe"))
        guard settling.run() != nil else { return }
        try settling.checkCalm()
        let audit = ChaosAudit(county: county.folder, ledger: ledger)
        let logs = try audit.run()
        try audit.check(follower)
        let recount = try OverviewRecount(logs)
        let contradictions = recount.contradictions
        for person in contradictions.notHandedOver { ledger.violate(.lost, "\(person.key) 各项已办完，却没有移交完成") }
        for person in contradictions.tooEarly { ledger.violate(.doubled, "\(person.key) 尚有未办事项，却已移交完成") }
        outcome.events = logs.values.map(\.count).reduce(0, +)
        outcome.people = recount.people
        outcome.handedOver = recount.handedOver
        let figures = recount.compare(with: try writer.look(GetOverview(), as: SampleCounty.officer("zhuanban")))
        for difference in figures.differences { ledger.violate(.figures, difference) }
        outcome.figures = figures.compared
    }
}
