import Glibc
import Kernel
import Synchronization
import Testing

@testable import Messaging

/// The path of a broker, looked after.
@Suite("The bus's path", .serialized)
struct IPCDoorTests {
    /// ZMQ_ROUTER; the tests do not import libzmq.
    private static let router: Int32 = 6

    @Test(
        "A path that was deleted, or replaced, is made anew, and all are back within seconds", arguments: [false, true])
    func deleted(isReplaced: Bool) throws {
        let world = try ZeroMQWorld()
        try world.add(.writer("archives"))
        let gateway = try world.add(.client()).connection
        #expect(try gateway.askAndWait(.command("before")).status == .done)
        let path = world.folder + "/bus.sock"
        #expect(unlink(path) == 0)
        if isReplaced { try ZeroMQWorld.write("", to: path) }
        // Who is new needs the path, who is connected comes back.
        try world.add(.client("gateway", 2), waits: false)
        #expect(
            ZeroMQWorld.eventually {
                world.members["gateway-2"]!.recorder.seen.withLock { $0.connections } > 0
            })
        #expect(world.reports.codes.withLock { $0 } == ["bus.path-made-anew"])
        #expect(try gateway.askAndWait(.command("after")).body.text == "archives-1:after")
    }

    @Test("A lock that another broker has taken meanwhile is not taken back: the path is lost, and told once")
    func lostLock() throws {
        let world = try ZeroMQWorld()
        unlink(world.folder + "/bus.sock.lock")
        let other = try FileLock(world.folder + "/bus.sock.lock")
        unlink(world.folder + "/bus.sock")
        #expect(ZeroMQWorld.eventually { world.reports.codes.withLock { $0 } == ["bus.path-lost"] })
        usleep(1_500_000)
        #expect(
            world.reports.codes.withLock { $0 } == ["bus.path-lost"] && access(world.folder + "/bus.sock", F_OK) != 0)
        withExtendedLifetime(other) {}
    }

    @Test("Without room the path is taken away: who is connected stays, who comes waits until there is room")
    func room() throws {
        var template = Array("/tmp/jieli-door-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for name in ["", ".lock", ".full"] { unlink("\(folder)/bus.sock\(name)") }
            rmdir(folder)
        }
        let context = try ZeroMQContext()
        let router = try ZeroMQSocket(context, Self.router)
        var door = try IPCDoor("ipc://\(folder)/bus.sock", router)
        #expect(door.lookAfter(router, hasRoom: true) == nil && access("\(folder)/bus.sock", F_OK) == 0)
        #expect(door.lookAfter(router, hasRoom: false) == .noRoom && access("\(folder)/bus.sock", F_OK) != 0)
        #expect(door.lookAfter(router, hasRoom: false) == nil)
        #expect(door.lookAfter(router, hasRoom: true) == .roomAgain && access("\(folder)/bus.sock", F_OK) == 0)
        #expect(door.lookAfter(router, hasRoom: true) == nil)
    }

    @Test("A quarter of the descriptors stays free, and a tenth of the rest is free again before the door opens")
    func hysteresis() {
        var room = ConnectionRoom(limit: 1000)
        #expect(
            [100, 749, 750, 700, 676, 675, 674, 749].map { room.look(lowestFree: $0) }
                == [true, true, false, false, false, false, true, true])
        #expect(FileDescriptors.lowestFree > 2 && FileDescriptors.lowestFree <= FileDescriptors.limit)
    }
}
