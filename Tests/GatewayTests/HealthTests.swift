import Contracts
import Domain
import Host
import Messaging
import Support
import Testing

@testable import Gateway

@Suite("Health tells the truth")
struct HealthTests {
    private let clock = ManualClock()

    private func snapshot(
        without missing: ServiceName? = nil, hung: ServiceName? = nil
    ) throws -> BrokerSnapshot {
        let instances = ServiceName.storing.filter { $0 != missing }.map { service in
            """
            {"service":"\(service.rawValue)","instance":"\(service.rawValue)-1","role":"writer","credit":1,"inFlight":0,
            "asking":0,"silentForInMilliseconds":0,"writerEpoch":1,"isActiveWriter":true,"isWithdrawn":false,
            "isWriterHung":\(service == hung)}
            """
        }
        let counters = String(decoding: try JSONCoding.bytes(BrokerSnapshot.Counters()), as: UTF8.self)
        let json = """
            {"startedAt":0,"instances":[\(instances.joined(separator: ","))],"services":[],"heads":[],
            "counters":\(counters)}
            """
        return try JSONCoding.value(BrokerSnapshot.self, from: Array(json.utf8))
    }

    private func status(_ service: ServiceName, halted: String? = nil, free: Int64? = 10_000_000) -> ServiceStatus {
        ServiceStatus(
            service: service, instance: "\(service.rawValue)-1", role: "writer", processIdentifier: 1,
            uptimeInMilliseconds: 1, residentMemoryInKibibytes: 1, queued: 0, logSeq: 1,
            followed: [FollowedStream(stream: "registry", applied: 1, head: 1, parkedKeys: 0, halted: halted)],
            closed: nil, freeDiskInKibibytes: free)
    }

    private func finding(
        _ bus: BrokerSnapshot?, changed: [ServiceName: ServiceStatus?] = [:], store: Bool = true, free: Int64 = 1 << 20
    ) -> Health.Finding {
        var statuses: [ServiceName: ServiceStatus] = [:]
        for service in ServiceName.storing { statuses[service] = status(service) }
        for (service, changed) in changed { statuses[service] = changed }
        return Health.Finding(store: store, bus: bus, statuses: statuses, freeDiskInKibibytes: free)
    }

    private func problems(_ finding: Health.Finding) -> [String] {
        Health.problems(finding, withoutWriter: []).map { "\($0.service) \($0.what)" }
    }

    @Test("All well is no problem; each ill is told with its service")
    func ills() throws {
        #expect(try problems(finding(snapshot())) == [])
        #expect(problems(finding(nil)) == ["bus unreachable"])
        #expect(try problems(finding(snapshot(hung: .archives))) == ["archives writer-hung"])
        #expect(try problems(finding(snapshot(), store: false)) == ["gateway store-unreadable"])
        #expect(try problems(finding(snapshot(), free: 1000)) == ["gateway disk-full"])
        #expect(try problems(finding(snapshot(), changed: [.archives: nil])) == ["archives silent"])
        #expect(
            try problems(finding(snapshot(), changed: [.archives: status(.archives, halted: "x")])) == [
                "archives stream-halted"
            ])
        #expect(
            try problems(finding(snapshot(), changed: [.assets: status(.assets, free: 1000)])) == ["assets disk-full"]
        )
        #expect(try problems(finding(snapshot(), changed: [.assets: status(.assets, free: nil)])) == [])
    }

    @Test("A writer that restarts is no problem, one that stays away is")
    func missingWriter() throws {
        var missing: [ServiceName: Timestamp] = [:]
        func judge(_ bus: BrokerSnapshot) -> Health.Answer {
            HealthWatch.judge(finding(bus), &missing, now: clock.now())
        }
        #expect(try judge(snapshot(without: .archives)).status == "ok")
        clock.advance(byMilliseconds: 19_999)
        #expect(try judge(snapshot(without: .archives)).status == "ok")
        clock.advance(byMilliseconds: 1)
        let ill = judge(try snapshot(without: .archives))
        #expect(ill.status == "failing" && ill.problems.map(\.what) == ["no-writer"])
        #expect(ill.problems.first?.service == "archives")
        #expect(try judge(snapshot()).status == "ok")
        #expect(try judge(snapshot(without: .archives)).status == "ok", "counted anew")
    }
}
