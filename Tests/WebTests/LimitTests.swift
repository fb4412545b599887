import Glibc
import Synchronization
import Testing
import Web

@Suite("Limits")
struct LimitTests {
    @Test("a declared length over the limit is refused before a byte of the body is read")
    func declaredTooLarge() throws {
        let server = try serve { _ in .text("handled") }
        for (type, limit) in [
            ("application/json", 4 << 20), ("application/x-www-form-urlencoded", 1 << 20),
            ("multipart/form-data; boundary=x", 66 << 20),
        ] {
            for length in ["\(limit + 1)", "1000000000", "99999999999999999"] {
                let client = try RawClient(port: server.boundPort)
                client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n"
                        + "Expect: 100-continue\r\n\r\n")
                let response = try client.response()
                #expect(response.status == 413)
                #expect(response.text.contains("web.body-too-large"))
                #expect(response.header("connection") == "close")
            }
        }
    }

    @Test("a browser that sends a gigabyte without asking sees the refusal, not a broken connection")
    func gigabyteDeclared() throws {
        let server = try serve { _ in .text("handled") }
        let answer = shell(
            "head -c 1000000000 /dev/zero | curl -s -H 'Expect:' -H 'Content-Type: multipart/form-data; boundary=x' "
                + "-H 'Content-Length: 1000000000' -H 'Transfer-Encoding:' -T - -X POST -w '%{http_code}' "
                + "http://127.0.0.1:\(server.boundPort)/")
        #expect(answer.contains("web.body-too-large"))
        #expect(answer.hasSuffix("413"))
    }

    @Test("a client that sends first and reads later still finds the refusal", arguments: [true, false])
    func refusalOutlivesTheBody(isDeclared: Bool) throws {
        var limits = WebLimits()
        limits.rawBodyLimitInBytes = 1000
        let server = try serve(limits: limits) { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        let length = isDeclared ? "Content-Length: 9000000" : "Transfer-Encoding: chunked"
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\(length)\r\n\r\n")
        let piece = [UInt8](repeating: 32, count: 100_000)
        // Where a reset discards what the client has not read yet (Windows), the refusal would be lost with it.
        var isWhole = true
        for _ in 0..<30 {
            if !isDeclared { isWhole = client.send("186A0\r\n") && isWhole }
            isWhole = client.send(piece) && isWhole
            if !isDeclared { isWhole = client.send("\r\n") && isWhole }
            usleep(10_000)
        }
        #expect(isWhole)
        #expect(try client.response().status == 413)
    }

    @Test("a gigabyte of unknown length is cut off at the limit, with the refusal, and memory stays flat")
    func gigabyteChunked() throws {
        let server = try serve { _ in .text("handled") }
        let before = residentKilobytes()
        let answer = shell(
            "head -c 1000000000 /dev/zero | curl -s -H 'Expect:' -F 'f=@-;filename=a' -H 'Transfer-Encoding: chunked' "
                + "-w '%{http_code}' http://127.0.0.1:\(server.boundPort)/")
        #expect(answer.contains("web.body-too-large"))
        #expect(answer.hasSuffix("413"))
        #expect(residentKilobytes() - before < 48 * 1024)
    }

    @Test("a form a little over the limit is refused in order")
    func slightlyTooLarge() throws {
        var limits = WebLimits()
        limits.formLimitInBytes = 100
        let server = try serve(limits: limits) { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nC8\r\n\(String(repeating: "a", count: 200))\r\n0\r\n\r\n")
        let response = try client.response()
        #expect(response.status == 413)
        #expect(response.text.contains("提交的内容超过 100 字节"))
    }

    @Test("text fields of a multipart form have the form's limit, its files the upload's")
    func multipartLimits() throws {
        var limits = WebLimits()
        limits.formLimitInBytes = 1000
        limits.uploadLimitInBytes = 5000
        let server = try serve(limits: limits) { request in .text("\(request.files.map(\.byteCount))") }
        func post(field: Int, file: Int) throws -> String {
            let client = try RawClient(port: server.boundPort)
            let disposition = "Content-Disposition: form-data; name=a"
            client.postMultipart(
                "--x\r\n\(disposition)\r\n\r\n\(String(repeating: "f", count: field))\r\n"
                    + "--x\r\n\(disposition); filename=b\r\n\r\n\(String(repeating: "g", count: file))\r\n--x--\r\n",
                boundary: "x")
            let response = try client.response()
            return response.status == 200 ? response.text : "\(response.status)"
        }
        #expect(try post(field: 900, file: 5000) == "[5000]")
        #expect(try post(field: 1001, file: 10) == "413")
        #expect(try post(field: 10, file: 5001) == "413")
    }

    @Test("too many fields or files are 413")
    func tooMany() throws {
        var limits = WebLimits()
        limits.fieldLimit = 3
        limits.fileLimit = 2
        let server = try serve(limits: limits) { _ in .text("handled") }
        func status(_ body: String) throws -> Int {
            let client = try RawClient(port: server.boundPort)
            client.postMultipart(body + "--x--\r\n", boundary: "x")
            return try client.response().status
        }
        let field = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
        let file = "--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n1\r\n"
        #expect(try status(field + field + field + file + file) == 200)
        #expect(try status(field + field + field + field) == 413)
        #expect(try status(file + file + file) == 413)
        let client = try RawClient(port: server.boundPort)
        client.request("GET /?a&b&c&d")
        #expect(try client.response().status == 413)
    }

    @Test("the application can refuse a body before it is sent")
    func admission() throws {
        let handled = Broadcast(0)
        let handler = ClosureHandler(
            answer: { _ in
                handled.publish(handled.current.value + 1)
                return .text("handled")
            },
            gate: { request in request.cookie("session") == nil ? .redirect(to: "/登录") : nil })
        let server = try WebServer(address: "127.0.0.1", port: 0, log: { _ in }, handler: handler)
        let client = try RawClient(port: server.boundPort)
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{")
        let response = try client.response()
        #expect(response.status == 303)
        #expect(response.header("location") == "/%E7%99%BB%E5%BD%95")
        client.close()
        #expect(handled.current.value == 0)
        let member = try RawClient(port: server.boundPort)
        member.send(
            "POST / HTTP/1.1\r\nHost: a\r\nCookie: session=1\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}")
        #expect(try member.response().text == "handled")
    }

    @Test("a head that trickles in byte by byte is cut off at the limit")
    func slowHead() throws {
        var limits = WebLimits()
        limits.headLimitInSeconds = 1
        let server = try serve(limits: limits) { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        let start = milliseconds()
        client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
        while client.send("a"), milliseconds() - start < 8000 { usleep(100_000) }
        let end = milliseconds() - start
        #expect(end > 900 && end < 8000)
        #expect(server.tally.slow == 1)
        let quick = try RawClient(port: server.boundPort)
        quick.request("GET /")
        #expect(try quick.response().text == "handled")
    }

    @Test("a connection on which nothing comes is closed at the limit of the head")
    func idle() throws {
        var limits = WebLimits()
        limits.headLimitInSeconds = 1
        let server = try serve(limits: limits) { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        #expect(client.isClosed())
        #expect(server.tally.running.values.allSatisfy { $0 == 0 })
    }

    @Test("a body that trickles in is refused at its limit")
    func slowBody() throws {
        var limits = WebLimits()
        limits.bodyLimitInSeconds = 1
        let server = try serve(limits: limits) { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nCookie: session=1\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n"
        )
        let start = milliseconds()
        while client.send("1"), milliseconds() - start < 2000 { usleep(100_000) }
        #expect(try client.response().status == 408)
    }
}

func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

private func residentKilobytes() -> Int {
    Int(shell("grep VmRSS /proc/\(getpid())/status | tr -dc 0-9")) ?? 0
}
