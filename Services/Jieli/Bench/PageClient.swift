import Glibc
import Kernel

/// Somebody signed in to the gateway, who opens pages: a connection for each, as without keep-alive.
struct PageClient {
    private let port: Int
    private let cookie: String

    init(port: Int, user: String, password: String) throws {
        self.port = port
        let form = "user=\(user)&password=\(password)&next="
        let answer = try Self.exchange(
            port,
            "POST /signin HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n\(form)"
        )
        let line = answer.split(separator: "\r\n").first { $0.lowercased().hasPrefix("set-cookie:") }
        guard let value = line?.split(separator: ":", maxSplits: 1).last?.prefix(while: { $0 != ";" }) else {
            throw CommandFailure.failed("网页登录未成：\(answer.prefix(40))")
        }
        cookie = value.drop { $0 == " " }.description
    }

    /// The middle time of so many requests, in milliseconds.
    func median(_ path: String, times: Int) throws -> Double {
        var spans: [Int64] = []
        for _ in 0..<times {
            let start = MonotonicClock.microseconds()
            let answer = try Self.exchange(
                port,
                "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: \(cookie)\r\n\r\n")
            spans.append(MonotonicClock.microseconds() - start)
            guard answer.hasPrefix("HTTP/1.1 200") else {
                throw CommandFailure.failed("网页 \(path) 答复 \(answer.prefix(16))")
            }
        }
        spans.sort()
        return Double(spans[spans.count / 2]) / 1000
    }

    private static func exchange(_ port: Int, _ text: String) throws -> String {
        guard let socket = LoopbackPort.connect(port: port) else { throw CommandFailure.failed("网关没有在监听。") }
        defer { close(socket) }
        try PipelinedRival.send(Array(text.utf8), to: socket)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 { received += buffer[..<count] }
        return String(decoding: received, as: UTF8.self)
    }
}
