import CSQLite

/// SQLite's locks on a file between connections (sqlite.org/lockingv3.html), as the unix file system keeps them.
struct FileLocks {
    private var levels: [ObjectIdentifier: Int32] = [:]

    func level(_ handle: OpenFile) -> Int32 { levels[ObjectIdentifier(handle)] ?? SQLITE_LOCK_NONE }

    /// Whether somebody means to write.
    var isReserved: Bool { levels.values.contains { $0 >= SQLITE_LOCK_RESERVED } }

    /// - Returns: false when another is in the way.
    mutating func raise(_ handle: OpenFile, to level: Int32) -> Bool {
        let own = ObjectIdentifier(handle)
        let others = levels.filter { $0.key != own }.values.max() ?? SQLITE_LOCK_NONE
        if self.level(handle) >= level { return true }
        switch level {
        case SQLITE_LOCK_SHARED:
            guard others < SQLITE_LOCK_PENDING else { return false }
        case SQLITE_LOCK_RESERVED:
            guard others < SQLITE_LOCK_RESERVED else { return false }
        default:
            guard others < SQLITE_LOCK_RESERVED else { return false }
            // Nobody new may read while this one waits for the readers to end.
            levels[own] = SQLITE_LOCK_PENDING
            guard others == SQLITE_LOCK_NONE else { return false }
        }
        levels[own] = level
        return true
    }

    mutating func lower(_ handle: OpenFile, to level: Int32) {
        levels[ObjectIdentifier(handle)] = level == SQLITE_LOCK_NONE ? nil : level
    }
}

/// The write-ahead index that connections share, with its eight locks (sqlite.org/walformat.html, section 2.3).
final class SharedMemory {
    private var regions: [UnsafeMutableRawPointer] = []
    private var users: Set<ObjectIdentifier> = []
    private var exclusive: [Int32: ObjectIdentifier] = [:]
    private var shared: [Int32: Set<ObjectIdentifier>] = [:]

    deinit { free() }

    /// - Returns: nil when the region is not there and is not to be made.
    func region(_ index: Int, sizeInBytes: Int, extending: Bool, for handle: OpenFile) -> UnsafeMutableRawPointer? {
        users.insert(ObjectIdentifier(handle))
        guard extending || index < regions.count else { return nil }
        while regions.count <= index {
            let region = UnsafeMutableRawPointer.allocate(byteCount: sizeInBytes, alignment: 16)
            region.initializeMemory(as: UInt8.self, repeating: 0, count: sizeInBytes)
            regions.append(region)
        }
        return regions[index]
    }

    func lock(_ handle: OpenFile, _ range: Range<Int32>, exclusively: Bool) -> Bool {
        let own = ObjectIdentifier(handle)
        for slot in range {
            if let holder = exclusive[slot], holder != own { return false }
            if exclusively, shared[slot]?.contains(where: { $0 != own }) ?? false { return false }
        }
        for slot in range {
            if exclusively { exclusive[slot] = own } else { shared[slot, default: []].insert(own) }
        }
        return true
    }

    func unlock(_ handle: OpenFile, _ range: Range<Int32>, exclusively: Bool) {
        let own = ObjectIdentifier(handle)
        for slot in range {
            if exclusively, exclusive[slot] == own { exclusive[slot] = nil }
            if !exclusively { shared[slot]?.remove(own) }
        }
    }

    /// The handle holds no lock any more. The memory goes with the last that has it mapped.
    func release(_ handle: OpenFile, unmapping: Bool) {
        unlock(handle, 0..<SQLITE_SHM_NLOCK, exclusively: true)
        unlock(handle, 0..<SQLITE_SHM_NLOCK, exclusively: false)
        guard unmapping else { return }
        users.remove(ObjectIdentifier(handle))
        if users.isEmpty { free() }
    }

    private func free() {
        for region in regions { region.deallocate() }
        regions = []
    }
}

/// A file as one connection has it open.
final class OpenFile {
    let disk: SimulatedDisk
    let file: StoredFile
    let owner: String
    /// Its own, for as long as it has it mapped: after a power cut the file has another.
    let shared: SharedMemory
    /// The process is gone: whatever its connection still tries has no effect.
    private(set) var isDead = false

    init(disk: SimulatedDisk, file: StoredFile, owner: String) {
        self.disk = disk
        self.file = file
        self.owner = owner
        shared = file.shared
    }

    /// Can read and write.
    var works: Bool { !isDead && !disk.isCut }

    func die() {
        isDead = true
        file.locks.lower(self, to: 0)
        shared.release(self, unmapping: false)
    }
}
