import Contracts

/// What the supervisor runs, and in which order.
enum Supervision {
    /// The services that keep a store.
    static let storing: [ServiceName] = ServiceName.storing
    /// In the order in which they start; they stop in the opposite one.
    static let all: [ServiceName] = [.bus] + storing
    static let mostInstances = 8
    static let graceInSeconds = 10

    /// Pauses before a crashed program is started again: growing, because one that fails at once would otherwise keep
    /// the machine busy.
    static func pauseInMilliseconds(afterCrashes crashes: Int) -> Int {
        min(30_000, 200 << min(max(crashes - 1, 0), 10))
    }

    /// After so long without a crash the pauses begin anew.
    static let healthyInMilliseconds: Int64 = 60_000

    /// By its name on the bus. - Throws: usage, naming those there are.
    static func service(_ name: String) throws -> ServiceName {
        guard let service = ServiceName(rawValue: name), all.contains(service) else {
            throw CommandFailure.usage("没有“\(name)”这个服务。可选：\(all.map(\.rawValue).joined(separator: "、"))。")
        }
        return service
    }
}
