import Domain
import FoundationEssentials
import Testing

@Suite struct TimestampTests {
    @Test("Moments are counted in milliseconds, forwards and back")
    func counting() {
        let moment = Timestamp(millisecondsSinceEpoch: 1000)
        #expect(moment.advanced(byMilliseconds: -1500).millisecondsSinceEpoch == -500)
        #expect(moment.advanced(byMilliseconds: 5).milliseconds(since: moment) == 5)
        #expect(moment < moment.advanced(byMilliseconds: 1))
    }

    @Test("A moment travels as a whole number")
    func coding() throws {
        let data = try JSONEncoder().encode([Timestamp(millisecondsSinceEpoch: -5)])
        #expect(String(decoding: data, as: UTF8.self) == "[-5]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: data) == [Timestamp(millisecondsSinceEpoch: -5)])
    }

    @Test("The machine's clock is in this century and its random numbers differ")
    func machine() {
        #expect(SystemClock().now() > Timestamp(millisecondsSinceEpoch: 1_577_836_800_000))
        #expect(SystemRandomness().number() != SystemRandomness().number())
    }
}
