import Glibc
import Support
import Testing

/// Programs that hang, which no exit tells of.
@Suite("Hanging programs", .serialized)
struct HangTests {
    private static let limit = Duration.seconds(90)

    /// Stops one program and waits until it is replaced. - Returns: the time from the stop until all was as wanted.
    private func stop(
        _ instance: String, _ county: RunningCounty, until isDone: (RunningCounty.Status) -> Bool
    ) async throws -> Duration {
        let process = try #require(try await county.status().instance(instance)?.processIdentifier)
        kill(process, SIGSTOP)
        let stoppedAt = ContinuousClock.now
        while ContinuousClock.now - stoppedAt < .seconds(40) {
            if let status = try? await county.status(), status.instance(instance)?.processIdentifier != process,
                isDone(status)
            {
                break
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return ContinuousClock.now - stoppedAt
    }

    @Test(
        "a paused program is replaced, and the status says why",
        arguments: ["registry", "gateway", "bus"])
    func replaced(service: String) async throws {
        try await RunningCounty.with { county in
            let took = try await stop("\(service)-1", county) {
                $0.instances.dropFirst(2).allSatisfy { $0.role == "writer" } && $0.instances[1].role == "broker"
            }
            #expect(took < Self.limit, "\(took)")
            let after = try await county.status().instance("\(service)-1")
            #expect(after?.restarts == 1)
            #expect(after?.lastExit?.contains("被暂停超过 10 秒") ?? false, "\(after?.lastExit ?? "")")
            #expect(try await county.get("/healthz").code == 200)
            let log = try await Program.runAside("cat", ["\(county.data)/log/supervisor.log"]).output
            #expect(log.contains("\(service)-1（进程"))
        }
    }

    @Test("a second instance writes soon after the first was paused")
    func secondInstance() async throws {
        try await RunningCounty.with { county in
            try #require(try await county.jieli("scale", ["archives", "2"]).status == 0)
            let took = try await stop("archives-1", county) { $0.instance("archives-2")?.role == "writer" }
            #expect(took < Self.limit, "\(took)")
            var isBack = false
            for _ in 0..<6 where !isBack {
                isBack = try await county.wait { $0.instance("archives-1")?.role == "reader" } != nil
            }
            #expect(isBack)
        }
    }

    @Test("one that is sent on in time lives")
    func sentOn() async throws {
        try await RunningCounty.with { county in
            let process = try #require(try await county.status().instance("assets-1")?.processIdentifier)
            kill(process, SIGSTOP)
            try await Task.sleep(for: .seconds(5))
            kill(process, SIGCONT)
            try await Task.sleep(for: .seconds(8))
            #expect(try await county.status().instance("assets-1")?.processIdentifier == process)
        }
    }
}
