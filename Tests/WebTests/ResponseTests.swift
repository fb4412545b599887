import Testing
import Web

@Suite("Responses")
struct ResponseTests {
    @Test("cookies are out of reach of scripts and other sites, and any value comes back")
    func cookies() {
        #expect(Cookie("s", "abc").headerValue(isSecure: false) == "s=abc; Path=/; HttpOnly; SameSite=Lax")
        var cookie = Cookie("s", "张;\r\n", maximumAgeInSeconds: 60)
        cookie.sameSite = .strict
        cookie.isHTTPOnly = false
        cookie.path = "/a;b"
        #expect(
            cookie.headerValue(isSecure: true)
                == "s=%E5%BC%A0%3B%0D%0A; Path=/a%3Bb; Max-Age=60; SameSite=Strict; Secure")
        #expect(Cookie.removing("s").headerValue(isSecure: false) == "s=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
        let request = WebRequest(
            path: "/", headers: [WebField("Cookie", "a=1;s=%E5%BC%A0%3B%0D%0A; ss=2; s=3; bad=%zz; q")])
        #expect(request.cookie("s") == "张;\r\n")
        #expect(request.cookie("ss") == "2")
        #expect(request.cookie("bad") == "%zz")
        #expect(request.cookie("q") == nil)
        #expect(request.cookie("S") == nil)
    }

    @Test("a redirect stays on this site, and carries no header with it")
    func redirects() {
        func location(_ target: String) -> String? { WebResponse.redirect(to: target).header("Location") }
        #expect(WebResponse.redirect(to: "/").status == 303)
        #expect(location("/人员/1?a=b&c=%20#d") == "/%E4%BA%BA%E5%91%98/1?a=b&c=%20#d")
        #expect(location("/a\r\nSet-Cookie: x") == "/a%0D%0ASet-Cookie:%20x")
        for other in [
            "https://example.org/", "//example.org", "/\\example.org", "\\\\example.org", "", "a", "javascript:1",
        ] {
            #expect(location(other) == "/")
        }
    }

    @Test("a download has its Chinese name, and a plain one for old programs")
    func downloads() {
        func disposition(_ name: String) -> String? {
            WebResponse.download([], fileName: name, type: "a/b").header("content-disposition")
        }
        #expect(
            disposition("花名册 2024.xlsx")
                == "attachment; filename=\"download.xlsx\"; filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C%202024.xlsx")
        #expect(disposition("a\"\r\nb") == "attachment; filename=\"download\"; filename*=UTF-8''a%22%0D%0Ab")
        #expect(
            disposition("档案.档") == "attachment; filename=\"download\"; filename*=UTF-8''%E6%A1%A3%E6%A1%88.%E6%A1%A3")
        let paper = WebResponse.inline([1], fileName: "a.pdf", type: "application/pdf")
        #expect(paper.header("Content-Disposition") == "inline; filename=\"download.pdf\"; filename*=UTF-8''a.pdf")
        #expect(paper.bytes == [1])
    }

    @Test("a download with a Chinese name arrives whole")
    func downloadBySocket() throws {
        let server = try serve { _ in .download([1, 2, 3], fileName: "花名册.xlsx", type: "application/x-sheet") }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /")
        let response = try client.response()
        #expect(response.body == [1, 2, 3])
        #expect(response.header("content-type") == "application/x-sheet")
        #expect(response.header("content-disposition")?.hasSuffix("%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx") == true)
    }

    @Test("a header set by the application wins, several cookies are sent, and a line break begins no header")
    func headers() throws {
        let server = try serve { _ in
            var response = WebResponse.text("")
            response.headers += [
                WebField("content-security-policy", "default-src 'none'"), WebField("X-Note", "a\r\nX-Evil: 1"),
            ]
            response.cookies = [Cookie("a", "1"), Cookie("b", "2")]
            return response
        }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /")
        let response = try client.response()
        #expect(response.headers["content-security-policy"] == ["default-src 'none'"])
        #expect(response.header("x-note") == "aX-Evil: 1")
        #expect(response.header("x-evil") == nil)
        #expect(response.headers["set-cookie"]?.map { $0.prefix(3) } == ["a=1", "b=2"])
    }

    @Test("a refusal is a page for people and JSON for programs")
    func refusals() {
        let problem = WebProblem(status: 409, code: "a.b", message: "请“先”\n<查> \"\\\u{1}")
        let page = problem.response(to: WebRequest(path: "/"))
        #expect(page.status == 409)
        #expect(String(decoding: page.bytes ?? [], as: UTF8.self).contains("请“先”\n&lt;查&gt;"))
        for header in [WebField("Accept", "application/json"), WebField("Content-Type", "application/json")] {
            let answer = problem.response(to: WebRequest(path: "/", headers: [header]))
            #expect(answer.header("content-type") == "application/json")
            let expected = "{\"code\":\"a.b\",\"message\":\"请“先”\\n<查> \\\"\\\\ \"}"
            #expect(String(decoding: answer.bytes ?? [], as: UTF8.self) == expected)
        }
        let refused = WebProblem.methodNotAllowed([.get, .post]).response(to: WebRequest(path: "/"))
        #expect(refused.header("allow") == "GET, POST")
    }

    @Test("a status that is none becomes 500")
    func wrongStatus() throws {
        let server = try serve { _ in WebResponse(status: 7) }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /")
        #expect(try client.response().status == 500)
    }
}

@Suite("Files beside the pages")
struct AssetTests {
    private let assets: StaticFiles = {
        var assets = StaticFiles()
        assets.register("/assets/page.css", type: "text/css", bytes: Array("p{}".utf8))
        assets.register("/assets/page.js", type: "text/javascript", bytes: Array("1".utf8))
        return assets
    }()

    private func ask(
        _ path: String, version: String? = nil, known: String? = nil, method: WebMethod = .get
    ) -> WebResponse? {
        assets.response(
            to: WebRequest(
                method: method, path: path, query: version.map { [WebField("v", $0)] } ?? [],
                headers: known.map { [WebField("If-None-Match", $0)] } ?? []))
    }

    @Test("an address that carries the version is kept for good, another is asked for again")
    func caching() throws {
        let address = assets.address("/assets/page.css")
        let version = String(try #require(address.split(separator: "=").last))
        #expect(address == "/assets/page.css?v=\(version)")
        #expect(version.utf8.count == 16)
        let kept = ask("/assets/page.css", version: version)
        #expect(kept?.header("cache-control") == "public, max-age=31536000, immutable")
        #expect(kept?.header("etag") == "\"\(version)\"")
        #expect(kept?.header("content-type") == "text/css")
        #expect(kept?.bytes == Array("p{}".utf8))
        #expect(ask("/assets/page.css")?.header("cache-control") == "no-cache")
        #expect(ask("/assets/page.css", version: "0")?.header("cache-control") == "no-cache")
        #expect(assets.address("/assets/page.js") != "/assets/page.js?v=\(version)")
        #expect(assets.address("/other") == "/other")
        #expect(assets.paths == ["/assets/page.css", "/assets/page.js"])
    }

    @Test("what the browser has is not sent again")
    func notModified() throws {
        let tag = try #require(ask("/assets/page.css")?.header("etag"))
        for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let answer = ask("/assets/page.css", known: known)
            #expect(answer?.status == 304)
            #expect(answer?.bytes == [])
            #expect(answer?.header("etag") == tag)
        }
        #expect(ask("/assets/page.css", known: "\"x\"")?.status == 200)
        let assets = assets
        let server = try serve { request in assets.response(to: request) ?? .text("page") }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /assets/page.css", headers: "If-None-Match: \(tag)\r\n")
        let response = try client.response()
        #expect(response.status == 304)
        #expect(response.header("cache-control") == "no-cache")
        #expect(client.isClosed())
    }

    @Test("other paths and methods are not for assets")
    func others() {
        #expect(ask("/assets/page") == nil)
        #expect(ask("/assets/page.css", method: .post) == nil)
        #expect(ask("/assets/page.css", method: .head)?.status == 200)
    }
}
