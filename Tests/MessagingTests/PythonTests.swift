import Domain
import Glibc
import Kernel
import Messaging
import Testing

/// A Python program from the samples, with its output read through a pipe.
private final class PythonProgram {
    private(set) var process: pid_t = 0
    private var output: Int32 = -1
    private(set) var text = ""

    init(_ script: String, _ arguments: [String]) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        // Threads of the cooperative pool block most signals, and a child inherits that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let words = ["/usr/bin/python3", "-B", "/\(folder)/Samples/\(script)"] + arguments
        let pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        try #require(posix_spawn(&process, words[0], &actions, &attributes, pointers, environ) == 0)
        close(ends[1])
        output = ends[0]
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if process > 0 { end(SIGKILL) }
        close(output)
    }

    func read() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(output, &buffer, buffer.count)
            if count <= 0 { return }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    func waits(for word: String) -> Bool {
        ZeroMQWorld.eventually(seconds: 20) {
            read()
            return text.contains(word)
        }
    }

    @discardableResult
    func end(_ signal: Int32?) -> Int32 {
        if let signal { kill(process, signal) }
        var status: Int32 = 0
        waitpid(process, &status, 0)
        process = 0
        read()
        return status
    }
}

/// What `docs/protocol.md` promises: a program in another language can be a client and a service.
@Suite("Python", .serialized)
struct PythonTests {
    /// The samples of version 2 of the protocol, and those of version 1 as programs in use have it.
    private static let folders = ["", "version1/"]

    private func arguments(_ world: ZeroMQWorld) -> [String] {
        let keys = world.keys["python"]!
        return [world.address, world.brokerKeys.publicKey, keys.publicKey, keys.secretKey]
    }

    @Test("A Python client registers, asks, is answered, and hears a head", arguments: folders)
    func client(folder: String) throws {
        let world = try ZeroMQWorld()
        let archives = try world.add(.writer("archives"))
        archives.connection.announce(StreamHead(stream: "archives", epoch: 4, seq: 12))
        #expect(ZeroMQWorld.eventually { world.broker.snapshot()?.heads.isEmpty == false })
        let program = try PythonProgram(folder + "client.py", arguments(world))
        #expect(program.end(nil) == 0)
        let lines = program.text.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "0 archives-1:问", "0 archives-1:问", "2 bus.unknown-message", "0 ['archives-1', 'python-1']", "(4, 12)",
            ])
        let requests = archives.recorder.seen.withLock { $0.requests }
        #expect(requests.map(\.caller) == ["python", "python"])
        #expect(requests.map(\.context.text) == ["{\"user\":\"7\"}", "{\"user\":\"7\"}"])
        #expect(requests[1].command?.counter == 2 && requests[1].command?.session != 0)
        // It waits for five seconds, and either says so or when they are over.
        let now = MonotonicClock().instant()
        #expect(requests.allSatisfy { ($0.expiresAt?.milliseconds(since: now) ?? 0) <= 5000 })
    }

    @Test("A Python service answers commands and queries, refuses, and says goodbye", arguments: folders)
    func service(folder: String) throws {
        let world = try ZeroMQWorld()
        let gateway = try world.add(.client()).connection
        let program = try PythonProgram(folder + "service.py", arguments(world) + ["writer"])
        #expect(program.waits(for: "ready"))
        let command = OutgoingRequest(
            service: "python", message: "python.add.do", version: 3, context: "{}".bytes, body: "身体".bytes,
            command: CommandNumber(session: 6, counter: 44))
        #expect(try gateway.askAndWait(command).body.text == "gateway python.add.do 3 44 {}身体")
        let refusal = try gateway.askAndWait(OutgoingRequest(service: "python", message: "python.refuse.do"))
        #expect(refusal.status == .refused && refusal.body.text == "{\"slug\":\"python.no\"}")
        #expect(program.end(SIGTERM) == 0)
        #expect(
            ZeroMQWorld.eventually {
                world.broker.snapshot()!.instances.map(\.instance) == ["gateway-1"]
            })
    }

    @Test("A worker that is killed is noticed at once, and what it had in hand goes to another")
    func killed() throws {
        let world = try ZeroMQWorld()
        let gateway = try world.add(.client()).connection
        let program = try PythonProgram("service.py", arguments(world) + ["reader", "hangs"])
        #expect(program.waits(for: "ready"))
        let answers = AnswerList()
        gateway.ask(OutgoingRequest(service: "python", message: "python.file.get")) { answers.add($0, at: 0) }
        #expect(program.waits(for: "holding"))
        let registration = Registration(
            service: "python", instance: "python-2", role: .reader, answers: ["python.file.get": .query])
        try world.add(registration)
        let killedAt = SystemClock().now()
        program.end(SIGKILL)
        #expect(ZeroMQWorld.eventually { answers.count == 1 })
        #expect(try answers.inOrder[0].get().body.text == "python-2:")
        // Its beats would have been missed only after three seconds.
        #expect(SystemClock().now().milliseconds(since: killedAt) < 2500)
    }
}
