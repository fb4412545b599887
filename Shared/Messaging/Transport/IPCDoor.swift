import CZeroMQ
import Glibc
import Kernel

/// The path under which peers of this machine find the broker. It is looked after: a path that was deleted or put in
/// the place of another is made anew, and it is taken away while there is no room for more connections, because libzmq
/// 4.3.4 ends the process when it accepts one and the system has no descriptor left (`ipc_listener.cpp`).
struct IPCDoor: ~Copyable {
    private struct File: Equatable {
        var device: UInt
        var number: UInt
    }

    enum State: Equatable { case open, full, lost }

    let address: String
    private let path: String
    private var file: File?
    private var lock: FileLock
    private var lockFile: File?
    private(set) var state = State.open

    /// Locks the path, since a second bind would take it over silently (zmq_ipc(7)), and binds it.
    init(_ address: String, _ router: borrowing ZeroMQSocket) throws(BusSetupError) {
        let path = String(address.dropFirst("ipc://".count))
        let taken: FileLock
        do { taken = try FileLock(path + ".lock") } catch { throw error == .held ? .addressInUse : .address }
        try router.bind(address)
        self.address = address
        self.path = path
        lock = taken
        lockFile = IPCDoor.file(path + ".lock")
        file = IPCDoor.file(path)
    }

    /// - Returns: what an operator should hear, once for each change.
    mutating func lookAfter(_ router: borrowing ZeroMQSocket, hasRoom: Bool) -> BusSetupError? {
        switch state {
        case .open:
            if !hasRoom { return shut() }
            return IPCDoor.file(path) == file && file != nil ? nil : makeAnew(router)
        case .full:
            guard hasRoom else { return nil }
            guard rename(aside, path) == 0 else { return makeAnew(router) }
            state = .open
            return .roomAgain
        case .lost: return makeAnew(router)
        }
    }

    private var aside: String { path + ".full" }

    /// Who is connected stays connected; who comes finds no path, and tries again.
    private mutating func shut() -> BusSetupError? {
        guard rename(path, aside) == 0 else { return nil }
        state = .full
        return .noRoom
    }

    /// Its peers are cut off with the old path, and come back by themselves.
    private mutating func makeAnew(_ router: borrowing ZeroMQSocket) -> BusSetupError? {
        let wasLost = state == .lost
        if lockFile == nil || IPCDoor.file(path + ".lock") != lockFile {
            // The lock's file is gone as well: another broker may have locked a new one.
            do { lock = try FileLock(path + ".lock") } catch {
                state = .lost
                return wasLost ? nil : .pathLost
            }
            lockFile = IPCDoor.file(path + ".lock")
        }
        zmq_unbind(router.pointer, address)
        guard zmq_bind(router.pointer, address) == 0 else {
            state = .lost
            return wasLost ? nil : .pathLost
        }
        file = IPCDoor.file(path)
        state = .open
        return .pathMadeAnew
    }

    private static func file(_ path: String) -> File? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return File(device: UInt(status.st_dev), number: UInt(status.st_ino))
    }
}

/// Whether a broker may take more connections: a quarter of the descriptors stays free, for those that come while it
/// looks, and for its own files.
struct ConnectionRoom {
    private let most: Int
    private var isFull = false

    init(limit: Int) { most = min(limit - limit / 4, ConnectionRoom.mostDescriptors) }

    /// More than any county has programs; each connection costs memory before it has proven a key.
    private static let mostDescriptors = 16_384

    /// Once full, a tenth has to be free again, so that the door does not open and shut all the time.
    mutating func look(lowestFree: Int) -> Bool {
        isFull = lowestFree >= (isFull ? most - most / 10 : most)
        return !isFull
    }
}

extension BusSetupError {
    static let pathMadeAnew = BusSetupError(
        code: "bus.path-made-anew", message: "总线套接字文件被删除或替换，已重新建立，各服务会自动重连；请查明是谁动了运行目录")
    static let pathLost = BusSetupError(
        code: "bus.path-lost", message: "总线套接字文件不见了，且无法重新建立，正在重试；请检查运行目录是否存在、可写，以及是否另有总线在运行")
    static let noRoom = BusSetupError(
        code: "bus.no-room", message: "连接已近上限，暂不接受新连接，已有连接不受影响；请查明是谁建立了这么多连接，或调高文件句柄上限")
    static let roomAgain = BusSetupError(code: "bus.room-again", message: "连接已有余量，恢复接受新连接")
}
