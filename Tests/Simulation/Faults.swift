import Messaging

/// What may go wrong in a run.
struct Faults: Sendable {
    var network = NetworkFaults()
    /// Of a thousand commits, how many are followed by a crash before anybody hears of them.
    var crashAfterCommitPerThousand = 0
    // Of a thousand steps, how many bring about:
    /// an instance's end, as by `kill -9`;
    var crashPerThousand = 0
    /// a machine's end in the midst of its next writes: all instances of a service, and what was not synced;
    var powerCutPerThousand = 0
    var brokerCrashPerThousand = 0
    /// a clock that is set, on one machine;
    var clockJumpPerThousand = 0
    /// an instance that stands still for a while, as under SIGSTOP, or whose writer alone does;
    var hangPerThousand = 0
    /// a disk without room for a while;
    var fullDiskPerThousand = 0
    /// a disk of which some of the next syncs fail, so that nobody knows what is safe.
    var failedSyncPerThousand = 0
    /// How far a machine's clock may be off from the beginning, in either direction.
    var clockSkewInMilliseconds: Int64 = 0

    static let none = Faults()

    static let everything: Faults = {
        var faults = Faults()
        faults.network.lostPerThousand = 30
        faults.network.doubledPerThousand = 50
        faults.network.shortestDelayInMilliseconds = 1
        faults.network.longestDelayInMilliseconds = 60
        faults.network.keepsOrder = false
        faults.crashAfterCommitPerThousand = 10
        faults.crashPerThousand = 4
        faults.powerCutPerThousand = 3
        faults.brokerCrashPerThousand = 2
        faults.clockJumpPerThousand = 3
        faults.hangPerThousand = 3
        faults.fullDiskPerThousand = 2
        faults.failedSyncPerThousand = 2
        faults.clockSkewInMilliseconds = 120_000
        return faults
    }()
}
