import Contracts
import Glibc
import Host
import Kernel

/// What all rows have in common: where they work, how long, and where their figures go.
final class Bench {
    let folder: String
    let rounds: Int
    let isShort: Bool
    let hasMillion: Bool
    private(set) var figures: [BenchFigure] = []
    private(set) var remarks: [String] = []
    /// Counties that several rows use, by how much of one they are.
    private var counties: [String: BenchCounty] = [:]

    init(folder: String, rounds: Int, isShort: Bool, hasMillion: Bool) {
        self.folder = folder
        self.rounds = rounds
        self.isShort = isShort
        self.hasMillion = hasMillion
    }

    /// One span of measuring.
    var spanInMilliseconds: Int { isShort ? 200 : 1000 }

    func run(_ row: BenchRow) throws {
        switch row {
        case .disk: try disk()
        case .commands: try commands()
        case .queries: try queries()
        case .effect: try effect()
        case .catchUp: try catchUp()
        case .roster: try roster()
        case .pages: try pages()
        case .failover: try failover()
        case .memory: try memory()
        }
    }

    func add(_ row: BenchRow, _ what: String, by: String = "jieli", _ value: Double, _ unit: String) {
        let place = figures.firstIndex { $0.row == row && $0.what == what && $0.by == by }
        if let place {
            figures[place].values.append(value)
        } else {
            var figure = BenchFigure(row: row, what: what, by: by, unit: unit)
            figure.values = [value]
            figures.append(figure)
        }
    }

    func remark(_ text: String) { if !remarks.contains(text) { remarks.append(text) } }

    func progress(_ text: String) {
        if Terminal.isInteractive { Terminal.show(text) } else { Terminal.complain(text) }
    }

    /// A folder of its own below the bench's.
    func make(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Folders.make(path)
        return path
    }

    /// The whole county, with all followers.
    func whole() throws -> BenchCounty { try county("whole", Supervision.storing) }

    /// The registry alone: nobody follows it.
    func alone() throws -> BenchCounty { try county("alone", [.registry]) }

    private func county(_ name: String, _ services: [ServiceName]) throws -> BenchCounty {
        if let county = counties[name] { return county }
        let county = try BenchCounty(path: try make(name), services: services)
        counties[name] = county
        let request = BenchRequests.command
        _ = try county.bus.ask(request, of: .registry, as: BenchRequests.humanResources)
        try county.settle()
        return county
    }

    func stop() {
        for county in counties.values { county.stop() }
        counties = [:]
    }
}
