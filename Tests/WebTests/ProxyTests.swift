import Testing
import Web

@Suite("Behind a proxy")
struct ProxyTests {
    private func address(_ trust: ProxyTrust, _ headers: String) throws -> String {
        let server = try serve(trust: trust) { .text("\($0.remoteAddress) \($0.isForwarded) \($0.isSecure)") }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /", headers: headers)
        return try client.response().text
    }

    @Test("the client's address is believed of a trusted proxy only, and of its part of the list only")
    func forwardedFor() throws {
        let proxy = ProxyTrust(proxies: [
            try #require(AddressRange("127.0.0.0/8")), try #require(AddressRange("10.9.0.1")),
        ])
        #expect(try address(ProxyTrust(), "X-Forwarded-For: 10.1.2.3\r\n") == "127.0.0.1 true false")
        #expect(try address(proxy, "") == "127.0.0.1 false false")
        #expect(try address(proxy, "X-Forwarded-For: 10.1.2.3\r\n") == "10.1.2.3 true false")
        #expect(try address(proxy, "X-Forwarded-For: 1.1.1.1, 10.1.2.3\r\n") == "10.1.2.3 true false")
        #expect(
            try address(proxy, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 10.1.2.3,10.9.0.1\r\n")
                == "10.1.2.3 true false")
        #expect(try address(proxy, "X-Forwarded-For: nonsense\r\n") == "127.0.0.1 true false")
        #expect(try address(proxy, "X-Forwarded-For: 2001:db8::7\r\n") == "2001:db8::7 true false")
        #expect(try address(ProxyTrust(proxies: proxy.proxies, isSecure: true), "").hasSuffix("true"))
    }

    @Test("a trusted proxy's many clients are told apart by limits")
    func limitsByClient() throws {
        var limits = WebLimits()
        limits.requestsPerStranger = 1
        limits.waitingPerAddress = 1
        limits.turnLimitInSeconds = 1
        let gate = Broadcast(false)
        let trust = ProxyTrust(proxies: [try #require(AddressRange("127.0.0.1"))])
        let server = try serve(limits: limits, trust: trust) { request in
            if request.path == "/slow" { _ = gate.next(after: gate.current.version, timeoutInMilliseconds: 20_000) }
            return .text("handled")
        }
        func ask(_ path: String, from address: String) throws -> RawClient {
            let client = try RawClient(port: server.boundPort)
            client.request("GET \(path)", headers: "X-Forwarded-For: \(address)\r\n")
            return client
        }
        let slow = try ask("/slow", from: "10.0.0.1")
        #expect(eventually { server.tally.running["stranger"] == 1 })
        #expect(try ask("/", from: "10.0.0.2").response().status == 200)
        #expect(try ask("/", from: "10.0.0.1").response().status == 503)
        gate.publish(true)
        #expect(try slow.response().status == 200)
    }

    @Test("ranges")
    func ranges() throws {
        let ten = try #require(AddressRange("10.0.0.0/8"))
        #expect(ten.contains("10.255.0.1") && !ten.contains("11.0.0.1") && !ten.contains("::1") && !ten.contains("x"))
        let local = try #require(AddressRange("fd00::/8"))
        #expect(local.contains("fd12::1") && !local.contains("fe80::1"))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains("203.0.113.9"))
        for text in ["", "10.0.0.0/33", "10.0.0", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "proxy"] {
            #expect(AddressRange(text) == nil, "\(text)")
        }
    }
}
