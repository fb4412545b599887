import CMicroHTTPD
import Glibc

/// Certificate and key of the server, both in PEM.
public struct WebCertificate: Hashable, Sendable {
    public var certificatePath: String
    public var keyPath: String

    public init(certificatePath: String, keyPath: String) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
    }
}

/// libmicrohttpd's daemon: one thread that accepts, and one thread per connection, on which handlers may block.
struct WebDaemon: ~Copyable, @unchecked Sendable {
    // The library allows its daemon to be used from any thread.
    private let handle: OpaquePointer
    private let core: Unmanaged<ServerCore>
    private let texts: [UnsafeMutablePointer<CChar>]

    init(core: ServerCore, socket: borrowing ListenSocket, certificate: WebCertificate?) throws(WebError) {
        var texts: [UnsafeMutablePointer<CChar>] = []
        var options = Options(core: core, socket: socket.descriptor)
        if let certificate {
            do throws(WebError) {
                texts.append(try Self.text(of: certificate.keyPath))
                texts.append(try Self.text(of: certificate.certificatePath))
            } catch {
                for text in texts { free(text) }
                throw error
            }
            // GnuTLS, "Priority Strings": nothing older than TLS 1.2.
            guard let priorities = strdup("NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2") else { fatalError() }
            texts.append(priorities)
            options.add(.HTTPS_MEM_KEY, texts[0])
            options.add(.HTTPS_MEM_CERT, texts[1])
            options.add(.HTTPS_PRIORITIES, texts[2])
        }
        options.add(.END, 0)
        let held = Unmanaged.passRetained(core)
        let flags = Self.flags(isSecure: certificate != nil, isVersion6: socket.isVersion6)
        let started = options.items.withUnsafeMutableBufferPointer { items in
            withVaList([CInt(MHD_OPTION.ARRAY.rawValue), items.baseAddress!, CInt(MHD_OPTION.END.rawValue)]) {
                MHD_start_daemon_va(
                    flags, 0, nil, nil, ServerCallbacks.requestProgressed, held.toOpaque(), $0)
            }
        }
        guard let started else {
            held.release()
            for text in texts { free(text) }
            throw certificate == nil
                ? WebError(code: "web.start-failed", message: "网页服务无法启动，请检查内存与线程数限制后重试。")
                : WebError(code: "web.certificate-invalid", message: "证书或私钥无效，请检查二者是否配对、是否为 PEM 格式。")
        }
        handle = started
        self.core = held
        self.texts = texts
    }

    /// Takes no more connections. The library's listening socket is to be closed only after `stop()` (libmicrohttpd
    /// manual, MHD_quiesce_daemon).
    borrowing func quiesce() -> CInt { MHD_quiesce_daemon(handle) }

    /// Closes all connections and waits for their threads.
    consuming func stop() {
        MHD_stop_daemon(handle)
        for text in texts { free(text) }
        core.release()
    }

    private static func flags(isSecure: Bool, isVersion6: Bool) -> UInt32 {
        var flags: UInt32 = 0
        for flag in [
            MHD_USE_POLL, MHD_USE_INTERNAL_POLLING_THREAD, MHD_USE_THREAD_PER_CONNECTION, MHD_USE_ITC,
            MHD_USE_ERROR_LOG,
        ] { flags |= flag.rawValue }
        if isSecure { flags |= MHD_USE_TLS.rawValue }
        if isVersion6 { flags |= MHD_USE_IPv6.rawValue }
        return flags
    }

    private static func text(of path: String) throws(WebError) -> UnsafeMutablePointer<CChar> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256 * 1024)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0, let text = strndup(bytes.map(CChar.init(bitPattern:)), count) else { throw unreadable(path) }
        return text
    }

    private static func unreadable(_ path: String) -> WebError {
        WebError(code: "web.certificate-unreadable", message: "证书文件“\(path)”不可读，请检查路径与权限。")
    }
}

/// The daemon's options (libmicrohttpd manual, MHD_OPTION_ARRAY).
private struct Options {
    var items: [MHD_OptionItem] = []

    init(core: ServerCore, socket: CInt) {
        let context = Unmanaged.passUnretained(core).toOpaque()
        let limits = core.limits
        // First, so that what the library says about the other options is heard.
        add(.EXTERNAL_LOGGER, unsafeBitCast(ServerCallbacks.logged, to: Int.self), context)
        add(.NOTIFY_CONNECTION, unsafeBitCast(ServerCallbacks.connectionChanged, to: Int.self), context)
        add(.NOTIFY_COMPLETED, unsafeBitCast(ServerCallbacks.requestCompleted, to: Int.self), context)
        add(.URI_LOG_CALLBACK, unsafeBitCast(ServerCallbacks.targetArrived, to: Int.self), context)
        add(.LISTEN_SOCKET, Int(dup(socket)))
        add(.CONNECTION_LIMIT, limits.connections)
        add(.PER_IP_CONNECTION_LIMIT, limits.connectionsPerAddress)
        add(.CONNECTION_TIMEOUT, limits.idleLimitInSeconds)
        add(.CONNECTION_MEMORY_LIMIT, limits.headLimitInBytes)
        add(.THREAD_STACK_SIZE, limits.stackInBytes)
        // Refuses HTTP/1.1 without Host, and blanks inside the target.
        add(.STRICT_FOR_CLIENT, 1)
    }

    mutating func add(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil) {
        items.append(MHD_OptionItem(option: option, value: value, ptr_value: pointer))
    }

    mutating func add(_ option: MHD_OPTION, _ text: UnsafeMutablePointer<CChar>) { add(option, 0, text) }
}
