import Kernel
import Synchronization

/// One event of a `text/event-stream` (HTML standard, section 9.2).
public struct ServerSentEvent: Hashable, Sendable {
    /// The kind that a page listens for; nil is `message`.
    public var event: String?
    /// Comes back as `Last-Event-ID` when the browser reconnects.
    public var identifier: String?
    /// Any text, several lines allowed.
    public var data: String

    public init(event: String? = nil, identifier: String? = nil, data: String) {
        self.event = event
        self.identifier = identifier
        self.data = data
    }

    /// The event as it is sent. A line break inside `event` or `identifier` would begin a field of its own: dropped.
    public var bytes: [UInt8] {
        var text = ""
        if let event { text += "event: \(Self.oneLine(event))\n" }
        if let identifier { text += "id: \(Self.oneLine(identifier))\n" }
        // A carriage return followed by a line feed is one character to Swift, and one line break to the browser.
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: Self.isLineBreak) {
            text += "data: \(line)\n"
        }
        return Array("\(text)\n".utf8)
    }

    private static func isLineBreak(_ character: Character) -> Bool {
        character == "\n" || character == "\r" || character == "\r\n"
    }

    private static func oneLine(_ text: String) -> String {
        String(text.filter { !isLineBreak($0) && $0 != "\0" })
    }
}

/// A stream of events for a page. Tells the browser when to reconnect, and sends a comment when it is quiet, so that
/// proxies keep the connection and a gone client is noticed.
public final class ServerSentEvents: WebStream {
    public enum Step: Sendable {
        case event(ServerSentEvent)
        case nothing
        case end
    }

    /// A comment line: nothing happens in the page.
    public static let heartbeat: [UInt8] = Array(":\n\n".utf8)

    private let retryInMilliseconds: Int
    private let heartbeatInMilliseconds: Int
    private let step: @Sendable (_ timeoutInMilliseconds: Int) -> Step
    private let lastWord = Mutex<Int64?>(nil)

    /// - Parameters:
    ///   - retryInMilliseconds: how long a browser waits before it reconnects.
    ///   - heartbeatInMilliseconds: the longest silence; keep it below 30 seconds.
    ///   - next: waits for the next event, at most so long.
    public init(
        retryInMilliseconds: Int = 3000, heartbeatInMilliseconds: Int = 15_000,
        next: @escaping @Sendable (_ timeoutInMilliseconds: Int) -> Step
    ) {
        self.retryInMilliseconds = retryInMilliseconds
        self.heartbeatInMilliseconds = heartbeatInMilliseconds
        step = next
    }

    /// An event that tells the page not to reconnect but to ask now and then.
    public var farewell: [UInt8] { ServerSentEvent(event: "overtaken", data: "").bytes }

    public func next(timeoutInMilliseconds: Int) -> StreamChunk {
        guard let last = lastWord.withLock({ $0 }) else {
            return say(Array("retry: \(retryInMilliseconds)\n\n".utf8))
        }
        let silence = MonotonicClock.milliseconds() - last
        let untilHeartbeat = max(0, heartbeatInMilliseconds - Int(silence))
        switch step(min(timeoutInMilliseconds, untilHeartbeat)) {
        case .event(let event): return say(event.bytes)
        case .end: return .end
        case .nothing:
            let isDue = MonotonicClock.milliseconds() - last >= Int64(heartbeatInMilliseconds)
            return isDue ? say(Self.heartbeat) : .nothing
        }
    }

    private func say(_ bytes: [UInt8]) -> StreamChunk {
        lastWord.withLock { $0 = MonotonicClock.milliseconds() }
        return .bytes(bytes)
    }
}

extension WebResponse {
    /// Sends `events` to a page until it closes.
    public static func events(_ events: ServerSentEvents) -> WebResponse {
        WebResponse(headers: [WebField("Content-Type", "text/event-stream; charset=utf-8")], body: .stream(events))
    }
}
