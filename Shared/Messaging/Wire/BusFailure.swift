/// What the bus answers when it could not get a service's answer. `slug` is stable and for programs, `message` is for
/// people and says what to do. Never holds personal data.
///
/// After `bus.busy`, `bus.not-allowed`, `bus.unknown-message`, `bus.malformed` and `bus.too-large` the request had no
/// effect. After `bus.deadline`, `bus.worker-lost`, `bus.request-fatal` and `bus.stopped`, and after `bus.no-worker`
/// when the broker was started anew in between, it may have had one: ask again with the same command number.
public struct BusFailure: Error, Codable, Equatable, Sendable {
    public var slug: String
    public var message: String
    /// Present when asking again after that time is worth it; the endpoint then does so by itself until the deadline.
    public var retryAfterInMilliseconds: Int64?

    public init(slug: String, message: String, retryAfterInMilliseconds: Int64? = nil) {
        self.slug = slug
        self.message = message
        self.retryAfterInMilliseconds = retryAfterInMilliseconds
    }

    /// The service's queue is full, or the service asks to come back later.
    public static func busy(retryAfterInMilliseconds: Int64) -> BusFailure {
        BusFailure(
            slug: "bus.busy", message: "该服务正忙，请稍后再试", retryAfterInMilliseconds: retryAfterInMilliseconds)
    }
    /// The caller may not ask this of this service, or may not register under this name.
    public static let notAllowed = BusFailure(slug: "bus.not-allowed", message: "本服务无权发送该请求，请联系系统管理员核对权限表")
    /// No instance of the service took the request.
    public static let noWorker = BusFailure(slug: "bus.no-worker", message: "该服务当前没有运行，请联系系统管理员启动后再试")
    /// The deadline passed before an answer came.
    public static let deadline = BusFailure(slug: "bus.deadline", message: "等待答复超时，请用同一编号再次提交以确认结果")
    /// The instance that had the request is gone, and no other took it over in time.
    public static let workerLost = BusFailure(slug: "bus.worker-lost", message: "处理请求的服务中断，请用同一编号再次提交以确认结果")
    /// Two instances were lost while they had the request in hand: a third one is not tried.
    public static let requestFatal = BusFailure(
        slug: "bus.request-fatal", message: "处理该请求的服务两次中断，已停止重试，请勿重复提交，并联系系统管理员查看该服务的日志")
    /// No instance of the service answers this message.
    public static let unknownMessage = BusFailure(
        slug: "bus.unknown-message", message: "该服务没有这种请求，请核对消息名称，或升级该服务后再试")
    /// The request does not follow the protocol.
    public static let malformed = BusFailure(slug: "bus.malformed", message: "请求格式有误，请对照协议文档")
    /// The message is larger than the bus carries.
    public static let tooLarge = BusFailure(slug: "bus.too-large", message: "内容过大，请分批提交")
    /// The connection is stopped, so no answer can come any more.
    public static let stopped = BusFailure(slug: "bus.stopped", message: "本服务正在停止，请在重新启动后用同一编号再次提交")
    /// A writer says that it holds a store which another is at work on, by an epoch that this store cannot have
    /// reached.
    public static let writerEpoch = BusFailure(
        slug: "bus.writer-epoch", message: "写入者编号跳跃，且另一写入者正在工作，已拒绝登记；请核对存储是否被替换、密钥是否外泄")
    /// Another running process has registered under this instance name.
    public static let instanceTaken = BusFailure(
        slug: "bus.instance-taken", message: "同名实例正在运行，请为本实例改名或先停止另一个")
}
