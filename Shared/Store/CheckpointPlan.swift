import CSQLite

/// When the write-ahead log is carried into the main file, and how insistently.
struct CheckpointPlan {
    enum Mode {
        /// As much as goes without waiting.
        case passive
        /// Waits for readers a moment, so that the log can start over: only when it has grown far because there was
        /// always some reader.
        case restart
        /// Also empties the log's file.
        case truncate

        var sqlite: Int32 {
            switch self {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .restart: SQLITE_CHECKPOINT_RESTART
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        }

        var patienceInMilliseconds: Int32 { self == .restart ? 100 : 0 }
    }

    /// 4 MiB of pages of 4 KiB.
    static let framesBetween = 1024
    static let framesToInsist = 16 * framesBetween

    /// Frames in the log at the last try; 0 when it has started over since.
    private var lastTryAtFrames = 0

    /// SQLite starts the log over with the first commit after a complete checkpoint, so fewer frames than at the last
    /// try mean a new log.
    mutating func look(frames: Int) {
        if frames < lastTryAtFrames { lastTryAtFrames = 0 }
    }

    /// With a reader in the way only a part is carried over, and trying again before the log has grown as much once
    /// more would cost a sync for little.
    func isDue(frames: Int) -> Bool { frames >= lastTryAtFrames + Self.framesBetween }

    mutating func done(frames: Int) { lastTryAtFrames = frames }

    func mode(frames: Int, idle: Bool) -> Mode {
        if idle { return .truncate }
        return frames >= Self.framesToInsist ? .restart : .passive
    }
}
