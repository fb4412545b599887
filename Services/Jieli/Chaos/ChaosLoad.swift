import Contracts
import Domain
import Host
import Kernel
import Messaging
import Synchronization

/// All who work while faults happen: writers that take people their whole way, writers of small commands, readers.
final class ChaosLoad: Sendable {
    static let ways = 6
    /// One for each township, so that each has an order of its own.
    private static let lanes = 5

    let writer: ChaosWriter
    private let ledger: ChaosLedger
    private let bus: BusClient
    private let people: ChaosPeople
    private let today: CalendarDay
    private let isOver = Atomic<Bool>(false)
    private let threads = Mutex<[OwnThread]>([])
    /// A roster that is closed for certain; its enterprise.
    private let closed = Mutex<Int64?>(nil)
    private let groupsDone = Atomic<Int>(0)

    init(_ bus: BusClient, _ ledger: ChaosLedger, _ writer: ChaosWriter, people: ChaosPeople, today: CalendarDay) {
        self.bus = bus
        self.ledger = ledger
        self.writer = writer
        self.people = people
        self.today = today
    }

    /// Groups whose whole way is done.
    var finishedGroups: Int { groupsDone.load(ordering: .relaxed) }

    var way: ChaosWay {
        ChaosWay(writer, ledger, today: today, isOver: { [self] in isOver.load(ordering: .acquiring) })
    }

    func start() throws {
        ledger.begin()
        for number in 0..<Self.ways { try run("way-\(number)") { [self] in try walk(number) } }
        for number in 0..<Self.lanes { try run("lane-\(number)") { [self] in try hammer(number) } }
        try run("reader") { [self] in read() }
    }

    /// Ends between two commands, and waits for all.
    func stop() {
        isOver.store(true, ordering: .releasing)
        for thread in threads.withLock({ $0 }) { thread.join() }
        threads.withLock { $0 = [] }
    }

    private func run(_ name: String, _ work: @escaping @Sendable () throws -> Void) throws {
        let started = OwnThread(name: name) { [ledger] in
            do {
                try work()
            } catch is ChaosOver {
            } catch is ChaosGivenUp {
            } catch let refusal as Refusal {
                ledger.violate(.refusal, "\(name)：\(refusal.slug)")
            } catch {
                ledger.violate(.unanswered, "\(name)：\(CommandFailure(describing: error).message)")
            }
        }
        guard let started else { throw CommandFailure.failed("不能启动线程，请检查系统的线程上限。") }
        threads.withLock { $0.append(started) }
    }

    private func walk(_ number: Int) throws {
        let way = way
        try way.begin(ChaosPeople.enterprises[number])
        var last: Int64 = 0
        for group in people.groups[number] {
            try way.take(group, after: &last)
            groupsDone.add(1, ordering: .relaxed)
        }
    }

    /// Small commands one after the other, each with an event of the same key: there must be as many as answers.
    private func hammer(_ number: Int) throws {
        let township = Township.all[number]
        let officer = SampleCounty.officer(of: township)
        var count = 0
        while !isOver.load(ordering: .acquiring) {
            count += 1
            let contact = ServiceContact(telephone: "0873-0000010", address: "\(township.name)第 \(count) 号窗口")
            let outcome = try writer.carryOut(RecordContact(contact: contact), as: officer) { _, entry in
                entry.effects = [ChaosEffect(.registry, ContactRecorded(township: township.code))]
            }
            if case .failure(let refusal) = outcome { throw refusal }
            Pause.milliseconds(count % 10)
        }
    }

    /// Reads what everybody reads, and what was acknowledged a moment ago.
    private func read() {
        let officer = SampleCounty.officer("renshe")
        var turn = 0
        while !isOver.load(ordering: .acquiring) {
            turn += 1
            switch turn % 3 {
            case 0: look(GetOverview(), as: SampleCounty.officer("zhuanban")) { _ in }
            case 1: look(ListEnterprises(), as: officer) { _ in }
            default: lookAtRoster(officer)
            }
            Pause.milliseconds(5)
        }
    }

    /// What was closed stays closed, whichever instance answers.
    private func lookAtRoster(_ officer: Officer) {
        let known = closed.withLock { $0 }
        look(ListRosters(), as: officer) { [self] rosters in
            if let known, rosters.rows.first(where: { $0.roster == known })?.state != .closed {
                ledger.violate(.stale, "名册 \(known) 已导入，查询却不是")
            }
            let newest = rosters.rows.filter { $0.state == .closed }.map(\.roster).max()
            if let newest { closed.withLock { $0 = max($0 ?? 0, newest) } }
        }
    }

    private func look<Q: Query>(_ query: Q, as officer: Officer, _ check: (Q.Reply) -> Void) {
        do {
            let service = try Supervision.service(String(Q.name.prefix { $0 != "." }))
            let body = try bus.ask(
                service, Q.name, version: UInt16(Q.version), JSONCoding.bytes(query), as: officer,
                patienceInMilliseconds: 2000)
            check(try JSONCoding.value(Q.Reply.self, from: body))
            ledger.count { $0.queries += 1 }
        } catch {
            ledger.count { $0.failedQueries += 1 }
        }
    }
}
