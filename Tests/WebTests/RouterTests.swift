import Testing
import Web

@Suite("Router")
struct RouterTests {
    private func router() throws -> Router<String> {
        try Router([
            Route(.get, "/", "home"), Route(.get, "/人员", "list"), Route(.post, "/人员", "add"),
            Route(.get, "/人员/:id", "show"), Route(.get, "/人员/新增", "form"), Route(.head, "/health", "beat"),
            Route(.delete, "/人员/:id/卡片/:card", "remove"), Route(.get, "/health", "health"),
        ])
    }

    private func found(_ method: WebMethod, _ path: String) throws -> String {
        switch try router().match(WebRequest(method: method, path: path)) {
        case .found(let route, let request):
            let parameters = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return ([route.action] + parameters).joined(separator: " ")
        case .refused(let problem):
            return (["\(problem.status)"] + problem.headers.map(\.value)).joined(separator: " ")
        }
    }

    @Test("finds routes, plain parts before named ones")
    func finding() throws {
        #expect(try found(.get, "/") == "home")
        #expect(try found(.get, "/人员") == "list")
        #expect(try found(.post, "/人员") == "add")
        #expect(try found(.get, "/人员/42") == "show id=42")
        #expect(try found(.get, "/人员/新增") == "form")
        #expect(try found(.delete, "/人员/42/卡片/7") == "remove card=7 id=42")
    }

    @Test("HEAD falls to GET unless it has its own route")
    func head() throws {
        #expect(try found(.head, "/人员/42") == "show id=42")
        #expect(try found(.head, "/health") == "beat")
    }

    @Test("404 for unknown paths, 405 with the methods for others")
    func refusals() throws {
        for path in ["/other", "/人员/", "//", "/人员/42/", "/人员//卡片/7", "/人员/42/卡片"] {
            #expect(try found(.get, path) == "404")
        }
        #expect(try found(.put, "/人员") == "405 GET, HEAD, POST")
        #expect(try found(.get, "/人员/42/卡片/7") == "405 DELETE")
        #expect(try found(.head, "/人员/42/卡片/7") == "405 DELETE")
    }

    @Test("the table can be listed as it was given")
    func listing() throws {
        #expect(try router().routes.map(\.pattern).prefix(3) == ["/", "/人员", "/人员"])
        #expect(try router().routes.count == 8)
    }

    @Test("routes that would answer the same requests, or are no paths, are refused")
    func wrongTables() {
        func code(_ routes: [Route<Int>]) -> String? {
            do throws(WebError) {
                _ = try Router(routes)
                return nil
            } catch { return error.code }
        }
        #expect(code([Route(.get, "/a/:x", 1), Route(.get, "/a/:y", 2)]) == "web.route-twice")
        #expect(code([Route(.get, "/a", 1), Route(.get, "/a", 2)]) == "web.route-twice")
        #expect(code([Route(.get, "/a", 1), Route(.post, "/a", 2)]) == nil)
        for pattern in ["a", "", "/:", "/:a/:a"] { #expect(code([Route(.get, pattern, 1)]) == "web.route-malformed") }
    }
}
