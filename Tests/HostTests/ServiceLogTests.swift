import FoundationEssentials
import Glibc
import Support
import Testing

@testable import Host

@Suite("Logs")
struct ServiceLogTests {
    @Test("A log that grows is put aside while its program runs, and goes on under its name")
    func rotation() throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let path = "\(folder)/gateway.log"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(descriptor) }
        func say(_ text: String) { _ = write(descriptor, text, text.utf8.count) }
        func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
        say("first\n")
        ServiceLog.rotate(descriptor, limitInBytes: 10)
        #expect(try content(path) == "first\n", "small enough")
        say("second\n")
        ServiceLog.rotate(descriptor, limitInBytes: 10)
        say("third\n")
        #expect(try content("\(path).1") == "first\nsecond\n")
        #expect(try content(path) == "third\n")
    }

    @Test("What is no file is left alone")
    func pipes() {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        ServiceLog.rotate(ends[1], limitInBytes: 0)
        #expect(write(ends[1], "a", 1) == 1)
        close(ends[0])
        close(ends[1])
    }
}
