import FoundationEssentials
import Glibc
import Kernel
import Testing

@Suite("A file's lock")
struct FileLockTests {
    private let path = FileManager.default.temporaryDirectory.path() + "jieli-lock-\(UUID().uuidString)"

    @Test("has one holder, and the next when that one is gone")
    func oneHolder() throws {
        defer { unlink(path) }
        var first: FileLock? = try FileLock(path)
        #expect(throws: FileLock.Refusal.held) { _ = try FileLock(path) }
        #expect(first != nil)
        first = nil
        _ = try FileLock(path)
    }

    @Test("is not kept by a program being started, which shares the open file between its fork and its exec")
    func sharedWithChild() throws {
        defer { unlink(path) }
        var first: FileLock? = try FileLock(path)
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        let own = descriptors.filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
        }
        let shared = dup(try #require(own.first))
        defer { close(shared) }
        #expect(first != nil)
        first = nil
        _ = try FileLock(path)
    }

    @Test("on a folder has one holder, and does not care what is deleted in it")
    func folder() throws {
        mkdir(path, 0o700)
        defer { rmdir(path) }
        let first = try FileLock(folder: path)
        #expect(throws: FileLock.Refusal.held) { _ = try FileLock(folder: path) }
        withExtendedLifetime(first) {}
        #expect(throws: FileLock.Refusal.system(ENOENT)) { _ = try FileLock(folder: path + "-nowhere") }
    }

    @Test("says with which number of errno the file could not be made")
    func missingFolder() {
        #expect(throws: FileLock.Refusal.system(ENOENT)) { _ = try FileLock(path + "/nowhere") }
    }
}
