import FoundationEssentials
import Simulation
import Testing

/// A few seeds with every run of the tests; `./jieli simulate` runs as many as one likes.
@Suite("Simulated counties under every misfortune")
struct SeedTests {
    /// How many seeds a run of the tests takes, and from which it begins: `JIELI_SEEDS=5000`, `JIELI_SEED=17` (that one
    /// alone, to replay a failure).
    static var seeds: ClosedRange<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["JIELI_SEED"].flatMap(UInt64.init) { return seed...seed }
        return 1...(environment["JIELI_SEEDS"].flatMap(UInt64.init) ?? 60)
    }

    /// A seed of the whole county is eight services and some seventy commands: fewer of them.
    static var fewerSeeds: ClosedRange<UInt64> {
        guard seeds.count > 1 else { return seeds }
        return seeds.lowerBound...max(seeds.lowerBound, seeds.upperBound / 15)
    }

    @Test("A producer and its follower: every acknowledged command once, every event once and in order")
    func small() { run(.small, Self.seeds) }

    @Test("All services: everybody is handed over once, and every follower has every log to its end")
    func whole() { run(.whole, Self.fewerSeeds) }

    private func run(_ kind: Simulation.Kind, _ seeds: ClosedRange<UInt64>) {
        for seed in seeds {
            do {
                try Simulation.run(kind, seed: seed)
            } catch {
                let again = "./jieli simulate --county \(kind.rawValue) --seed \(seed) --seeds 1"
                Issue.record("seed \(seed): \(error) — replay with \(again)")
            }
        }
    }

    @Test("The same seed gives the same run", arguments: Simulation.Kind.allCases)
    func replay(kind: Simulation.Kind) throws {
        #expect(try Simulation.run(kind, seed: 42) == Simulation.run(kind, seed: 42))
    }
}
