import Contracts
import Glibc
import Host
import Kernel

/// A Unix socket with one line of JSON each way (unix(7)).
enum ControlSocket {
    static let longestLineInBytes = 1 << 20
    /// The supervisor answers at once; on a loaded machine it may take a moment.
    static let answerLimitInSeconds = 10

    /// How soon a socket that somebody deleted is there again.
    private static let healingInMilliseconds: Int32 = 500

    /// Answers until the process ends, under the same name again when somebody deletes it.
    /// - Throws: when the socket cannot be opened.
    static func serve(
        _ county: CountyFolder, _ answer: @escaping @Sendable (ControlRequest) -> ControlAnswer
    ) throws {
        let first = try Listening(county)
        OwnThread.essential(name: "control") {
            var listening = first
            while true {
                if !listening.isInPlace, let renewed = try? Listening(county) {
                    ServiceLog.write("supervisor", "\(county.controlSocket) 被删除或替换，已重新监听")
                    close(listening.descriptor)
                    listening = renewed
                }
                var ready = pollfd(fd: listening.descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, healingInMilliseconds) > 0 else { continue }
                let client = Descriptors.accept(listening.descriptor)
                guard client >= 0 else {
                    usleep(10_000)
                    continue
                }
                limitWaiting(client, inSeconds: 5)
                var isSilent = false
                if let line = readLine(client, isSilent: &isSilent),
                    let request = try? JSONCoding.value(ControlRequest.self, from: line),
                    let bytes = try? JSONCoding.bytes(answer(request))
                {
                    send(bytes + [UInt8(ascii: "\n")], to: client)
                }
                close(client)
            }
        }
    }

    /// - Throws: when no supervisor listens, when one listens and does not answer, when this user may not ask it.
    static func ask(_ county: CountyFolder, _ request: ControlRequest) throws -> ControlAnswer {
        let giveUpAt = MonotonicClock.milliseconds() + Int64(healingInMilliseconds) * 6
        while true {
            if let answer = try answer(county, request) { return answer }
            // Only the lock tells for sure that nobody is there: a socket may have been deleted, and comes back.
            if CountyLock.isFree(county) { throw CommandFailure.notRunning(county) }
            guard MonotonicClock.milliseconds() < giveUpAt else { throw silent(county) }
            usleep(100_000)
        }
    }

    /// As `ask`, for a supervisor that may not listen yet: then nil.
    static func answer(_ county: CountyFolder, _ request: ControlRequest) throws -> ControlAnswer? {
        let descriptor = try open()
        defer { close(descriptor) }
        // Before connecting, which waits as well once many wait for a supervisor that does not answer.
        limitWaiting(descriptor, inSeconds: answerLimitInSeconds)
        guard withAddress(county.controlSocket, { connect(descriptor, $0, $1) }) == 0 else {
            switch errno {
            case EACCES, EPERM:
                throw CommandFailure.failed("没有权限查看数据目录 \(county.path)。请用启动它的用户执行本命令。")
            case EAGAIN: throw silent(county)
            default: return nil
            }
        }
        send(try JSONCoding.bytes(request) + [UInt8(ascii: "\n")], to: descriptor)
        var isSilent = false
        guard let line = readLine(descriptor, isSilent: &isSilent) else {
            if isSilent { throw silent(county) }
            return nil
        }
        return try? JSONCoding.value(ControlAnswer.self, from: line)
    }

    /// The socket that listens, and the file that stands for it.
    private struct Listening {
        let descriptor: Int32
        private let path: String
        private let device: dev_t
        private let inode: ino_t

        init(_ county: CountyFolder) throws {
            path = county.controlSocket
            try Folders.make(county.sockets)
            let descriptor = try open()
            // The lock has shown that nobody else serves here: what lies there was left by one that was killed.
            unlink(path)
            var status = stat()
            guard withAddress(path, { bind(descriptor, $0, $1) }) == 0, chmod(path, 0o600) == 0,
                listen(descriptor, 16) == 0, lstat(path, &status) == 0
            else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                throw CommandFailure.failed("不能监听 \(path)：\(reason)。请检查目录权限。")
            }
            self.descriptor = descriptor
            (device, inode) = (status.st_dev, status.st_ino)
        }

        var isInPlace: Bool {
            var status = stat()
            return lstat(path, &status) == 0 && status.st_dev == device && status.st_ino == inode
        }
    }

    private static func silent(_ county: CountyFolder) -> CommandFailure {
        .failed(
            """
            监管进程 \(answerLimitInSeconds) 秒内没有答复（数据目录 \(county.path)），可能被暂停或卡住，各服务可能仍在运行。
            请用 ps -ef 找到它（jieli up … --data …）：被暂停的用 kill -CONT 进程号 恢复；卡住的用 kill -9 进程号 结束，
            各服务会随之停止，数据不会丢失，然后重新执行 jieli up。
            """)
    }

    private static func open() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw CommandFailure.failed("不能打开套接字：\(String(cString: strerror(errno)))。请检查文件句柄上限。")
        }
        return descriptor
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return -1
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func limitWaiting(_ descriptor: Int32, inSeconds seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// - Parameter isSilent: set when nothing came in time.
    private static func readLine(_ descriptor: Int32, isSilent: inout Bool) -> [UInt8]? {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while line.count < longestLineInBytes {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                isSilent = count < 0 && errno == EAGAIN
                return nil
            }
            if let end = buffer[..<count].firstIndex(of: UInt8(ascii: "\n")) { return line + buffer[..<end] }
            line += buffer[..<count]
        }
        return nil
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
