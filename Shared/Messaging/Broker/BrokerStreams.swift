/// A stream as the broker sees it: its newest head, and the peers that want to hear it.
struct BrokerStream: Sendable {
    var head: StreamHead?
    var readers: [Int] = []
}

/// Heads: learned from the stream's owner, told to its readers.
extension Broker {
    /// A beat tells heads, and how the peer's writer goes on.
    mutating func takeBeat(_ frame: Frame, from place: Int) {
        if let turn = JSON.beat(from: frame.body)?.writer { note(turn, from: place) }
        learn(heads: frame.body, from: place, standsThere: services[peers[place].service].activeWriter == place)
        answerBeat(of: place)
    }

    mutating func learn(heads body: [UInt8], from place: Int, standsThere: Bool = false) {
        guard let heads = JSON.heads(from: body) else {
            counters.malformed += 1
            return
        }
        learn(heads: heads, from: place, standsThere: standsThere)
    }

    /// Keeps what is newer and tells the readers. A service announces only streams of its own name.
    /// - Parameter standsThere: The one that writes the log says where it stands, in a hello or a beat. That counts
    ///   also when the log has become shorter, so that its readers notice. A hint may only be late.
    mutating func learn(heads: [StreamHead], from place: Int, standsThere: Bool = false) {
        let owner = services[peers[place].service].name
        for head in heads {
            guard head.stream == owner || head.stream.hasPrefix(owner + "/") else {
                counters.malformed += 1
                continue
            }
            let known = streams[head.stream]?.head
            guard known.map({ standsThere ? head != $0 : head.isNewer(than: $0) }) ?? true else { continue }
            streams[head.stream, default: BrokerStream()].head = head
            let body = JSON.heads([head])
            for reader in streams[head.stream]?.readers ?? [] where reader != place {
                counters.hints += 1
                deliver(Frame(kind: .hint, body: body), to: peers[reader].identity)
            }
        }
    }

    mutating func answerBeat(of place: Int) {
        deliver(Frame(kind: .beatBack, body: JSON.heads(headsRead(by: place))), to: peers[place].identity)
    }

    func headsRead(by place: Int) -> [StreamHead] {
        peers[place].hello.streams.compactMap { streams[$0]?.head }
    }

    mutating func forgetStreams(of place: Int) {
        for stream in peers[place].hello.streams { streams[stream]?.readers.removeAll { $0 == place } }
    }
}
