import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Sealing

extension Bench {
    /// How long callers get no answer when the writer or the broker is killed, with a standby and without; how long
    /// `up`, `restart` and `down` take. With the real supervisor.
    func failover() throws {
        let folder = try CountyFolder(path: try make("failover"))
        try folder.make()
        let county = try SupervisedCounty(folder)
        defer { county.stop() }
        for round in 1...rounds {
            progress("故障接替 第 \(round)/\(rounds) 轮")
            let start = MonotonicClock.milliseconds()
            try county.up()
            add(.failover, "全部启动就绪", Double(MonotonicClock.milliseconds() - start), "ms")
            let bus = try BusClient(folder)
            bus.prove(by: try OwnCountyOfficers(folder))
            try measure(county, bus, .kill(.registry), "写入者被杀，无备用")
            _ = try county.ask(.scale, .registry, count: 2)
            let hasStandby = Pause.until(withinMilliseconds: 20_000) {
                let instances = (try? BusStatus.ask(bus, patienceInMilliseconds: 1000))?.snapshot.instances ?? []
                return instances.count { $0.service == ServiceName.registry.rawValue } == 2
            }
            guard hasStandby else { throw CommandFailure.failed("备用实例没有按时就绪，见 \(folder.logs)。") }
            try measure(county, bus, .kill(.registry), "写入者被杀，有备用")
            try measure(county, bus, .kill(.bus), "总线被杀")
            try measure(county, bus, .restart(.archives), "重启一个服务")
            bus.stop()
            let stopping = MonotonicClock.milliseconds()
            county.stop()
            add(.failover, "全部停止", Double(MonotonicClock.milliseconds() - stopping), "ms")
        }
    }

    private enum Blow {
        case kill(ServiceName)
        case restart(ServiceName)
    }

    /// The longest time between two answers of a caller who asks on and on, from the blow until it is over.
    private func measure(_ county: SupervisedCounty, _ bus: BusClient, _ blow: Blow, _ what: String) throws {
        func ask() throws {
            let officer = BenchRequests.humanResources
            switch blow {
            case .restart:
                _ = try bus.ask(.archives, ServiceStatusQuery.name, JSONCoding.bytes(ServiceStatusQuery()), as: officer)
            case .kill: _ = try bus.ask(BenchRequests.command, of: .registry, as: officer)
            }
        }
        try ask()
        var last = MonotonicClock.microseconds()
        switch blow {
        case .kill(let service):
            let writer = try BusStatus.ask(bus, patienceInMilliseconds: 5000).snapshot.instances.first {
                $0.service == service.rawValue && $0.isActiveWriter
            }?.instance
            let report = try county.ask(.status).instances.first {
                service == .bus ? $0.service == .bus : "\($0.service.rawValue)-\($0.instance)" == writer
            }
            guard let process = report?.processIdentifier else {
                throw CommandFailure.failed("\(service.chinese)没有写入者。")
            }
            last = MonotonicClock.microseconds()
            kill(process, SIGKILL)
        case .restart(let service): _ = try county.ask(.restart, service)
        }
        var longest: Int64 = 0
        let until = MonotonicClock.milliseconds() + (isShort ? 2000 : 3000)
        while MonotonicClock.milliseconds() < until {
            try ask()
            let now = MonotonicClock.microseconds()
            longest = max(longest, now - last)
            last = now
            Pause.milliseconds(1)
        }
        add(.failover, "\(what)，最久无答复", Double(longest) / 1000, "ms")
    }

    /// Memory and computing of the whole county without work, and its memory under load.
    func memory() throws {
        let county = try BenchCounty(path: try make("memory"), services: Supervision.storing)
        defer { county.stop() }
        let load = try BenchOurs("", county, BenchRequests.command, as: BenchRequests.humanResources)
        for round in 1...rounds {
            progress("内存与空闲 第 \(round)/\(rounds) 轮")
            Pause.milliseconds(1000)
            let span = isShort ? 1000 : 5000
            let before = county.computedInMilliseconds
            Pause.milliseconds(span)
            let computed = county.computedInMilliseconds - before
            if round == 1 { add(.memory, "启动后空闲，全部程序", Double(county.memoryInKibibytes) / 1024, "MiB") }
            add(.memory, "空闲时的处理器占用", Double(computed) * 100 / Double(span), "% 单核")
            _ = try load.measure(callers: 50, forMilliseconds: spanInMilliseconds * 2)
            add(.memory, "负载下，全部程序", Double(county.memoryInKibibytes) / 1024, "MiB")
            try county.settle()
        }
    }

    /// Pages as a browser gets them, at several numbers of people, with the answers of every service that a page asks.
    func pages() throws {
        let county = try BenchCounty(path: try make("pages"), services: Supervision.storing)
        defer { county.stop() }
        _ = try county.bus.ask(BenchRequests.command, of: .registry, as: BenchRequests.humanResources)
        let password = "bench-2020"
        for user in ["zhuanban", "renshe"] {
            let officer = SampleCounty.officer(user)
            _ = try county.bus.ask(
                RecordAccount(
                    user: user, displayName: user, role: officer.role, area: .county, password: password),
                of: .accounts, as: .program)
        }
        var source = SamplePeople(today: CalendarDay(SystemClock().now()))
        var chance = SampleChance(seed: 11)
        var present = 0
        for people in isShort ? [200] : sizes {
            while present < people {
                progress("网页：装载 \(present)/\(people) 人")
                let count = min(people - present, 50_000)
                let group = ChaosPeople.Group(
                    number: present, enterprise: BenchRequests.enterprise, township: Township.all[0],
                    people: (0..<count).map { _ in source.draw(&chance, enterprise: 0) })
                try register(group, in: county)
                present += count
            }
            try county.settle()
            let team = try PageClient(port: county.port, user: "zhuanban", password: password)
            let office = try PageClient(port: county.port, user: "renshe", password: password)
            for _ in 0..<rounds {
                for (what, client, path) in [
                    ("总览", team, "/overview"), ("台账首页", office, "/ledger"), ("核准清单", office, "/work/verify"),
                ] {
                    add(.pages, "\(what)，\(present) 人", try client.median(path, times: isShort ? 3 : 20), "ms")
                }
            }
        }
    }

    /// A million only when it is asked for: loading takes minutes.
    private var sizes: [Int] { hasMillion ? [1000, 100_000, 1_000_000] : [1000, 100_000] }

    private func register(_ group: ChaosPeople.Group, in county: BenchCounty) throws {
        let officer = SampleCounty.officer(group.enterprise.user)
        let sending = try group.roster()
        _ = try sending.send(
            to: county.bus.ask(sending.opening(enterprise: group.enterprise.code), of: .registry, as: officer),
            add: { try county.bus.ask($0, of: .registry, as: officer, command: $1) },
            close: { try county.bus.ask($0, of: .registry, as: officer, command: $1) }, progress: { _ in })
    }
}
