import CMicroHTTPD
import Glibc

/// libmicrohttpd's daemon, with one thread per connection, on which handlers may block. It has no listening socket: its
/// connections come from the `Door`.
struct WebDaemon: ~Copyable, @unchecked Sendable {
    // The library allows its daemon to be used from any thread.
    private let handle: OpaquePointer
    private let core: Unmanaged<ServerCore>

    init(core: ServerCore) throws(WebError) {
        var options = Options(core: core)
        options.add(.END, 0)
        let held = Unmanaged.passRetained(core)
        var flags: UInt32 = 0
        for flag in [
            MHD_USE_POLL, MHD_USE_INTERNAL_POLLING_THREAD, MHD_USE_THREAD_PER_CONNECTION, MHD_USE_ITC,
            MHD_USE_ERROR_LOG, MHD_USE_NO_LISTEN_SOCKET,
        ] { flags |= flag.rawValue }
        let started = options.items.withUnsafeMutableBufferPointer { items in
            withVaList([CInt(MHD_OPTION.ARRAY.rawValue), items.baseAddress!, CInt(MHD_OPTION.END.rawValue)]) {
                MHD_start_daemon_va(
                    flags, 0, nil, nil, ServerCallbacks.requestProgressed, held.toOpaque(), $0)
            }
        }
        guard let started else {
            held.release()
            throw WebError(code: "web.start-failed", message: "网页服务无法启动，请检查内存与线程数限制后重试。")
        }
        handle = started
        self.core = held
    }

    /// Takes a connection, which it closes whatever happens (libmicrohttpd manual, MHD_add_connection). Not to be
    /// called after `stop()`.
    var handOver: Doorkeeper.HandOver {
        let daemon = DaemonHandle(pointer: handle)
        return { socket, address, length in MHD_add_connection(daemon.pointer, socket, address, length) == .YES }
    }

    /// Closes all connections and waits for their threads.
    consuming func stop() {
        MHD_stop_daemon(handle)
        core.release()
    }
}

private struct DaemonHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// The daemon's options (libmicrohttpd manual, MHD_OPTION_ARRAY).
private struct Options {
    var items: [MHD_OptionItem] = []

    init(core: ServerCore) {
        let context = Unmanaged.passUnretained(core).toOpaque()
        let limits = core.limits
        // First, so that what the library says about the other options is heard.
        add(.EXTERNAL_LOGGER, unsafeBitCast(ServerCallbacks.logged, to: Int.self), context)
        add(.NOTIFY_CONNECTION, unsafeBitCast(ServerCallbacks.connectionChanged, to: Int.self), context)
        add(.NOTIFY_COMPLETED, unsafeBitCast(ServerCallbacks.requestCompleted, to: Int.self), context)
        // The door counts; what has ended and is not cleared away yet comes on top.
        add(.CONNECTION_LIMIT, 2 * limits.threads)
        add(.CONNECTION_TIMEOUT, limits.idleLimitInSeconds)
        // Beside the head, its parts as the library divides them.
        add(.CONNECTION_MEMORY_LIMIT, 4 * limits.headLimitInBytes)
        add(.THREAD_STACK_SIZE, limits.stackInBytes)
        add(.STRICT_FOR_CLIENT, 1)
    }

    mutating func add(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil) {
        items.append(MHD_OptionItem(option: option, value: value, ptr_value: pointer))
    }
}
