#if canImport(Glibc)
    import Glibc
#endif

/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z. The only unit of time between processes.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
    public var millisecondsSinceEpoch: Int64

    public init(millisecondsSinceEpoch: Int64) { self.millisecondsSinceEpoch = millisecondsSinceEpoch }

    public init(from decoder: any Decoder) throws {
        millisecondsSinceEpoch = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(millisecondsSinceEpoch)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    public func advanced(byMilliseconds milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: millisecondsSinceEpoch + milliseconds)
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    public func milliseconds(since earlier: Timestamp) -> Int64 {
        millisecondsSinceEpoch - earlier.millisecondsSinceEpoch
    }
}

/// Where the present moment comes from. Handed in everywhere, so that a simulation can make it jump.
public protocol WallClock: Sendable {
    func now() -> Timestamp
}

/// The machine's own clock.
public struct SystemClock: WallClock {
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// Where random numbers come from. Handed in everywhere, so that a simulation can repeat a run from its seed.
public protocol Randomness: Sendable {
    func number() -> UInt64
}

/// The operating system's random numbers.
public struct SystemRandomness: Randomness {
    public init() {}

    public func number() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
