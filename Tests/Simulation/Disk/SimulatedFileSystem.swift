import CSQLite
import Glibc
import Synchronization

/// SQLite's way to the simulated disks (sqlite.org/vfs.html): files in the folder of such a disk lie in memory, all
/// others where they always do. Installed once in a process, as the default, so that the program opens its stores as
/// ever.
enum SimulatedFileSystem {
    private static let disks = Mutex<[String: SimulatedDisk]>([:])
    /// The file system that was the default before; lives as long as the process.
    nonisolated(unsafe) private static let real = sqlite3_vfs_find(nil)
    private static let isInstalled: Bool = install()

    static func mount(_ disk: SimulatedDisk) {
        precondition(isInstalled, "SQLite does not take the simulated file system")
        disks.withLock { $0[disk.folder] = disk }
    }

    static func unmount(_ disk: SimulatedDisk) { disks.withLock { $0[disk.folder] = nil } }

    private static func disk(_ path: UnsafePointer<CChar>?) -> (disk: SimulatedDisk, name: String)? {
        guard let path else { return nil }
        let text = String(cString: path)
        guard let slash = text.lastIndex(of: "/"), let disk = disks.withLock({ $0[String(text[..<slash])] }) else {
            return nil
        }
        return (disk, String(text[text.index(after: slash)...]))
    }

    /// What stands in the memory that SQLite gives for a file.
    private struct Place {
        var base = sqlite3_file()
        var handle: Unmanaged<OpenFile>?
    }

    private static func install() -> Bool {
        guard let real else { return false }
        let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        system.initialize(to: real.pointee)
        system.pointee.pNext = nil
        system.pointee.zName = UnsafePointer(strdup("jieli-simulated"))
        system.pointee.szOsFile = max(real.pointee.szOsFile, Int32(MemoryLayout<Place>.size))
        system.pointee.xOpen = { _, path, file, flags, outFlags in
            SimulatedFileSystem.open(path, file, flags, outFlags)
        }
        system.pointee.xDelete = { _, path, isSynced in
            guard let (disk, name) = SimulatedFileSystem.disk(path) else {
                return SimulatedFileSystem.real?.pointee.xDelete(SimulatedFileSystem.real, path, isSynced)
                    ?? SQLITE_IOERR
            }
            return disk.remove(name) ? SQLITE_OK : SQLITE_IOERR | 23 << 8
        }
        system.pointee.xAccess = { _, path, flags, result in
            guard let (disk, name) = SimulatedFileSystem.disk(path) else {
                return SimulatedFileSystem.real?.pointee.xAccess(SimulatedFileSystem.real, path, flags, result)
                    ?? SQLITE_IOERR
            }
            result?.pointee = disk.exists(name) ? 1 : 0
            return SQLITE_OK
        }
        return sqlite3_vfs_register(system, 1) == SQLITE_OK
    }

    private static func open(
        _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
        _ outFlags: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let (disk, name) = disk(path), let file else {
            return real?.pointee.xOpen(real, path, file, flags, outFlags) ?? SQLITE_CANTOPEN
        }
        file.pointee.pMethods = nil
        guard let handle = disk.open(name, creating: flags & SQLITE_OPEN_CREATE != 0) else { return SQLITE_CANTOPEN }
        file.withMemoryRebound(to: Place.self, capacity: 1) { place in
            place.initialize(to: Place(handle: Unmanaged.passRetained(handle)))
            place.pointee.base.pMethods = UnsafePointer(methods)
        }
        outFlags?.pointee = flags
        return SQLITE_OK
    }

    private static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> OpenFile? {
        file?.withMemoryRebound(to: Place.self, capacity: 1) { $0.pointee.handle?.takeUnretainedValue() }
    }

    /// The functions of an open file; never changed once made, and lives as long as the process.
    nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: sqlite3_io_methods())
        methods.pointee.iVersion = 2
        setReading(methods)
        setLocking(methods)
        return methods
    }()

    private static func setReading(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xClose = { file in
            guard let handle = SimulatedFileSystem.handle(file) else { return SQLITE_OK }
            handle.disk.close(handle)
            file?.withMemoryRebound(to: Place.self, capacity: 1) { place in
                place.pointee.handle?.release()
                place.pointee.handle = nil
            }
            return SQLITE_OK
        }
        methods.pointee.xRead = { file, buffer, count, offset in
            guard let handle = SimulatedFileSystem.handle(file), handle.works, let buffer else { return SQLITE_IOERR }
            let content = handle.file.content
            let (begin, count) = (Int(offset), Int(count))
            let there = max(0, min(count, content.count - begin))
            if there > 0 {
                content.withUnsafeBytes { buffer.copyMemory(from: $0.baseAddress! + begin, byteCount: there) }
            }
            if there == count { return SQLITE_OK }
            // SQLite wants the rest as zeros, and to be told of a short read.
            (buffer + there).initializeMemory(as: UInt8.self, repeating: 0, count: count - there)
            return SQLITE_IOERR | 2 << 8
        }
        methods.pointee.xWrite = { file, buffer, count, offset in
            guard let handle = SimulatedFileSystem.handle(file), handle.works, let buffer, handle.disk.spendWrite()
            else { return SQLITE_IOERR | 3 << 8 }
            guard handle.disk.hasRoom(handle.file, for: Int(offset) + Int(count)) else { return SQLITE_FULL }
            handle.file.write(UnsafeRawBufferPointer(start: buffer, count: Int(count)), at: Int(offset))
            return SQLITE_OK
        }
        methods.pointee.xTruncate = { file, length in
            guard let handle = SimulatedFileSystem.handle(file), handle.works, handle.disk.spendWrite() else {
                return SQLITE_IOERR | 6 << 8
            }
            handle.file.truncate(to: Int(length))
            return SQLITE_OK
        }
        methods.pointee.xSync = { file, _ in
            guard let handle = SimulatedFileSystem.handle(file), handle.works, handle.disk.sync(handle.file) else {
                return SQLITE_IOERR | 4 << 8
            }
            return SQLITE_OK
        }
        methods.pointee.xFileSize = { file, size in
            guard let handle = SimulatedFileSystem.handle(file), handle.works else { return SQLITE_IOERR }
            size?.pointee = sqlite3_int64(handle.file.content.count)
            return SQLITE_OK
        }
        methods.pointee.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.pointee.xSectorSize = { _ in 4096 }
        // Bytes beside those that are written stay whole, as on every disk of today (SQLite's own default).
        methods.pointee.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
    }

    private static func setLocking(_ methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        methods.pointee.xLock = { file, level in
            guard let handle = SimulatedFileSystem.handle(file), handle.works else { return SQLITE_IOERR }
            return handle.file.locks.raise(handle, to: level) ? SQLITE_OK : SQLITE_BUSY
        }
        methods.pointee.xUnlock = { file, level in
            if let handle = SimulatedFileSystem.handle(file), !handle.isDead {
                handle.file.locks.lower(handle, to: level)
            }
            return SQLITE_OK
        }
        methods.pointee.xCheckReservedLock = { file, result in
            guard let handle = SimulatedFileSystem.handle(file), handle.works else { return SQLITE_IOERR }
            result?.pointee = handle.file.locks.isReserved ? 1 : 0
            return SQLITE_OK
        }
        methods.pointee.xShmMap = { file, index, size, extending, region in
            guard let handle = SimulatedFileSystem.handle(file), handle.works else { return SQLITE_IOERR }
            region?.pointee = handle.shared.region(
                Int(index), sizeInBytes: Int(size), extending: extending != 0, for: handle)
            return SQLITE_OK
        }
        methods.pointee.xShmLock = { file, offset, count, flags in
            guard let handle = SimulatedFileSystem.handle(file) else { return SQLITE_IOERR }
            let range = offset..<offset + count
            let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
            if flags & SQLITE_SHM_UNLOCK != 0 {
                handle.shared.unlock(handle, range, exclusively: isExclusive)
                return SQLITE_OK
            }
            guard handle.works else { return SQLITE_IOERR }
            return handle.shared.lock(handle, range, exclusively: isExclusive) ? SQLITE_OK : SQLITE_BUSY
        }
        methods.pointee.xShmBarrier = { _ in }
        methods.pointee.xShmUnmap = { file, _ in
            if let handle = SimulatedFileSystem.handle(file) { handle.shared.release(handle, unmapping: true) }
            return SQLITE_OK
        }
    }
}
