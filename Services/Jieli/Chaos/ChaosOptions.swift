import Glibc

/// How a county is to be harmed.
struct ChaosOptions: Sendable {
    let runs: Int
    let seed: Int
    let people: Int
    let faults: Int
    /// From when on no further run is begun; nil goes by their number.
    let limitInMilliseconds: Int64?
    let isKeeping: Bool
    /// Holds a folder for each run.
    let folder: String
    /// Those that were asked for and that this machine lets us make.
    let possibleFaults: [ChaosFault]
    /// Why the others are not made.
    let impossibleFaults: [String: String]

    init(_ arguments: Arguments) throws {
        if arguments["runs"] != nil, arguments["minutes"] != nil {
            throw CommandFailure.usage("--runs 和 --minutes 只能用一个。")
        }
        runs = try arguments.number("runs", standard: 3, in: 1...10_000)
        seed = try arguments.number("seed", standard: Int.random(in: 1...999_999), in: 1...1_000_000_000)
        people = try arguments.number("people", standard: 300, in: 10...20_000)
        faults = try arguments.number("faults", standard: 20, in: 0...10_000)
        limitInMilliseconds =
            arguments["minutes"] == nil
            ? nil : Int64(try arguments.number("minutes", standard: 1, in: 1...100_000)) * 60_000
        isKeeping = arguments.has("keep")
        let asked = try Self.faults(arguments["only"])
        folder = try OwnFolder.make(arguments["data"], name: "chaos")
        let canFill = try !asked.contains(.fullDisk) || Self.canMount(in: folder)
        impossibleFaults = canFill ? [:] : [ChaosFault.fullDisk.rawValue: "挂载小磁盘需要 root 权限"]
        possibleFaults = asked.filter { canFill || $0 != .fullDisk }
        guard !possibleFaults.isEmpty else { throw CommandFailure.failed("写满磁盘需要 root 权限，请以 root 执行。") }
    }

    private static func faults(_ names: String?) throws -> [ChaosFault] {
        guard let names else { return ChaosFault.allCases }
        return try names.split(separator: ",").map { name in
            guard let fault = ChaosFault(rawValue: String(name)) else {
                let known = ChaosFault.allCases.map(\.rawValue).joined(separator: "、")
                throw CommandFailure.usage("没有“\(name)”这种故障。可选：\(known)。")
            }
            return fault
        }
    }

    /// Root in a container may not mount either.
    private static func canMount(in folder: String) throws -> Bool {
        let trial = "\(folder)/trial"
        guard let disk = try SmallDisk.mount(on: trial) else { return false }
        try disk.unmount(keeping: false)
        rmdir(trial)
        return true
    }
}
