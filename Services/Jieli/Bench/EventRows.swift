import Contracts
import Domain
import Glibc
import Host
import Kernel
import Rosters

extension Bench {
    /// From a command's answer, given after its commit, to the moment at which another service has applied its event,
    /// as far as asking that service in a loop can tell.
    func effect() throws {
        let county = try whole()
        let follower = ServiceName.benefitsLiaison
        for round in 1...rounds {
            progress("\(BenchRow.effect.chinese) 第 \(round)/\(rounds) 轮")
            var spans: [Int64] = []
            for _ in 0..<(isShort ? 10 : 100) {
                Pause.milliseconds(3)
                _ = try county.bus.ask(BenchRequests.command, of: .registry, as: BenchRequests.humanResources)
                let start = MonotonicClock.microseconds()
                let head = try county.status(of: .registry).logSeq
                var applied: Int64 = 0
                while applied < head {
                    let followed = try county.status(of: follower).followed
                    applied = followed.first { $0.stream == ServiceName.registry.rawValue }?.applied ?? 0
                }
                spans.append(MonotonicClock.microseconds() - start)
            }
            spans.sort()
            add(.effect, "中位", Double(spans[spans.count / 2]) / 1000, "ms")
            add(.effect, "99%", Double(spans[spans.count * 99 / 100]) / 1000, "ms")
        }
    }

    /// Services that have nothing yet follow a log that is there: one by itself, then all that follow the registry.
    func catchUp() throws {
        let events = isShort ? 2_000 : 100_000
        let all = Supervision.storing.filter { $0 != .registry && AccessTable.mayRead($0, log: .registry) }
        for round in 1...rounds {
            for (what, followers) in [("一个服务", [ServiceName.healthRecords]), ("全部服务", all)] {
                let path = try make("catch-up-\(round)-\(followers.count)")
                let county = try BenchCounty(path: path, services: [.registry])
                defer {
                    county.stop()
                    _ = try? ChildProcess.run("/bin/rm", ["-rf", "--", path])
                }
                progress("补取日志 第 \(round)/\(rounds) 轮，写入 \(events) 条")
                let ours = try BenchOurs("", county, BenchRequests.command, as: BenchRequests.humanResources)
                while try county.status(of: .registry).logSeq < events {
                    _ = try ours.measure(callers: 200, forMilliseconds: isShort ? 200 : 500)
                }
                let head = try county.status(of: .registry).logSeq
                progress("补取日志 第 \(round)/\(rounds) 轮，\(what)补取 \(head) 条")
                try county.start(followers)
                add(.catchUp, "\(what)，各自每秒", try rate(of: followers, in: county, to: head), "条")
            }
        }
    }

    /// Events a second of each follower, from the first tenth to the end: the start of its program does not count.
    private func rate(of followers: [ServiceName], in county: BenchCounty, to head: Int64) throws -> Double {
        let all = head * Int64(followers.count)
        func applied() throws -> Int64 {
            try followers.reduce(0) { sum, follower in
                let followed = try county.status(of: follower).followed
                return sum + (followed.first { $0.stream == ServiceName.registry.rawValue }?.applied ?? 0)
            }
        }
        let giveUpAt = MonotonicClock.milliseconds() + 600_000
        var first: (applied: Int64, at: Int64)?
        while MonotonicClock.milliseconds() < giveUpAt {
            let now = try applied()
            if first == nil, now >= all / 10 { first = (now, MonotonicClock.microseconds()) }
            if now >= all, let first {
                // Where there was nothing between the first look and the end, it was faster than can be seen.
                let span = max(1, MonotonicClock.microseconds() - first.at)
                return Double(max(1, all - first.applied)) / Double(followers.count) * 1_000_000 / Double(span)
            }
            Pause.milliseconds(2)
        }
        throw CommandFailure.failed("补取没有按时完成，见 \(county.folder.logs)。")
    }

    /// A roster's file read, checked and registered, by the registry alone and with everybody who follows.
    func roster() throws {
        var source = SamplePeople(today: CalendarDay(SystemClock().now()))
        var chance = SampleChance(seed: 9)
        for round in 1...rounds {
            for rows in isShort ? [500] : [10_000, 100_000] {
                for (by, county) in [("jieli", try whole()), ("jieli 无跟随者", try alone())] {
                    if rows > 10_000, by == "jieli" { continue }
                    progress("导入名册 第 \(round)/\(rounds) 轮，\(rows) 行，\(by)")
                    let people = (0..<rows).map { _ in source.draw(&chance, enterprise: 0) }
                    let group = ChaosPeople.Group(
                        number: Int(MonotonicClock.microseconds()), enterprise: BenchRequests.enterprise,
                        township: people[0].township, people: people)
                    try take(group, into: county, by)
                }
            }
        }
    }

    private func take(_ group: ChaosPeople.Group, into county: BenchCounty, _ by: String) throws {
        let officer = SampleCounty.officer(group.enterprise.user)
        let bytes = group.rosterBytes
        guard let process = county.process(of: .registry) else { return }
        ProcessTimes.forgetPeak(process)
        let start = MonotonicClock.microseconds()
        let sending = try RosterSending(bytes: bytes, fileName: "名册\(group.number).csv")
        let outcome = try sending.send(
            to: county.bus.ask(sending.opening(enterprise: group.enterprise.code), of: .registry, as: officer),
            add: { try county.bus.ask($0, of: .registry, as: officer, command: $1) },
            close: { try county.bus.ask($0, of: .registry, as: officer, command: $1) }, progress: { _ in })
        let span = Double(MonotonicClock.microseconds() - start) / 1_000_000
        guard outcome.summary.registered == group.people.count else {
            throw CommandFailure.failed("名册应登记 \(group.people.count) 人，登记了 \(outcome.summary.registered) 人。")
        }
        add(.roster, "\(group.people.count) 行，用时", by: by, span, "s")
        if let peak = ProcessTimes.peakInKibibytes(process) {
            add(.roster, "\(group.people.count) 行，台账服务内存峰值", by: by, Double(peak) / 1024, "MiB")
        }
        try county.settle()
    }
}
