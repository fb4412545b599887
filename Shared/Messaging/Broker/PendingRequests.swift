import Kernel

/// A request that the broker has taken and that is not answered yet.
struct PendingRequest: Sendable {
    var number: UInt64
    /// As it goes to the worker, save the time that remains: with the broker's correlation, the proven caller and the
    /// asker's instance.
    var frame: Frame
    /// The asker's own correlation.
    var correlation: UInt64
    /// Place of the asker, or nil when nobody waits any more.
    var asker: Int?
    var service: Int
    var lane: Broker.Lane
    /// Place of the worker that has it in hand, or nil while it waits in the queue.
    var worker: Int?
    /// Whether an instance that had it in hand was lost: then nobody knows whether it took effect.
    var wasLost = false
    /// How many instances were lost with it in hand, without a word.
    var losses = 0
    var timesHandedBack = 0
    var sizeInBytes: Int
    var expiresAt: SteadyInstant
    /// Since when it waits in the queue, on the waking clock.
    var queuedAt: Int64
}

/// Pending requests by number. A number is a place in the table and a generation, so that finding one needs no hash and
/// a number is never used twice; the generations begin at random, so that no reply from before a restart fits.
struct PendingRequests: Sendable {
    private static let placeBits: UInt64 = 24
    private static let placeMask: UInt64 = (1 << placeBits) - 1

    private var places: ContiguousArray<PendingRequest?> = []
    private var free: [Int] = []
    private var generation: UInt64
    private(set) var count = 0

    init(generation: UInt64) { self.generation = generation & 0xFF_FFFF_FFFF }

    /// Nil when the table is full, which needs sixteen million requests in hand.
    mutating func insert(_ make: (_ number: UInt64) -> PendingRequest) -> UInt64? {
        guard count < Int(PendingRequests.placeMask) else { return nil }
        let place: Int
        if let last = free.popLast() {
            place = last
        } else {
            place = places.count
            places.append(nil)
        }
        generation = (generation + 1) & 0xFF_FFFF_FFFF
        let number = generation << PendingRequests.placeBits | UInt64(place)
        places[place] = make(number)
        count += 1
        return number
    }

    /// Setting nil removes it; a number that is not there any more reads as nil.
    subscript(_ number: UInt64) -> PendingRequest? {
        get {
            let place = Int(number & PendingRequests.placeMask)
            guard place < places.count, let request = places[place], request.number == number else { return nil }
            return request
        }
    }

    func contains(_ number: UInt64) -> Bool {
        let place = Int(number & PendingRequests.placeMask)
        return place < places.count && places[place]?.number == number
    }

    /// Reads a request in place; nil for a number that is not there any more.
    func look<Value>(_ number: UInt64, _ read: (borrowing PendingRequest) -> Value) -> Value? {
        guard contains(number) else { return nil }
        return read(places[Int(number & PendingRequests.placeMask)]!)
    }

    /// Changes a request in place. Only for numbers that are there.
    mutating func update<Value>(_ number: UInt64, _ change: (inout PendingRequest) -> Value) -> Value {
        change(&places[Int(number & PendingRequests.placeMask)]!)
    }

    @discardableResult
    mutating func remove(_ number: UInt64) -> PendingRequest? {
        guard let request = self[number] else { return nil }
        let place = Int(number & PendingRequests.placeMask)
        places[place] = nil
        free.append(place)
        count -= 1
        return request
    }

    /// The numbers of those for which `condition` holds, oldest first.
    func numbers(where condition: (borrowing PendingRequest) -> Bool) -> [UInt64] {
        var found: [UInt64] = []
        for place in places.indices {
            if let request = places[place], condition(request) { found.append(request.number) }
        }
        return found.sorted()
    }
}

/// A queue of request numbers, with room at the front for those whose worker was lost.
struct NumberQueue: Sendable {
    private var numbers: ContiguousArray<UInt64> = []
    private var head = 0

    var isEmpty: Bool { head == numbers.count }
    var first: UInt64? { isEmpty ? nil : numbers[head] }

    /// In order; some may have been dropped since.
    var waiting: ArraySlice<UInt64> { numbers[head...] }

    mutating func append(_ number: UInt64) { numbers.append(number) }

    mutating func prepend(_ number: UInt64) {
        if head > 0 {
            head -= 1
            numbers[head] = number
        } else {
            numbers.insert(number, at: 0)
        }
    }

    mutating func removeFirst() {
        head += 1
        // Half of the storage is behind us: give it back, so that each number is moved once on average.
        if head == numbers.count {
            numbers.removeAll(keepingCapacity: head <= 1024)
            head = 0
        } else if head > 1024, head * 2 > numbers.count {
            numbers.removeFirst(head)
            head = 0
        }
    }

    mutating func keep(where condition: (UInt64) -> Bool) {
        numbers = ContiguousArray(numbers[head...].filter(condition))
        head = 0
    }
}
