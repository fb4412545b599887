import Contracts
import FoundationEssentials
import Glibc

/// The gateway's interfaces for programs, as an account uses them: name and password by HTTP Basic (RFC 7617), one
/// connection for each request.
struct GatewayClient {
    struct Answer {
        var status: Int
        var body: [UInt8]
    }

    private let host: String
    private let port: String
    private let authorization: String

    /// - Parameter address: `http://127.0.0.1:8080`.
    init(_ address: String, user: String, password: String) throws {
        guard address.hasPrefix("http://") else {
            throw CommandFailure.usage("--gateway 应为 http://主机:端口，如 http://127.0.0.1:8080；经 https 访问的，请在网关所在机器上执行。")
        }
        let place = address.dropFirst("http://".count).prefix { $0 != "/" }
        let parts = place.split(separator: ":").map(String.init)
        guard parts.count == 2, Int(parts[1]) != nil else { throw CommandFailure.usage("--gateway 缺少端口。") }
        (host, port) = (parts[0], parts[1])
        authorization = Data("\(user):\(password)".utf8).base64EncodedString()
    }

    /// - Throws: the gateway's `Refusal`, or a `CommandFailure` when it does not answer.
    func get(_ path: String) throws -> [UInt8] { try checked(exchange("GET", path, [], nil, [])) }

    func post(_ path: String, key: String) throws -> [UInt8] {
        try checked(exchange("POST", path, ["Idempotency-Key: \(key)"], "application/json", Array("{}".utf8)))
    }

    /// Sends a file as a form does (RFC 7578).
    func post(_ path: String, file: [UInt8], named name: String, key: String) throws -> [UInt8] {
        let boundary = "jieli-\(key)"
        let quoted = name.filter { $0 != "\"" && !$0.isNewline }
        var body = Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(quoted)\"\r\n".utf8)
        body += Array("Content-Type: application/octet-stream\r\n\r\n".utf8)
        body += file
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        return try checked(
            exchange(
                "POST", path, ["Idempotency-Key: \(key)"], "multipart/form-data; boundary=\(boundary)", body))
    }

    private func checked(_ answer: Answer) throws -> [UInt8] {
        if answer.status == 200 { return answer.body }
        if answer.status == 401 { throw CommandFailure.failed("账号或密码不对，请核对后重试。") }
        if let refusal = try? JSONCoding.value(Refusal.self, from: answer.body) { throw refusal }
        throw CommandFailure.failed("网关答复 \(answer.status)，未能办理，请稍后重试。")
    }

    private func exchange(
        _ method: String, _ path: String, _ headers: [String], _ type: String?, _ body: [UInt8]
    ) throws -> Answer {
        var lines = [
            "\(method) \(path) HTTP/1.1", "Host: \(host):\(port)", "Connection: close",
            "Accept: application/json", "Authorization: Basic \(authorization)",
        ]
        lines += headers
        if let type { lines += ["Content-Type: \(type)", "Content-Length: \(body.count)"] }
        let socket = try connect()
        defer { close(socket) }
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // An answer may come before all was sent: a file that is refused is not read to its end.
            guard count > 0 else { break }
            sent += count
        }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 { received += buffer[..<count] }
        guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Self.silent }
        let line = String(decoding: received[..<end.lowerBound], as: UTF8.self).prefix { $0 != "\r\n" }
        guard let status = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw Self.silent }
        return Answer(status: status, body: Array(received[end.upperBound...]))
    }

    private func connect() throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0, let first = found else {
            throw CommandFailure.failed("找不到主机 \(host)，请核对 --gateway。")
        }
        defer { freeaddrinfo(first) }
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let entry = next {
            let socket = socket(
                entry.pointee.ai_family, entry.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue),
                entry.pointee.ai_protocol)
            if socket >= 0 {
                if Glibc.connect(socket, entry.pointee.ai_addr, entry.pointee.ai_addrlen) == 0 { return socket }
                close(socket)
            }
            next = entry.pointee.ai_next
        }
        throw CommandFailure(
            message: "网关 \(host):\(port) 没有在监听。请核对 --gateway，或先执行 jieli up。",
            status: CommandFailure.notRunningStatus)
    }

    private static let silent = CommandFailure.failed("网关没有答复完整，请稍后重试；同一文件不会重复办理已办的人员。")
}
