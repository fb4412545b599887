import Glibc
import Host

/// A server from Debian's packages, for as long as the bench runs.
final class RivalServer: Sendable {
    /// As large as the body of our command.
    static let valueInBytes = 200

    private let process: pid_t

    /// - Returns: nil when the program is not installed.
    static func path(of program: String) -> String? {
        ["/usr/bin", "/usr/sbin", "/usr/local/bin"].map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    init(_ program: String, _ arguments: [String], log: String, isReady: () -> Bool) throws {
        process = try ChildProcess.start(program, arguments, log: log)
        guard Pause.until(withinMilliseconds: 10_000, isReady) else {
            throw CommandFailure.failed("\(program) 没有启动，见 \(log)。")
        }
    }

    func stop() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        if !Pause.until(withinMilliseconds: 10_000, { waitpid(process, &status, WNOHANG) != 0 }) {
            kill(process, SIGKILL)
            waitpid(process, &status, 0)
        }
    }

    // MARK: redis-server

    /// With `appendfsync always`: an answer leaves after fsync, which one turn of its loop shares.
    static func redis(in folder: String) throws -> (RivalServer, PipelinedRival)? {
        guard let program = path(of: "redis-server") else { return nil }
        try Folders.make(folder)
        let socket = "\(folder)/redis.sock"
        let server = try RivalServer(
            program,
            [
                "--port", "0", "--unixsocket", socket, "--dir", folder, "--appendonly", "yes", "--appendfsync",
                "always", "--save", "", "--auto-aof-rewrite-percentage", "0",
            ], log: "\(folder)/redis.log"
        ) { LoopbackPort.connect(path: socket).map { close($0) } != nil }
        let value = String(repeating: "v", count: valueInBytes)
        let wire = PipelinedRival.Wire(
            greeting: [],
            request: { number in
                let key = "key:\(number % 1000)"
                return Array("*3\r\n$3\r\nSET\r\n$\(key.utf8.count)\r\n\(key)\r\n$\(valueInBytes)\r\n\(value)\r\n".utf8)
            },
            answers: { read in
                // Each answer is the line `+OK`.
                let whole = read.count / 5
                guard read.prefix(whole * 5).first != UInt8(ascii: "-") else {
                    throw CommandFailure.failed("redis：\(String(decoding: read.prefix(200), as: UTF8.self))")
                }
                read.removeFirst(whole * 5)
                return [Int?](repeating: nil, count: whole)
            })
        return (server, PipelinedRival(name: "redis", connect: { LoopbackPort.connect(path: socket) }, wire: wire))
    }

    // MARK: nats-server

    /// A JetStream in files. Version 2.9 writes each message before it answers and syncs every two minutes only;
    /// `sync_interval: always` came with 2.10.
    static func nats(in folder: String) throws -> (RivalServer, PipelinedRival)? {
        guard let program = path(of: "nats-server") else { return nil }
        try Folders.make(folder)
        let port = try LoopbackPort.free()
        let server = try RivalServer(
            program, ["--jetstream", "--store_dir", folder, "--addr", "127.0.0.1", "--port", String(port)],
            log: "\(folder)/nats.log"
        ) { LoopbackPort.connect(port: port).map { close($0) } != nil }
        let value = String(repeating: "v", count: valueInBytes)
        let stream = #"{"name":"BENCH","subjects":["bench"],"storage":"file","retention":"limits","num_replicas":1}"#
        let greeting = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB _INBOX.b.* 1\r\n"
        // The first request must find the stream: its making is waited for.
        try make(
            greeting + "PUB $JS.API.STREAM.CREATE.BENCH _INBOX.b.0 \(stream.utf8.count)\r\n\(stream)\r\n", port: port)
        let wire = PipelinedRival.Wire(
            greeting: Array(greeting.utf8),
            request: { number in Array("PUB bench _INBOX.b.\(number) \(valueInBytes)\r\n\(value)\r\n".utf8) },
            answers: { read in try natsAnswers(&read) })
        return (server, PipelinedRival(name: "nats", connect: { LoopbackPort.connect(port: port) }, wire: wire))
    }

    private static func make(_ text: String, port: Int) throws {
        guard let socket = LoopbackPort.connect(port: port) else { throw CommandFailure.failed("nats 没有在监听。") }
        defer { close(socket) }
        try PipelinedRival.send(Array(text.utf8), to: socket)
        var read: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while try natsAnswers(&read).isEmpty {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw CommandFailure.failed("nats 没有答复。") }
            read += buffer[..<count]
        }
    }

    /// Lines, and after `MSG <subject> 1 <bytes>` a payload; the subject ends with the request's number.
    private static func natsAnswers(_ read: inout [UInt8]) throws -> [Int] {
        var numbers: [Int] = []
        var from = 0
        while let end = read[from...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: read[from..<end], as: UTF8.self)
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\r" || $0 == "\r\n" })
            guard words.first == "MSG" else {
                if words.first == "-ERR" { throw CommandFailure.failed("nats：\(line)") }
                from = end + 1
                continue
            }
            guard words.count >= 4, let size = Int(words[words.count - 1]) else {
                throw CommandFailure.failed("nats：\(line)")
            }
            let next = end + 1 + size + 2
            guard next <= read.count else { break }
            let payload = String(decoding: read[(end + 1)..<(end + 1 + size)], as: UTF8.self)
            if payload.contains("\"error\"") { throw CommandFailure.failed("nats：\(payload)") }
            if let number = words[1].split(separator: ".").last.flatMap({ Int($0) }) { numbers.append(number) }
            from = next
        }
        read.removeFirst(from)
        return numbers
    }
}
