import Contracts

/// What is done to a county while it works.
enum ChaosFault: String, CaseIterable, Codable, Sendable {
    /// kill -9 of a service's process.
    case kill
    /// SIGSTOP, and SIGCONT after a while.
    case pause
    /// `jieli restart`.
    case restart
    /// `jieli scale`, up or down.
    case scale
    /// kill -9 of the broker.
    case broker
    /// kill -9 of the supervisor, and `jieli up` again.
    case supervisor
    /// The disk of one service's store is full for a while.
    case fullDisk = "full-disk"
    /// Connections of a department on its own link end, and no new ones come about for a while.
    case cutLink = "cut-link"
    /// That link carries nothing for a while, and its connections stay open.
    case silentLink = "silent-link"

    var chinese: String {
        switch self {
        case .kill: "强制结束服务"
        case .pause: "暂停再继续"
        case .restart: "重启服务"
        case .scale: "调整实例数"
        case .broker: "强制结束总线"
        case .supervisor: "强制结束监管进程"
        case .fullDisk: "磁盘写满"
        case .cutLink: "网络断开"
        case .silentLink: "网络无声"
        }
    }

    /// How often it comes, against the others.
    fileprivate var weight: Int {
        switch self {
        case .kill: 30
        case .pause: 22
        case .restart: 12
        case .scale: 10
        case .broker: 10
        case .supervisor: 2
        case .fullDisk: 6
        case .cutLink, .silentLink: 4
        }
    }
}

/// Everything that a run does to its county, decided before it starts. The same seed gives the same plan; what it meets
/// depends on the machine.
struct ChaosPlan: Sendable {
    struct Step: Codable, Sendable {
        var fault: ChaosFault
        var service: ServiceName
        /// Which of the service's instances, counted around; how many instances, for `scale`.
        var number: Int
        /// How long what passes lasts.
        var lengthInMilliseconds: Int
        /// From the end of this fault to the next of the same hand.
        var pauseInMilliseconds: Int
    }

    let seed: Int
    /// The department that stands on another machine, behind a link of its own.
    let remote: ServiceName
    /// The service whose store lies on a small disk.
    let confined: ServiceName
    let steps: [Step]

    /// - Parameter possible: faults that this machine lets us make.
    init(seed: Int, faults count: Int, possible: [ChaosFault]) {
        self.seed = seed
        var chance = SampleChance(seed: UInt64(seed))
        remote = chance.pick(ServiceName.departments.filter { $0 != .registry })
        confined = chance.pick([.registry, .registry, .benefitsLiaison, .notifications])
        let weights = possible.map(\.weight)
        steps = (0..<count).map { _ in
            let fault = possible[chance.weighted(weights)]
            return Step(
                fault: fault, service: Self.service(fault, &chance), number: chance.number(1...3),
                lengthInMilliseconds: Self.length(fault, &chance), pauseInMilliseconds: chance.number(20...400))
        }
    }

    /// The registry is hit most: all others follow it.
    private static func service(_ fault: ChaosFault, _ chance: inout SampleChance) -> ServiceName {
        switch fault {
        case .broker: return .bus
        case .scale: return chance.pick([.registry] + ServiceName.departments)
        case .kill, .restart, .pause:
            return chance.pick([.registry, .registry, .bus, .gateway] + ServiceName.departments)
        case .supervisor, .fullDisk, .cutLink, .silentLink: return .jieli
        }
    }

    private static func length(_ fault: ChaosFault, _ chance: inout SampleChance) -> Int {
        switch fault {
        // Some longer than the bus's own patience with a silent peer, most shorter.
        case .pause: chance.percent(15) ? chance.number(3500...6000) : chance.number(20...1500)
        case .cutLink, .silentLink: chance.percent(30) ? chance.number(3500...6000) : chance.number(50...1500)
        case .fullDisk: chance.number(100...2000)
        case .kill, .restart, .scale, .broker, .supervisor: 0
        }
    }
}
