/// What a stream has to say at the moment.
public enum StreamChunk: Hashable, Sendable {
    case bytes([UInt8])
    /// Nothing yet: ask again.
    case nothing
    case end
}

/// A body that comes piece by piece. Released when its client has gone, when it ends, and when the server stops.
public protocol WebStream: Sendable {
    /// Waits for the next piece, at most so long. Called on the connection's own thread, by nobody else. It must say
    /// something (a comment will do) more often than every 30 seconds, else a dead client cannot be told from a quiet
    /// stream and the connection is closed.
    func next(timeoutInMilliseconds: Int) -> StreamChunk

    /// The last word to a client whose newer streams take this one's place.
    var farewell: [UInt8] { get }
}

extension WebStream {
    public var farewell: [UInt8] { [] }
}
