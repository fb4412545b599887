import Glibc
import Kernel
import Testing
import Web

@Suite("Starting and stopping")
struct LifecycleTests {
    private func failure(
        address: String = "127.0.0.1", port: UInt16 = 0
    ) -> WebError? {
        do throws(WebError) {
            _ = try WebServer(
                address: address, port: port, log: { _ in }, handler: ClosureHandler { _ in .text("") })
            return nil
        } catch {
            return error
        }
    }

    @Test("a busy port is named, with what to do")
    func portBusy() throws {
        let server = try serve { _ in .text("handled") }
        let error = failure(port: server.boundPort)
        #expect(error?.code == "web.port-busy")
        #expect(error?.message.contains("\(server.boundPort)") == true)
        #expect(error?.message.contains("改用其他端口") == true)
        let client = try RawClient(port: server.boundPort)
        client.request("GET /")
        #expect(try client.response().text == "handled")
    }

    @Test("wrong addresses have their codes")
    func wrongSettings() throws {
        #expect(failure(address: "localhost")?.code == "web.address-invalid")
        #expect(failure(address: "203.0.113.7")?.code == "web.address-unusable")
    }

    @Test(
        "a port below 1024 needs rights", .enabled(if: shell("cat /proc/sys/net/ipv4/ip_unprivileged_port_start") > ""))
    func forbiddenPort() throws {
        // Only a process without rights can see this; run as root, the port opens.
        let error = failure(port: 81)
        #expect(geteuid() == 0 ? error == nil : error?.code == "web.port-forbidden")
    }

    @Test("listens on both IP versions and writes an IPv4 client's address as such")
    func bothVersions() throws {
        let server = try WebServer(
            address: "::", port: 0, log: { _ in }, handler: ClosureHandler { .text($0.remoteAddress) })
        #expect(shell("curl -s http://127.0.0.1:\(server.boundPort)/") == "127.0.0.1")
        if shell("cat /proc/net/if_inet6").contains("00000000000000000000000000000001") {
            #expect(shell("curl -s 'http://[::1]:\(server.boundPort)/'") == "::1")
        }
    }

    @Test("stop lets a running request finish, turns new clients away and frees the port")
    func stopDrains() throws {
        let entered = Broadcast(false)
        let gate = Broadcast(false)
        let server = try serve { request in
            if request.path == "/slow" {
                entered.publish(true)
                _ = gate.next(after: gate.current.version, timeoutInMilliseconds: 5000)
            }
            return .text("finished")
        }
        let port = server.boundPort
        let idle = try RawClient(port: port)
        let slow = try RawClient(port: port)
        slow.request("GET /slow")
        #expect(eventually { entered.current.value })
        let result = Broadcast<Bool?>(nil)
        let thread = try #require(OwnThread(name: "stop") { result.publish(server.stop()) })
        #expect(eventually { (try? RawClient(port: port)) == nil })
        #expect(result.current.value == nil)
        gate.publish(true)
        let response = try slow.response()
        #expect(response.text == "finished")
        #expect(response.header("connection") == "close")
        thread.join()
        #expect(result.current.value == true)
        #expect(idle.isClosed())
        let next = try WebServer(
            address: "127.0.0.1", port: port, log: { _ in }, handler: ClosureHandler { _ in .text("next") })
        #expect(next.boundPort == port)
        #expect(server.stop())
    }

    @Test("stop ends streams")
    func stopEndsStreams() throws {
        let broadcast = Broadcast(0)
        let server = try serve { _ in .events(broadcast.events { ServerSentEvent(data: "\($0)") }) }
        let page = try RawClient(port: server.boundPort)
        page.request("GET /")
        _ = try page.responseHead()
        _ = try page.chunk()
        _ = try page.chunk()
        #expect(server.stop(), "not even the limit for draining is needed")
        #expect(try page.chunk() == nil)
        #expect(page.isClosed())
    }

    @Test("stop does not wait for ever for a request that takes too long, and says so")
    func stopGivesUp() throws {
        var limits = WebLimits()
        limits.drainLimitInSeconds = 0
        let gate = Broadcast(false)
        let begun = Monitor(false)
        let server = try serve(limits: limits) { _ in
            begun.update { $0 = true }
            _ = gate.next(after: gate.current.version, timeoutInMilliseconds: 2000)
            return .text("late")
        }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /")
        #expect(begun.wait(forMilliseconds: 10_000) { $0 ? true : nil } == true)
        #expect(!server.stop())
        #expect((try? client.response()) == nil)
    }

    @Test("requests that their clients gave up are not waited for")
    func abandonedRequests() throws {
        let server = try serve { _ in .text("handled") }
        for _ in 0..<10 {
            let client = try RawClient(port: server.boundPort)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\n")
            client.send(
                "Content-Length: 1000\r\n\r\n--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n1")
            usleep(20_000)
            client.close()
        }
        #expect(server.stop())
    }

    @Test("a server that is let go of stops")
    func releasing() throws {
        var server: WebServer? = try serve { _ in .text("") }
        let port = try #require(server?.boundPort)
        _ = try RawClient(port: port)
        server = nil
        #expect((try? RawClient(port: port)) == nil)
    }
}
