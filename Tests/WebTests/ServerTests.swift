import Testing
import Web

@Suite("Server")
struct ServerTests {
    @Test("answers GET with the body, its length and the security headers")
    func get() throws {
        let server = try serve { request in .html("<p>\(request.path) \(request.query("q"))</p>") }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /%E4%BA%BA%E5%91%98?q=%E5%BC%A0+%E4%B8%89")
        let response = try client.response()
        #expect(response.status == 200)
        #expect(response.text == "<p>/人员 张 三</p>")
        #expect(response.header("content-type") == "text/html; charset=utf-8")
        #expect(
            response.header("content-security-policy")
                == "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
        #expect(response.header("x-content-type-options") == "nosniff")
        #expect(response.header("referrer-policy") == "no-referrer")
        #expect(response.header("cache-control") == "no-store")
    }

    @Test("HEAD has the headers of GET and no body")
    func head() throws {
        let server = try serve { _ in .text("六个字的内容") }
        let client = try RawClient(port: server.boundPort)
        client.request("HEAD /")
        let response = try client.response(toHead: true)
        #expect(response.status == 200)
        #expect(response.header("content-length") == "18")
        #expect(client.isClosed())
    }

    @Test("one connection is one request: what stands behind it is nobody's")
    func oneRequest() throws {
        let paths = Broadcast<[String]>([])
        let server = try serve { request in
            paths.publish(paths.current.value + [request.path])
            return .text("\(request.path)\(request.field("a") ?? "")")
        }
        let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n"
        for first in ["GET /1 HTTP/1.1\r\nHost: a\r\n\r\n", "POST /1 HTTP/1.1\r\nHost: a\r\n\(form)\r\na=x"] {
            let client = try RawClient(port: server.boundPort)
            client.send(first + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.response()
            #expect(response.text.hasPrefix("/1"))
            #expect(response.header("connection") == "close")
            #expect(client.isClosed())
        }
        #expect(paths.current.value == ["/1", "/1"])
    }

    @Test("gives the handler headers in any case, cookies, address and a raw body")
    func requestParts() throws {
        let server = try serve { request in
            .text(
                [
                    request.header("X-One") ?? "", request.cookie("session") ?? "", request.cookie("other") ?? "-",
                    request.remoteAddress, request.mediaType, String(decoding: request.json ?? [], as: UTF8.self),
                ].joined(separator: "|"))
        }
        let client = try RawClient(port: server.boundPort)
        let headers =
            "x-ONE: 1\r\nCookie: a=b; session=%E5%BC%A0; c=d\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
        client.send("PUT / HTTP/1.1\r\nHost: a\r\n\(headers)Content-Length: 2\r\n\r\n{}")
        #expect(try client.response().text == "1|张|-|127.0.0.1|application/json|{}")
    }

    @Test("a text/plain body is no JSON: another site's form can send it")
    func plainTextIsNoJSON() throws {
        let server = try serve { request in .text("\(request.json == nil) \(request.body.count)") }
        let client = try RawClient(port: server.boundPort)
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
        #expect(try client.response().text == "true 2")
    }

    @Test("reads a chunked body")
    func chunkedBody() throws {
        let server = try serve { request in .text(String(decoding: request.body, as: UTF8.self)) }
        let client = try RawClient(port: server.boundPort)
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n")
        #expect(try client.response().text == "[1,2]")
    }

    @Test(
        "refuses broken addresses with 400 and its code",
        arguments: [
            "/%zz", "/%", "/%4", "/%ff", "/a/../b", "/..", "/%2e%2e/etc", "/./a", "/a%2fb", "/a%5cb", "/a%00b",
            "/a%0ab",
            "/?a=%zz", "/?%ff=1", "a", "*",
        ])
    func brokenAddress(target: String) throws {
        let server = try serve { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        client.request("GET \(target)", headers: "Accept: application/json\r\n")
        let response = try client.response()
        #expect(response.status == 400)
        let code = target.hasPrefix("/?") ? "web.text-malformed" : "web.address-malformed"
        #expect(response.text.hasPrefix("{\"code\":\"\(code)\",\"message\":\""))
    }

    @Test("understands a target in absolute form")
    func absoluteTarget() throws {
        let server = try serve { request in .text(request.path) }
        let client = try RawClient(port: server.boundPort)
        client.request("GET http://localhost/a?b=c")
        #expect(try client.response().text == "/a")
        let root = try RawClient(port: server.boundPort)
        root.request("GET http://localhost")
        #expect(try root.response().text == "/")
    }

    @Test("an unknown method is answered with 405, a page and what there is", arguments: ["BREW", "TRACE"])
    func unknownMethod(method: String) throws {
        let server = try serve { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        client.request("\(method) /")
        let response = try client.response()
        #expect(response.status == 405)
        #expect(response.header("allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        #expect(response.text.contains("web.method-unknown"))
        #expect(response.header("content-type") == "text/html; charset=utf-8")
    }

    @Test(
        "refuses what two programs could read as two different requests, and closes",
        arguments: [
            "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n",
            "Transfer-Encoding: gzip\r\n", "Content-Length: +3\r\n", "Content-Length: -1\r\n",
            "Content-Length: 3\r\nContent-Length: 3\r\n", "Content-Length: 3, 3\r\n", "Content-Length : 3\r\n",
            "Content-Length\t: 3\r\n", "X: a\r\n Transfer-Encoding: chunked\r\n", "Transfer-Encoding:\r\n chunked\r\n",
            "Content-Length: 3\n", "X: a\nContent-Length: 3\r\n", "X: a\rContent-Length: 3\r\n", "Host: b\r\n",
            "X: a\u{0}b\r\n", ": 3\r\n", "Content-Length\r\n", "Transfer-Encoding: chunked, chunked\r\n",
        ])
    func ambiguousFraming(headers: String) throws {
        let server = try serve { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        client.send("POST / HTTP/1.1\r\nHost: a\r\n\(headers)\r\nabc")
        #expect(try client.response().status == 400)
        #expect(client.isClosed())
    }

    @Test("refuses a request without Host, a line without meaning and a head that is too long")
    func brokenHeads() throws {
        let server = try serve { _ in .text("handled") }
        for head in ["GET / HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"] {
            let client = try RawClient(port: server.boundPort)
            client.send(head)
            #expect(try client.response().status == 400)
            #expect(client.isClosed())
        }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /", headers: "X: \(String(repeating: "a", count: 40_000))\r\n")
        #expect(try client.response().status == 431)
        #expect(client.isClosed())
        let after = try RawClient(port: server.boundPort)
        after.request("GET /")
        #expect(try after.response().text == "handled")
    }

    @Test("serves a hundred clients at once")
    func manyClients() throws {
        var limits = WebLimits()
        limits.waitingPerAddress = 200
        let server = try serve(limits: limits) { request in .text(request.path) }
        for round in 0..<3 {
            let clients = try (0..<100).map { _ in try RawClient(port: server.boundPort) }
            for (number, client) in clients.enumerated() { client.request("GET /\(round)/\(number)") }
            for (number, client) in clients.enumerated() {
                #expect(try client.response().text == "/\(round)/\(number)")
            }
        }
    }

    @Test("a handler that blocks holds up only its own client")
    func blockingHandler() throws {
        let gate = Broadcast(false)
        let server = try serve { request in
            if request.path == "/slow" {
                while case .unchanged = gate.next(after: gate.current.version, timeoutInMilliseconds: 100) {
                    if gate.current.value { break }
                }
            }
            return .text(request.path)
        }
        let slow = try RawClient(port: server.boundPort)
        slow.request("GET /slow")
        let fast = try RawClient(port: server.boundPort)
        fast.request("GET /fast")
        #expect(try fast.response().text == "/fast")
        gate.publish(true)
        #expect(try slow.response().text == "/slow")
    }

    @Test("a file is sent from the disk; one that is gone is 500, not silence")
    func fileBody() throws {
        try withTemporaryFolder { folder in
            _ = shell("head -c 300000 /dev/urandom > \(folder)/f; cp \(folder)/f \(folder)/kept")
            let server = try serve { request in
                .download(path: "\(folder)\(request.path)", fileName: "花名册.bin", type: "application/octet-stream")
            }
            let address = "http://127.0.0.1:\(server.boundPort)"
            #expect(shell("curl -s \(address)/f | cmp - \(folder)/kept && echo same") == "same\n")
            let client = try RawClient(port: server.boundPort)
            client.request("GET /gone")
            let response = try client.response()
            #expect(response.status == 500)
            #expect(response.text.contains("web.server-failed"))
        }
    }
}
