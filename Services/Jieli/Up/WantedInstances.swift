import Contracts
import Glibc
import Host

/// How many instances of each service were asked for with `jieli scale`: kept in the data folder, one line
/// `<service> <number>` where it is not one, so that the next `up` starts as many.
struct WantedInstances: Sendable {
    private var counts: [ServiceName: Int] = [:]

    /// - Throws: when a line is wrong, naming it.
    init(_ county: CountyFolder) throws {
        guard access(county.wantedInstances, F_OK) == 0 else { return }
        for line in try Folders.text(county.wantedInstances).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 2, let service = ServiceName(rawValue: words[0]), let count = Int(words[1]),
                ScaleCommand.objection(service, to: count) == nil
            else {
                throw CommandFailure.failed("\(county.wantedInstances) 中“\(line)”不对，应为“服务名 实例数”。请改正或删去这一行。")
            }
            counts[service] = count
        }
    }

    func count(of service: ServiceName) -> Int { counts[service] ?? 1 }

    mutating func set(_ service: ServiceName, _ count: Int) { counts[service] = count == 1 ? nil : count }

    func save(_ county: CountyFolder) throws {
        let lines = texts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
        try SmallFile.replace(county.wantedInstances, with: lines.joined())
    }

    /// By the services' names on the bus.
    var texts: [String: Int] { Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }) }
}
