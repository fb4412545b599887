import Glibc
import Kernel
import Testing
import Web

/// What strangers do to keep others out.
@Suite("Attacks on the door", .serialized)
struct DoorTests {
    private static let session = "Cookie: session=1\r\n"

    /// Who is signed in, and the watchman, are answered at once, ten times over.
    private func expectService(_ server: WebServer, withinMilliseconds limit: Int = 1000) throws {
        for _ in 0..<10 {
            for (line, headers) in [("GET /page", Self.session), ("GET /watch", "")] {
                let start = milliseconds()
                let client = try RawClient(port: server.boundPort)
                client.request(line, headers: headers)
                #expect(try client.response().status == 200)
                #expect(milliseconds() - start < limit)
            }
        }
    }

    /// Opens so many connections that send `text` and no more.
    private func attack(_ server: WebServer, count: Int, _ text: String) throws -> [RawClient] {
        try (0..<count).map { _ in
            let client = try RawClient(port: server.boundPort)
            client.send(text)
            return client
        }
    }

    @Test(
        "half-sent requests keep nobody out, and take no thread",
        arguments: [
            "", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX: ",
            "POST /signin HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nuser=",
        ])
    func halfSent(text: String) throws {
        let server = try serve { _ in .text("handled") }
        let attackers = try attack(server, count: 300, text)
        #expect(eventually { server.tally.waiting <= WebLimits().waitingPerAddress })
        #expect(server.tally.running.values.allSatisfy { $0 == 0 })
        try expectService(server)
        // Also who shares the attacker's address and has not signed in yet.
        let newcomer = try RawClient(port: server.boundPort)
        newcomer.request("GET /signin")
        #expect(try newcomer.response().status == 200)
        #expect(attackers.count { $0.isClosed(atOnce: true) } > 200)
    }

    @Test("large bodies of strangers take their own few places and are cut at their limit")
    func slowBodies() throws {
        var limits = WebLimits()
        limits.strangerBodyLimitInSeconds = 1
        limits.strangerAnswerLimitInSeconds = 1
        let server = try serve(limits: limits) { _ in .text("handled") }
        let head =
            "POST /signin HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"
        let attackers = try attack(server, count: 100, head)
        #expect(eventually { server.tally.running["slow"] == limits.slowRequestsPerStranger })
        #expect(server.tally.running["stranger"] == 0)
        try expectService(server)
        let start = milliseconds()
        #expect(attackers.prefix(2).allSatisfy { $0.isClosed() })
        #expect(milliseconds() - start < 8000)
    }

    @Test("a stranger who does not take the answer is cut off")
    func slowReader() throws {
        var limits = WebLimits()
        limits.strangerBodyLimitInSeconds = 0
        limits.strangerAnswerLimitInSeconds = 1
        let server = try serve(limits: limits) { _ in .text(String(repeating: "很", count: 5_000_000)) }
        let clients = try attack(server, count: 20, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { (server.tally.running["stranger"] ?? 0) > 0 })
        #expect(
            eventually(withinMilliseconds: 15_000) {
                server.tally.running["stranger"] == 0 && server.tally.waiting == 0
            })
        _ = clients
    }

    @Test("open streams: the newest of an asker go on, the oldest is told to ask now and then")
    func streams() throws {
        let broadcast = Broadcast(0)
        let server = try serve { request in
            request.path == "/events" ? .events(broadcast.events { ServerSentEvent(data: "\($0)") }) : .text("handled")
        }
        let pages = try (0..<4).map { _ in
            let page = try RawClient(port: server.boundPort)
            page.request("GET /events", headers: Self.session)
            #expect(try page.responseHead().contains("200"))
            _ = try page.chunkText()
            return page
        }
        // Its first figure may or may not have gone out before it was overtaken.
        var last = ""
        while let chunk = try pages[0].chunk() { last = String(decoding: chunk, as: UTF8.self) }
        #expect(last == "event: overtaken\ndata: \n\n")
        _ = try pages[3].chunkText()
        broadcast.publish(7)
        #expect(try pages[3].chunkText().hasSuffix("data: 7\n\n"))
        #expect(eventually { server.tally.running["stream"] == 3 })
        try expectService(server)
    }

    @Test("streams in all have an end, pages go on")
    func allStreams() throws {
        var limits = WebLimits()
        limits.streams = 2
        let broadcast = Broadcast(0)
        let server = try serve(limits: limits) { request in
            request.path == "/events" ? .events(broadcast.events { ServerSentEvent(data: "\($0)") }) : .text("handled")
        }
        let pages = try (0..<3).map { number in
            let page = try RawClient(port: server.boundPort)
            page.request("GET /events", headers: "Cookie: session=\(number)\r\n")
            return page
        }
        let heads = try pages.map { try $0.responseHead() }
        #expect(heads.count { $0.contains(" 503 ") } == 1)
        try expectService(server)
    }

    @Test("more requests at once than an asker's share wait for their turn, and are told to come again when it is late")
    func turns() throws {
        var limits = WebLimits()
        limits.requestsPerStranger = 2
        limits.turnLimitInSeconds = 1
        let gate = Broadcast(false)
        let server = try serve(limits: limits) { request in
            if request.path == "/slow" { _ = gate.next(after: gate.current.version, timeoutInMilliseconds: 20_000) }
            return .text(request.path)
        }
        let slow = try attack(server, count: 2, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { server.tally.running["stranger"] == 2 })
        let third = try RawClient(port: server.boundPort)
        third.request("GET /third", headers: "Accept: application/json\r\n")
        let refused = try third.response()
        #expect(refused.status == 503)
        #expect(refused.header("retry-after") == "5")
        #expect(refused.text.contains("\"web.busy\""))
        try expectService(server)
        let fourth = try RawClient(port: server.boundPort)
        fourth.request("GET /fourth")
        gate.publish(true)
        #expect(try fourth.response().text == "/fourth")
        for client in slow { #expect(try client.response().text == "/slow") }
    }

    @Test("a thousand connections of another process, half open, slow and streaming, keep nobody out")
    func thousand() throws {
        let broadcast = Broadcast(0)
        let server = try serve { request in
            request.path == "/events" ? .events(broadcast.events { ServerSentEvent(data: "\($0)") }) : .text("handled")
        }
        let program = """
            import resource, socket, sys, time
            resource.setrlimit(resource.RLIMIT_NOFILE, (1500, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
            texts = [b"", b"GET / HTTP/1.1\\r\\nHost: a\\r\\nX: ", b"GET /events HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
                b"POST /signin HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 60000\\r\\n\\r\\na"]
            held = []
            for number in range(1000):
                held.append(socket.create_connection(("127.0.0.1", int(sys.argv[1]))))
                try: held[-1].send(texts[number % 4])
                except OSError: pass
            print("open", flush=True)
            for _ in range(80):
                for number, one in enumerate(held):
                    try: one.send(b"a" if number % 4 in (1, 3) else b"")
                    except OSError: pass
                time.sleep(0.05)
            """
        let attacker = popen("python3 -c '\(program)' \(server.boundPort)", "r")
        defer { pclose(attacker) }
        var line = [CChar](repeating: 0, count: 64)
        #expect(fgets(&line, 64, attacker) != nil, "the attacker has all its connections")
        for _ in 0..<5 { try expectService(server) }
        #expect(server.tally.running["stranger"] ?? 0 <= WebLimits().requestsPerStranger)
        #expect(server.tally.running["stream"] ?? 0 <= 2 * WebLimits().streamsPerAsker)
        #expect(server.tally.waiting <= WebLimits().waitingPerAddress + WebLimits().requestsPerStranger + 10)
    }

    @Test("whoever sends byte by byte is not looked at for each of them")
    func trickle() throws {
        let server = try serve { _ in .text("handled") }
        let clients = try attack(server, count: 50, "GET / HTTP/1.1\r\nHost: a\r\nX: ")
        let before = processorMilliseconds()
        for _ in 0..<40 {
            for client in clients { client.send("a") }
            usleep(50_000)
        }
        // 2,000 bytes in two seconds: a fraction of one processor, the sending counted in.
        #expect(processorMilliseconds() - before < 1500)
        try expectService(server)
    }
}

private func processorMilliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}
