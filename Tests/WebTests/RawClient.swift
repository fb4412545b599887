import Glibc

/// An HTTP client that sends exactly what it is told to: half requests, wrong ones, one byte at a time.
final class RawClient {
    struct Response {
        var status: Int
        var headers: [String: [String]]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? { headers[name.lowercased()]?.first }
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private var descriptor: CInt
    private var buffer: [UInt8] = []

    init(port: UInt16, timeoutInMilliseconds: Int = 10_000) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var time = timeval(tv_sec: timeoutInMilliseconds / 1000, tv_usec: timeoutInMilliseconds % 1000 * 1000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            Glibc.close(descriptor)
            descriptor = -1
            throw Failure(description: "connect: errno \(errno)")
        }
    }

    deinit { close() }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// - Returns: whether the peer still took all of it.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// A whole request without a body.
    @discardableResult
    func request(_ line: String, headers: String = "") -> Bool {
        send("\(line) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
    }

    /// Reads one response; a response to HEAD has no body whatever its headers say.
    func response(toHead: Bool = false) throws -> Response {
        let end = try position(behind: Array("\r\n\r\n".utf8))
        let head = String(decoding: take(end), as: UTF8.self)
        var lines = head.split(separator: "\r\n")
        let statusLine = lines.removeFirst().split(separator: " ")
        guard statusLine.count >= 2, let status = Int(statusLine[1]) else { throw Failure(description: head) }
        var headers: [String: [String]] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts[1].drop { $0 == " " }
            headers[parts[0].lowercased(), default: []].append(String(value))
        }
        var response = Response(status: status, headers: headers, body: [])
        if toHead || status == 304 || status == 100 { return response }
        if headers["transfer-encoding"] == ["chunked"] {
            while let chunk = try chunk() { response.body += chunk }
        } else {
            let length = Int(response.header("content-length") ?? "0") ?? 0
            while buffer.count < length { try fill() }
            response.body = take(length)
        }
        return response
    }

    /// The head of a response whose body goes on: its bytes are then read by `chunk`.
    func responseHead() throws -> String {
        String(decoding: take(try position(behind: Array("\r\n\r\n".utf8))), as: UTF8.self)
    }

    /// The next chunk of a chunked body; nil for its end.
    func chunk() throws -> [UInt8]? {
        let line = String(decoding: take(try position(behind: [13, 10])).dropLast(2), as: UTF8.self)
        guard let size = Int(line, radix: 16) else { throw Failure(description: "chunk size \(line)") }
        while buffer.count < size + 2 { try fill() }
        let bytes = Array(take(size + 2).dropLast(2))
        return size == 0 ? nil : bytes
    }

    /// Whether the peer has closed the connection, waiting for it if need be.
    func isClosed() -> Bool {
        while true {
            do { try fill() } catch let failure as Failure { return failure.description != "timeout" } catch {
                return true
            }
        }
    }

    /// Whether the peer has closed the connection already.
    func isClosed(atOnce: Bool) -> Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, CInt(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN)
    }

    private func position(behind pattern: [UInt8]) throws -> Int {
        var start = 0
        while true {
            while start + pattern.count <= buffer.count {
                if buffer[start..<start + pattern.count].elementsEqual(pattern) { return start + pattern.count }
                start += 1
            }
            try fill()
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        let bytes = Array(buffer.prefix(count))
        buffer.removeFirst(count)
        return bytes
    }

    private func fill() throws {
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count < 0 && errno == EAGAIN { throw Failure(description: "timeout") }
        guard count > 0 else { throw Failure(description: "closed") }
        buffer += bytes.prefix(count)
    }
}

/// Runs a shell command and returns what it printed.
func shell(_ command: String) -> String {
    guard let stream = popen(command, "r") else { return "" }
    defer { pclose(stream) }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = fread(&buffer, 1, buffer.count, stream)
        if count == 0 { return String(decoding: output, as: UTF8.self) }
        output += buffer.prefix(count)
    }
}

/// A new folder, removed at the end of `body`.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    var template = Array("/tmp/web-tests-\(String(repeating: "X", count: 6))".utf8CString)
    guard mkdtemp(&template) != nil else { throw RawClient.Failure(description: "mkdtemp") }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { _ = shell("rm -rf \(folder)") }
    return try body(folder)
}

/// Waits until `condition` holds, at most so long.
func eventually(withinMilliseconds limit: Int = 5000, _ condition: () -> Bool) -> Bool {
    for _ in 0..<(limit / 10) {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}
