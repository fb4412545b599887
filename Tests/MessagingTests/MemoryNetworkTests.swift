import Kernel
import Testing

@testable import Messaging

@Suite("Memory network")
struct MemoryNetworkTests {
    private let here = PeerIdentity([1])
    private let there = PeerIdentity([2])

    private func frame(_ number: Int) -> Frame { Frame(kind: .beat, correlation: UInt64(number)) }

    private func arrivals(_ faults: NetworkFaults, seed: UInt64 = 3, count: Int = 1000) -> [UInt64] {
        var network = MemoryNetwork(randomness: SeededRandomness(seed), faults: faults)
        for number in 0..<count {
            let now = SteadyInstant.start.advanced(byMilliseconds: Int64(number))
            network.send(from: here, to: there, frame: frame(number), now: now)
        }
        return network.due(now: SteadyInstant.start.advanced(byMilliseconds: 1_000_000)).map(\.frame.correlation)
    }

    @Test("Without faults everything arrives at once and in order")
    func faultless() {
        var network = MemoryNetwork(randomness: SeededRandomness(1))
        network.send(from: here, to: there, frame: frame(1), now: .start)
        network.send(from: here, to: there, frame: frame(2), now: .start)
        #expect(network.nextDue == .start)
        let arrived = network.due(now: .start)
        #expect(arrived.map(\.frame.correlation) == [1, 2])
        #expect(arrived[0].from == here && arrived[0].to == there)
        #expect(network.nextDue == nil && network.due(now: .start).isEmpty)
    }

    @Test("Frames are lost and doubled at the given rates")
    func rates() {
        var faults = NetworkFaults()
        faults.lostPerThousand = 200
        #expect((700...900).contains(arrivals(faults).count))
        faults = NetworkFaults()
        faults.doubledPerThousand = 200
        #expect((1100...1300).contains(arrivals(faults).count))
    }

    @Test("Delays lie between the two bounds, and overtake only where order is not kept")
    func delays() {
        var faults = NetworkFaults()
        faults.shortestDelayInMilliseconds = 5
        faults.longestDelayInMilliseconds = 50
        var network = MemoryNetwork(randomness: SeededRandomness(1), faults: faults)
        network.send(from: here, to: there, frame: frame(1), now: .start)
        #expect(network.due(now: SteadyInstant.start.advanced(byMilliseconds: 4)).isEmpty)
        #expect(network.due(now: SteadyInstant.start.advanced(byMilliseconds: 50)).count == 1)
        #expect(arrivals(faults) == (0..<1000).map { UInt64($0) })
        faults.keepsOrder = false
        let shuffled = arrivals(faults)
        #expect(shuffled != shuffled.sorted() && shuffled.sorted() == (0..<1000).map { UInt64($0) })
    }

    @Test("The same seed gives the same run, another seed another")
    func seeds() {
        var faults = NetworkFaults()
        faults.lostPerThousand = 100
        faults.doubledPerThousand = 100
        faults.longestDelayInMilliseconds = 90
        faults.keepsOrder = false
        #expect(arrivals(faults, seed: 8) == arrivals(faults, seed: 8))
        #expect(arrivals(faults, seed: 8) != arrivals(faults, seed: 9))
    }

    @Test("A peer that is cut off gets and sends nothing until it is mended")
    func cutting() {
        var network = MemoryNetwork(randomness: SeededRandomness(1))
        network.send(from: here, to: there, frame: frame(1), now: .start)
        network.cut(there)
        network.send(from: there, to: here, frame: frame(2), now: .start)
        #expect(network.due(now: .start).isEmpty)
        network.mend(there)
        network.send(from: here, to: there, frame: frame(3), now: .start)
        #expect(network.due(now: .start).map(\.frame.correlation) == [3])
    }
}
