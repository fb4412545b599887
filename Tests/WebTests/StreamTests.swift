import Synchronization
import Testing
import Web

@Suite("Streams")
struct StreamTests {
    @Test("a page receives three events with their versions, and reconnects where it left off")
    func threeEvents() throws {
        let broadcast = Broadcast("一")
        let server = try serve { request in
            .events(broadcast.events(after: request.lastEventIdentifier) { ServerSentEvent(event: "总览", data: $0) })
        }
        let page = try RawClient(port: server.boundPort)
        page.request("GET /events")
        let head = try page.responseHead().lowercased()
        #expect(head.contains("content-type: text/event-stream; charset=utf-8"))
        #expect(head.contains("cache-control: no-store"))
        #expect(try page.chunkText() == "retry: 3000\n\n")
        let first = broadcast.current.version
        #expect(try page.chunkText() == "event: 总览\nid: \(first)\ndata: 一\n\n")
        broadcast.publish("二")
        #expect(try page.chunkText() == "event: 总览\nid: \(first + 1)\ndata: 二\n\n")
        broadcast.publish("三\n行")
        #expect(try page.chunkText() == "event: 总览\nid: \(first + 2)\ndata: 三\ndata: 行\n\n")
        page.close()

        let again = try RawClient(port: server.boundPort)
        again.request("GET /events", headers: "Last-Event-ID: \(first + 2)\r\n")
        _ = try again.responseHead()
        #expect(try again.chunkText() == "retry: 3000\n\n")
        broadcast.publish("四")
        #expect(try again.chunkText() == "event: 总览\nid: \(first + 3)\ndata: 四\n\n")
    }

    @Test("a stream is released when its client goes, even when it has nothing to say")
    func disconnect() throws {
        let released = Broadcast(false)
        let server = try serve { _ in
            let witness = Witness { released.publish(true) }
            return .events(
                ServerSentEvents { timeoutInMilliseconds in
                    witness.wait(milliseconds: timeoutInMilliseconds)
                    return .nothing
                })
        }
        let page = try RawClient(port: server.boundPort)
        page.request("GET /")
        _ = try page.responseHead()
        #expect(try page.chunkText() == "retry: 3000\n\n")
        #expect(!released.current.value)
        page.close()
        #expect(eventually { released.current.value })
    }

    @Test("a quiet stream sends heartbeats, also across the idle limit")
    func heartbeats() throws {
        var limits = WebLimits()
        limits.idleLimitInSeconds = 1
        let broadcast = Broadcast(0)
        let server = try serve(limits: limits) { _ in
            .events(broadcast.events(heartbeatInMilliseconds: 1300) { ServerSentEvent(data: "\($0)") })
        }
        let page = try RawClient(port: server.boundPort)
        page.request("GET /")
        _ = try page.responseHead()
        _ = try page.chunkText()
        _ = try page.chunkText()
        #expect(try page.chunkText() == ":\n\n")
        #expect(try page.chunkText() == ":\n\n")
        broadcast.publish(1)
        #expect(try page.chunkText() == "id: \(broadcast.current.version)\ndata: 1\n\n")
    }

    @Test("a stream longer than any buffer arrives whole and ends")
    func longStream() throws {
        let server = try serve { _ in
            WebResponse(
                headers: [WebField("Content-Type", "text/plain")],
                body: .stream(CountingStream(pieces: 50, pieceInBytes: 40_000)))
        }
        let client = try RawClient(port: server.boundPort)
        client.request("GET /stream")
        let body = try client.response().body
        #expect(body.count == 2_000_000)
        #expect(stride(from: 0, to: body.count, by: 40_000).map { body[$0] } == (0..<50).map(UInt8.init))
    }

    @Test("HEAD of a stream has its headers and starts nothing")
    func headOfStream() throws {
        let broadcast = Broadcast(0)
        let server = try serve { _ in .events(broadcast.events { ServerSentEvent(data: "\($0)") }) }
        let client = try RawClient(port: server.boundPort)
        client.request("HEAD /")
        #expect(try client.response(toHead: true).header("content-type") == "text/event-stream; charset=utf-8")
    }

    @Test("stopping a broadcast ends its streams at once")
    func stopBroadcast() throws {
        let broadcast = Broadcast(0)
        let server = try serve { _ in .events(broadcast.events { ServerSentEvent(data: "\($0)") }) }
        let page = try RawClient(port: server.boundPort)
        page.request("GET /")
        _ = try page.responseHead()
        _ = try page.chunkText()
        _ = try page.chunkText()
        broadcast.stop()
        #expect(try page.chunk() == nil)
    }

    @Test("an event cannot be made to hold another")
    func eventFormat() {
        let event = ServerSentEvent(event: "a\nb", identifier: "1\r\n2\0", data: "x\r\ny\rz\n")
        #expect(
            String(decoding: event.bytes, as: UTF8.self) == "event: ab\nid: 12\ndata: x\ndata: y\ndata: z\ndata: \n\n")
        #expect(String(decoding: ServerSentEvent(data: "").bytes, as: UTF8.self) == "data: \n\n")
    }

    @Test("a follower of a broadcast sees the latest value, not all of them")
    func latestValue() {
        let broadcast = Broadcast(0)
        guard case .changed(let version, 0) = broadcast.next(after: nil, timeoutInMilliseconds: 0) else {
            Issue.record("no first value")
            return
        }
        guard case .unchanged = broadcast.next(after: version, timeoutInMilliseconds: 20) else {
            Issue.record("changed by nobody")
            return
        }
        for value in 1...5 { broadcast.publish(value) }
        guard case .changed(version + 5, 5) = broadcast.next(after: version, timeoutInMilliseconds: 0) else {
            Issue.record("not the latest")
            return
        }
        broadcast.stop()
        guard case .stopped = broadcast.next(after: nil, timeoutInMilliseconds: 1000) else {
            Issue.record("not stopped")
            return
        }
    }
}

extension RawClient {
    func chunkText() throws -> String { String(decoding: try chunk() ?? Array("(end)".utf8), as: UTF8.self) }
}

/// Tells when the last reference to it is gone.
private final class Witness: Sendable {
    private let gone: @Sendable () -> Void
    private let never = Broadcast(0)

    init(_ gone: @escaping @Sendable () -> Void) { self.gone = gone }

    deinit { gone() }

    func wait(milliseconds: Int) { _ = never.next(after: never.current.version, timeoutInMilliseconds: milliseconds) }
}

/// Pieces of equal length, each filled with its number.
private final class CountingStream: WebStream {
    private let pieces: Int
    private let pieceInBytes: Int
    private let given = Atomic<Int>(0)

    init(pieces: Int, pieceInBytes: Int) {
        self.pieces = pieces
        self.pieceInBytes = pieceInBytes
    }

    func next(timeoutInMilliseconds: Int) -> StreamChunk {
        let number = given.add(1, ordering: .relaxed).oldValue
        return number < pieces ? .bytes([UInt8](repeating: UInt8(number), count: pieceInBytes)) : .end
    }
}
