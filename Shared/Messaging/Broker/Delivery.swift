/// The address of a peer as the transport knows it. For ZeroMQ the routing identity that ROUTER puts in front.
public struct PeerIdentity: Hashable, Sendable {
    public let bytes: [UInt8]
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// A frame that the broker wants sent.
public struct Delivery: Equatable, Sendable {
    public var peer: PeerIdentity
    public var frame: Frame

    public init(peer: PeerIdentity, frame: Frame) {
        self.peer = peer
        self.frame = frame
    }
}
