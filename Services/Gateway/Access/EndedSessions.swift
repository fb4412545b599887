import Domain
import Glibc
import Host
import Synchronization

/// The sessions that were ended before their time. A session is sealed and kept nowhere, so that a restart signs nobody
/// out; to end one for good, its identifier is written down until it would have ended anyhow. A file and not a table:
/// the next page has to know at once, in every instance that runs in this folder. It names nobody.
final class EndedSessions: Sendable {
    private struct State {
        var ended: [String: Timestamp] = [:]
        var inode: UInt = 0
        var readByteCount = 0
    }

    private let path: String
    private let state = Mutex(State())

    /// Reads what was ended before, and leaves out of the file what is over.
    init(folder: String, now: Timestamp) {
        path = "\(folder)/ended-sessions"
        state.withLock { state in
            read(into: &state)
            let lines = state.ended.filter { $0.value > now }.map(Self.line)
            guard lines.count < state.ended.count else { return }
            let fresh = "\(path).new"
            unlink(fresh)
            // Should this fail, the longer file stays, and is as right.
            if append(lines.joined(), to: fresh) { rename(fresh, path) }
        }
    }

    /// - Returns: whether it could be written down; if not, the session has ended until the next restart.
    func end(_ session: Session) -> Bool {
        state.withLock { state in
            state.ended[session.identifier] = session.expires
            return append(Self.line(session.identifier, session.expires), to: path)
        }
    }

    func contains(_ session: Session) -> Bool {
        state.withLock { state in
            read(into: &state)
            return state.ended[session.identifier] != nil
        }
    }

    /// Takes in what was appended since, by whatever instance.
    private func read(into state: inout State) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        if status.st_ino != state.inode {
            state.inode = UInt(status.st_ino)
            state.readByteCount = 0
        }
        let length = Int(status.st_size) - state.readByteCount
        guard length > 0 else { return }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: length)
        let count = pread(descriptor, &bytes, length, off_t(state.readByteCount))
        guard count > 0, let end = bytes[..<count].lastIndex(of: UInt8(ascii: "\n")) else { return }
        state.readByteCount += end + 1
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let expires = Int64(parts[1]) else { continue }
            state.ended[String(parts[0])] = Timestamp(millisecondsSinceEpoch: expires)
        }
    }

    private static func line(_ identifier: String, _ expires: Timestamp) -> String {
        "\(identifier) \(expires.millisecondsSinceEpoch)\n"
    }

    private func append(_ text: String, to path: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        return write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    }
}
