import Domain
import Kernel
import Messaging
import Synchronization

/// Random numbers that a seed repeats (SplitMix64).
final class SeededRandomness: Randomness {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) { state = Mutex(seed) }

    func number() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    func number(below bound: Int) -> Int { Int(number() % UInt64(bound)) }
}

/// A table with the rules that the tests need.
struct TestPolicy: BusPolicy {
    func mayAsk(caller: String, service: String, message: String) -> Bool {
        caller != "stranger" && !message.hasPrefix("secret.")
    }

    func mayRead(caller: String, stream: String) -> Bool { stream != "sealed" && caller != "stranger" }
}

extension SteadyInstant {
    static let start = SteadyInstant(milliseconds: 5_000_000)
}

extension Timestamp {
    static let start = Timestamp(millisecondsSinceEpoch: 1_780_000_000_000)
}

extension String {
    var bytes: [UInt8] { [UInt8](utf8) }
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }
}
