import Contracts
import Domain
import Host
import Messaging
import Sealing
import Store
import Support

/// What all nodes of a simulated county share, and what is known of them that none of them knows.
final class World {
    let folder: String
    let randomness: SeededRandomness
    var faults: Faults
    /// Whether stores are made in the run itself; else they begin as the first start of a service leaves them, which
    /// saves a quarter of the time.
    var beginsWithoutStores = false
    private var disks: [ServiceName: SimulatedDisk] = [:]
    private var tools: [ServiceName: ServiceTools] = [:]
    /// The highest writer of each store so far: whoever is below it was replaced.
    private var newestWriter: [ServiceName: Int64] = [:]
    /// How far each log was told of to others: so far it may never fall back.
    private var told: [ServiceName: Int64] = [:]
    private var epochs: [ServiceName: UInt64] = [:]
    /// Logs of which followers may still have what was lost.
    private var disputed: Set<ServiceName> = []
    /// Whether a mark stands beside each store, as in a real county. Written to the real disk, so only where it counts.
    var keepsMarks = false
    /// Guarantees that were seen broken on the way.
    private(set) var broken: [String] = []
    var figures = RunFigures()

    init(seed: UInt64, faults: Faults) throws {
        randomness = SeededRandomness(seed: seed)
        self.faults = faults
        folder = try TemporaryFolder.make()
        beginsWithoutStores = randomness.chance(10)
        // A store that was never finished may be garbage when the disk lies about it; nothing is lost with it.
        if beginsWithoutStores { self.faults.failedSyncPerThousand = 0 }
    }

    deinit {
        for disk in disks.values { SimulatedFileSystem.unmount(disk) }
        TemporaryFolder.remove(folder)
    }

    /// The disk of the machine on which a service runs. The lock between its instances is a real file beside it.
    func disk(of service: ServiceName) throws -> SimulatedDisk {
        if let disk = disks[service] { return disk }
        let path = "\(folder)/\(service.rawValue)"
        try Folders.make(path)
        let disk = SimulatedDisk(folder: path, randomness: randomness)
        SimulatedFileSystem.mount(disk)
        disks[service] = disk
        return disk
    }

    func tools(of service: ServiceName) throws -> ServiceTools {
        if let known = tools[service] { return known }
        // From the seed: where rows lie in an index depends on it, and with that which write a power cut meets.
        let key = (0..<SealingKey.lengthInBytes).map { _ in UInt8(truncatingIfNeeded: randomness.number()) }
        let made = Authority.tools(Sealer(try SealingKey(key)), randomness)
        tools[service] = made
        return made
    }

    /// A clock of a machine of its own: wrong from the beginning, and its steady clock began at some other time.
    func clock() -> ManualClock {
        let clock = ManualClock()
        clock.advance(byMilliseconds: 1 + Int64(randomness.number(below: 100_000_000)))
        let skew = faults.clockSkewInMilliseconds
        let offset = skew == 0 ? 0 : Int64(randomness.number(below: Int(2 * skew))) - skew
        clock.set(ManualClock().now().advanced(byMilliseconds: offset))
        return clock
    }

    /// True in so many of a thousand cases.
    func chance(perThousand: Int) -> Bool { perThousand > 0 && randomness.number(below: 1000) < perThousand }

    // MARK: What must hold on the way

    func require(_ condition: Bool, _ what: @autoclosure () -> String) {
        if !condition { broken.append(what()) }
    }

    /// A writer has opened its store: all that anybody was told of is there.
    func opened(_ service: ServiceName, writerEpoch: Int64, head: StreamHead) {
        require(writerEpoch > newestWriter[service] ?? 0, "\(service): two writers have the number \(writerEpoch)")
        newestWriter[service] = writerEpoch
        let told = told[service] ?? 0
        require(
            head.seq >= told, "\(service): event \(told) was told of and is gone; the log ends with \(head.seq)")
        guard !disputed.contains(service) else { return }
        require(head.epoch == epochs[service] ?? head.epoch, "\(service): the log began anew")
        epochs[service] = head.epoch
    }

    /// Something that only a commit brings about has left a writer.
    func committed(_ service: ServiceName, writerEpoch: Int64) {
        let newest = newestWriter[service] ?? 0
        require(writerEpoch == newest, "\(service): writer \(writerEpoch) committed after writer \(newest) took over")
    }

    /// A store is to be put back older: what it lost may be gone, and its writers' numbers come again.
    func putsBack(_ service: ServiceName) {
        newestWriter[service] = nil
        told[service] = nil
        epochs[service] = nil
        disputed.insert(service)
        figures.putBack += 1
    }

    /// All followers of a log that was put back have joined on.
    func agrees(_ service: ServiceName) { disputed.remove(service) }

    func isReplaced(_ service: ServiceName, writerEpoch: Int64) -> Bool { writerEpoch < newestWriter[service] ?? 0 }

    func announced(_ service: ServiceName, _ head: StreamHead) {
        require(head.seq >= told[service] ?? 0, "\(service): the log was told of as shorter than before")
        told[service] = head.seq
    }

    /// A follower stands at `seq` of a log: nobody else may know yet that it is there, but it has to stay.
    func applied(_ stream: ServiceName, _ seq: Int64) {
        if !disputed.contains(stream) { told[stream] = max(told[stream] ?? 0, seq) }
    }
}
