import Support

/// A machine's disk in memory: what was written is read back at once, but survives a power cut for certain only once it
/// was synced. Of what was not, any sector of 512 bytes may be there or not, in any order.
///
/// Confined to the thread of its county; see `SimulatedFileSystem` for how SQLite comes to use it.
final class SimulatedDisk: @unchecked Sendable {
    static let sectorInBytes = 512

    let folder: String
    private var files: [String: StoredFile] = [:]
    private var handles: [OpenFile] = []
    /// Who opens files at the moment: a killed process takes its handles with it.
    var owner = ""
    /// Files cannot grow.
    var isFull = false
    /// The machine is without power: nothing can be read or written any more.
    private(set) var isCut = false
    /// After how many writes and syncs the power fails.
    var writesUntilCut: Int?
    /// So many of the next syncs fail.
    var failingSyncs = 0
    /// How often it had no room, or a sync failed.
    private(set) var failures = 0
    private let randomness: SeededRandomness

    init(folder: String, randomness: SeededRandomness) {
        self.folder = folder
        self.randomness = randomness
    }

    var isEmpty: Bool { files.isEmpty }

    // MARK: Misfortune

    /// The process `owner` is gone: nothing more comes from its handles, and the locks that they held are free.
    func kill(_ owner: String) {
        for handle in handles where handle.owner == owner { handle.die() }
        handles.removeAll { $0.isDead }
    }

    /// The power is back: of what was not synced a part is there. All processes of the machine must be gone.
    func settle() {
        for name in files.keys.sorted() { files[name]?.settle(randomness) }
        isCut = false
        writesUntilCut = nil
    }

    /// All files as they are read at this moment, as an image of the machine has them.
    func image() -> [String: [UInt8]] { files.mapValues(\.content) }

    /// The files of an image in the place of those that are there. All processes of the machine must be gone.
    func putBack(_ image: [String: [UInt8]]) { files = image.mapValues(StoredFile.init) }

    // MARK: For the file system

    func exists(_ name: String) -> Bool { files[name] != nil }

    func open(_ name: String, creating: Bool) -> OpenFile? {
        guard !isCut else { return nil }
        guard let file = files[name] ?? (creating ? StoredFile() : nil) else { return nil }
        files[name] = file
        let handle = OpenFile(disk: self, file: file, owner: owner)
        handles.append(handle)
        return handle
    }

    func close(_ handle: OpenFile) {
        handle.die()
        handles.removeAll { $0 === handle }
    }

    func remove(_ name: String) -> Bool {
        guard !isCut else { return false }
        return files.removeValue(forKey: name) != nil
    }

    /// Counts down to the power cut.
    /// - Returns: false when there is no power for this write.
    func spendWrite() -> Bool {
        if let left = writesUntilCut {
            writesUntilCut = left - 1
            if left <= 0 { isCut = true }
        }
        return !isCut
    }

    /// Whether files may grow to `length`.
    func hasRoom(_ file: StoredFile, for length: Int) -> Bool {
        guard isFull, length > file.content.count else { return true }
        failures += 1
        return false
    }

    /// - Returns: false when there is no power, or the device fails. What it could not write then counts as written, as
    ///   on Linux (fsync(2)): it can be read, no later sync writes it, and the next power cut takes it.
    func sync(_ file: StoredFile) -> Bool {
        guard spendWrite() else { return false }
        guard failingSyncs > 0 else {
            file.sync()
            return true
        }
        failingSyncs -= 1
        failures += 1
        file.loseUnsynced(randomness)
        return false
    }
}

/// The bytes of a file, and what of them is safe.
final class StoredFile {
    private enum Change {
        case write(offset: Int, bytes: [UInt8])
        case truncate(Int)
    }

    private(set) var content: [UInt8] = []
    private var durable: [UInt8] = []
    private var unsynced: [Change] = []
    var locks = FileLocks()
    var shared = SharedMemory()

    init() {}

    init(_ bytes: [UInt8]) {
        content = bytes
        durable = bytes
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        let copy = [UInt8](bytes)
        Self.put(copy[...], at: offset, into: &content)
        unsynced.append(.write(offset: offset, bytes: copy))
    }

    func truncate(to length: Int) {
        Self.cut(&content, length)
        unsynced.append(.truncate(length))
    }

    func sync() {
        for change in unsynced {
            switch change {
            case .write(let offset, let bytes): Self.put(bytes[...], at: offset, into: &durable)
            case .truncate(let length): Self.cut(&durable, length)
            }
        }
        unsynced.removeAll()
    }

    func settle(_ randomness: SeededRandomness) {
        loseUnsynced(randomness)
        content = durable
        locks = FileLocks()
        shared = SharedMemory()
    }

    /// Of what was not synced a part reaches the disk, and the rest never does.
    func loseUnsynced(_ randomness: SeededRandomness) {
        // All of it, nothing of it, or any part of it.
        let percent = [0, 50, 90, 100][randomness.number(below: 4)]
        for change in unsynced {
            switch change {
            case .truncate(let length): if randomness.chance(percent) { Self.cut(&durable, length) }
            case .write(let offset, let bytes):
                var begin = 0
                while begin < bytes.count {
                    let sector = SimulatedDisk.sectorInBytes
                    let end = min(bytes.count, begin + sector - (offset + begin) % sector)
                    if randomness.chance(percent) {
                        Self.put(bytes[begin..<end], at: offset + begin, into: &durable)
                    }
                    begin = end
                }
            }
        }
        unsynced.removeAll()
    }

    private static func put(_ bytes: ArraySlice<UInt8>, at offset: Int, into content: inout [UInt8]) {
        let end = offset + bytes.count
        if content.count < end { content.append(contentsOf: repeatElement(0, count: end - content.count)) }
        content.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[offset..<end]).copyMemory(from: source)
            }
        }
    }

    private static func cut(_ content: inout [UInt8], _ length: Int) {
        if content.count > length { content.removeLast(content.count - length) }
    }
}
