import Glibc

/// Somebody at a browser: one socket for each request, a cookie, and forms sent with the token of their page.
public final class Clerk {
    public struct Answer {
        public var status: Int
        public var location: String?
        public var body: [UInt8]
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let port: Int
    private var cookie: String?

    public init(port: Int) { self.port = port }

    public func signIn(_ user: String, _ password: String) throws {
        let answer = try request("POST", "/signin", [("user", user), ("password", password), ("next", "")])
        guard answer.status == 303, cookie != nil else { throw CountyError(text: "sign-in: \(answer.status)") }
    }

    public func get(_ address: String) throws -> Answer { try request("GET", address, nil) }

    /// Opens a page for its token and sends its form.
    public func send(_ address: String, _ fields: [(String, String)]) throws -> Answer {
        let page = try get(address).text
        guard let mark = page.firstRange(of: "name=\"token\" value=\"") else {
            throw CountyError(text: "no form on \(address): \(page.prefix(600))")
        }
        let token = String(page[mark.upperBound...].prefix { $0 != "\"" })
        return try request("POST", address, [("token", token)] + fields)
    }

    /// Sends a form that must be carried out.
    public func carryOut(_ address: String, _ fields: [(String, String)]) throws {
        let answer = try send(address, fields)
        guard answer.status == 303 else {
            throw CountyError(text: "\(address) gave \(answer.status): \(Self.fault(answer.text))")
        }
    }

    /// The words of the refusal on a page.
    public static func fault(_ page: String) -> String {
        guard let mark = page.firstRange(of: "class=\"fault\"") else { return String(page.prefix(300)) }
        return String(page[mark.lowerBound...].prefix(400))
    }

    private func request(_ method: String, _ address: String, _ fields: [(String, String)]?) throws -> Answer {
        let form = fields.map { $0.map { "\(Self.encode($0))=\(Self.encode($1))" }.joined(separator: "&") }
        var head = "\(method) \(address) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        if let cookie { head += "Cookie: \(cookie)\r\n" }
        if let form {
            head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n"
        }
        let bytes = try exchange(Array((head + "\r\n" + (form ?? "")).utf8))
        return try answer(bytes)
    }

    private func answer(_ bytes: [UInt8]) throws -> Answer {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw CountyError(text: "no answer") }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        var answer = Answer(
            status: lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0, location: nil,
            body: Array(bytes[end.upperBound...]))
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].drop { $0 == " " }
            switch parts[0].lowercased() {
            case "set-cookie": cookie = String(value.prefix { $0 != ";" })
            case "location": answer.location = String(value)
            default: break
            }
        }
        return answer
    }

    private func exchange(_ bytes: [UInt8]) throws -> [UInt8] {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw CountyError(text: "nobody listens on port \(port)") }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { write(socket, $0.baseAddress! + sent, bytes.count - sent) }
            guard count > 0 else { throw CountyError(text: "the connection broke off") }
            sent += count
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(socket, &buffer, buffer.count), count > 0 { received += buffer[..<count] }
        return received
    }

    private static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }
}
