import Contracts
import Domain
import Host
import Kernel
import Messaging

/// Requests of our own over the bus, from one connection: each caller asks again once it is answered.
struct BenchOurs: BenchContestant {
    let name: String
    let county: BenchCounty
    let service: ServiceName
    let message: String
    let officer: Officer
    let body: [UInt8]

    init<R: Request>(_ name: String, _ county: BenchCounty, _ request: R, as officer: Officer) throws {
        self.name = name
        self.county = county
        self.officer = officer
        service = try Supervision.service(String(R.name.prefix { $0 != "." }))
        message = R.name
        body = try JSONCoding.bytes(request)
    }

    func measure(callers: Int, forMilliseconds span: Int) throws -> BenchSample {
        let clock = BenchClock(forMilliseconds: span)
        let request = OutgoingRequest(
            service: service.rawValue, message: message, context: try county.bus.context(of: officer), body: body)
        for _ in 0..<callers {
            clock.began()
            Self.ask(request, county.bus, clock)
        }
        return try clock.result()
    }

    private static func ask(_ request: OutgoingRequest, _ bus: BusClient, _ clock: BenchClock) {
        let start = MonotonicClock.microseconds()
        // Without a number of its own: the connection gives each the next one.
        bus.send(request) { result in
            if case .failure(let error) = result {
                return clock.failed("请求未成：\(CommandFailure(describing: error).message)")
            }
            if clock.answered(since: start) { ask(request, bus, clock) }
        }
    }
}

/// What the rows ask.
enum BenchRequests {
    static let humanResources = SampleCounty.officer("renshe")
    static let enterprise = ChaosPeople.enterprises[0]

    /// A durable command: one row, one event, one stored result.
    static var command: RecordEnterprise {
        RecordEnterprise(
            code: enterprise.code, name: enterprise.name, ownership: enterprise.ownership, isFinancial: false,
            hasVanished: false, hasAnnuity: false)
    }

    /// A query that any instance answers.
    static var query: ListEnterprises { ListEnterprises() }
}
