import Contracts
import Domain
import Host
import Sealing
import Support
import Web

@testable import Gateway

/// One signed-in account that opens pages and sends their forms, through everything but the socket.
struct Browser {
    let web: GatewayWeb
    private let cookie: String

    /// A browser without an account.
    init(_ web: GatewayWeb) {
        self.web = web
        cookie = ""
    }

    init(_ web: GatewayWeb, as officer: Officer, in county: RunningCounty) throws {
        let user = "\(officer.user)-\(officer.role.rawValue)".prefix(32)
        try county.order(
            RecordAccount(
                user: String(user), displayName: officer.role.chinese, role: officer.role, area: officer.area,
                password: "correct horse", replaces: true), of: .accounts, as: .operations)
        self = try Browser(web, user: String(user), password: "correct horse")
    }

    init(_ web: GatewayWeb, user: String, password: String) throws {
        self.web = web
        let response = web.respond(
            to: WebRequest(
                method: .post, path: "/signin", fields: [WebField("user", user), WebField("password", password)]))
        guard let cookie = response.cookies.first else { throw BrowserError(reason: "no cookie: \(response.status)") }
        self.cookie = "\(cookie.name)=\(cookie.value)"
    }

    func open(_ address: String) -> WebResponse {
        let (path, query) = Self.parts(address)
        return web.respond(to: WebRequest(path: path, query: query, headers: [WebField("Cookie", cookie)]))
    }

    func text(_ address: String) -> String { Self.text(open(address)) }

    /// Opens the page for its token, and sends the form.
    @discardableResult
    func send(_ path: String, _ fields: [(String, String)], files: [UploadedFile] = []) throws -> WebResponse {
        let page = text(path)
        guard let token = Self.token(page) else {
            throw BrowserError(reason: "no form on \(path): \(page.suffix(400))")
        }
        return post(path, [("token", token)] + fields, files: files)
    }

    /// The token of a page's first form.
    static func token(_ page: String) -> String? {
        page.firstRange(of: "name=\"token\" value=\"").map { String(page[$0.upperBound...].prefix { $0 != "\"" }) }
    }

    func post(_ address: String, _ fields: [(String, String)], files: [UploadedFile] = []) -> WebResponse {
        let (path, query) = Self.parts(address)
        return web.respond(
            to: WebRequest(
                method: .post, path: path, query: query, headers: [WebField("Cookie", cookie)],
                fields: fields.map { WebField($0.0, $0.1) }, files: files))
    }

    static func text(_ response: WebResponse) -> String { String(decoding: response.bytes ?? [], as: UTF8.self) }

    private static func parts(_ address: String) -> (path: String, query: [WebField]) {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        return (parts[0], parts.count == 2 ? fields(parts[1]) : [])
    }

    private static func fields(_ query: String) -> [WebField] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return WebField(parts[0], parts.count == 2 ? parts[1] : "")
        }
    }
}

struct BrowserError: Error {
    let reason: String
}
