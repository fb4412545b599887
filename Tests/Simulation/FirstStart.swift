import Host
import Synchronization

/// What the first start of a service leaves on its disk, made once in a process for all runs. Always the same, so that
/// a run depends on its seed alone.
enum FirstStart {
    private static let made = Mutex<[ObjectIdentifier: [String: [UInt8]]]>([:])

    static func files<Logic: ServiceLogic>(of logic: Logic.Type) throws -> [String: [UInt8]] {
        if let files = made.withLock({ $0[ObjectIdentifier(logic)] }) { return files }
        let world = try World(seed: 0, faults: .none)
        world.beginsWithoutStores = true
        let node = try ServiceNode<Logic>(world)
        let files = node.disk?.image() ?? [:]
        node.crash()
        made.withLock { $0[ObjectIdentifier(logic)] = files }
        return files
    }
}
