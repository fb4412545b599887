import Glibc
import Support
import Testing

/// What befalls a bus from outside, with real processes.
@Suite("A bus in trouble", .serialized)
struct BusSystemTests {
    /// Connects to a socket as often as it can, up to `count` times, and says nothing.
    private func crowd(_ path: String, _ count: Int) -> [Int32] {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        var open: [Int32] = []
        for _ in 0..<count {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            if result == 0 { open.append(descriptor) } else { close(descriptor) }
            usleep(500)
        }
        return open
    }

    @Test("More connections than the bus has descriptors for do not end it; when they are gone, all goes on")
    func descriptors() async throws {
        let county = try RunningCounty()
        // libzmq ends the process when it has none left for a connection to a path.
        let words =
            "ulimit -n 256; exec '\(County.jieli)' up --detach --empty --port \(county.port) --data '\(county.data)'"
        let up = try await Program.runAside("bash", ["-c", words])
        try #require(up.status == 0, "up: \(up.errors)\(up.output)")
        await county.whileCleaningUp {
            let bus = try await county.status().instance("bus-1")?.processIdentifier
            let crowd = crowd("\(county.data)/run/bus.sock", 400)
            #expect(crowd.count > 100)
            try await county.wait { _ in
                (try? FileBytes.read("\(county.data)/log/bus-1.log")).map {
                    String(decoding: $0, as: UTF8.self).contains("bus.no-room")
                } ?? false
            }
            for descriptor in crowd { close(descriptor) }
            let log = String(decoding: try FileBytes.read("\(county.data)/log/bus-1.log"), as: UTF8.self)
            #expect(log.contains("bus.no-room"), "\(log)")
            try await county.wait { status in status.instances.dropFirst(2).allSatisfy { $0.role == "writer" } }
            let rosters = try await county.jieli("rosters")
            #expect(rosters.status == 0, "\(rosters.errors)")
            let after = try await county.status().instance("bus-1")
            #expect(after?.processIdentifier == bus && after?.restarts == 0)
        }
    }

    @Test("A deleted socket file of the bus is back within seconds, and commands that are new find it")
    func deleted() async throws {
        try await RunningCounty.with { county in
            let path = "\(county.data)/run/bus.sock"
            #expect(unlink(path) == 0)
            try await county.wait { _ in access(path, F_OK) == 0 }
            #expect(access(path, F_OK) == 0)
            let rosters = try await county.jieli("rosters")
            #expect(rosters.status == 0, "\(rosters.errors)")
            let status = try await county.status()
            #expect(status.instances.allSatisfy { $0.restarts == 0 })
        }
    }
}
