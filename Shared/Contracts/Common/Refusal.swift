import Domain

/// A service's "no": it was asked properly, and a rule or the state of things forbids it. Never carries personal data.
public struct Refusal: Error, Codable, Equatable, Sendable {
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case invalid
        case notAllowed = "not-allowed"
        case conflict
        case notFound = "not-found"
        case busy

        /// The one table from kinds to HTTP status codes (RFC 9110).
        public var httpStatus: Int {
            switch self {
            case .invalid: 422
            case .notAllowed: 403
            case .conflict: 409
            case .notFound: 404
            case .busy: 503
            }
        }
    }

    /// Stable for programs, `service.subject.reason`.
    public var slug: String
    public var kind: Kind
    /// The rule it rests on; absent where no article speaks, e.g. of a malformed number.
    public var article: Article?
    /// What is wrong and what to do, in Chinese, for people.
    public var message: String
    /// What exactly, item by item: names of materials, columns, conditions. Never personal data.
    public var details: [String]

    public init(_ slug: String, _ kind: Kind, article: Article? = nil, _ message: String, details: [String] = []) {
        self.slug = slug
        self.kind = kind
        self.article = article
        self.message = message
        self.details = details
    }

    /// The same refusal, saying what exactly is concerned.
    public func naming(_ details: [String]) -> Refusal {
        var copy = self
        copy.details = details
        return copy
    }

    /// One sentence for people: the message, the items, the article.
    public var sentence: String {
        let items = details.isEmpty ? "" : "（\(details.joined(separator: "、"))）"
        let cited = article.map { "依据：\($0.citation)。" } ?? ""
        return message + items + cited
    }
}

/// Refusals that every service makes in the same way.
public enum CommonRefusal {
    public static let roleNotEntitled = Refusal(
        "access.role", .notAllowed, article: Article(number: 19), "该账号的职责不包括此项操作，请由对应职责部门办理。")
    public static let areaNotEntitled = Refusal(
        "access.area", .notAllowed, article: Article(number: 19), "该对象不在本账号的管辖范围内，请由所属乡镇或企业办理。")
    public static let unknownPerson = Refusal(
        "person.unknown", .notFound, "台账中没有此人，可能已随名册撤销，请返回列表重新查询。")
    public static let commandNumberReused = Refusal(
        "command.number-reused", .conflict, "同一命令编号被用于不同内容，请刷新页面后重新提交。")
    public static let malformed = Refusal(
        "request.malformed", .invalid, "请求内容无法识别，请检查必填项和格式后重试。")
    public static let textTooLong = Refusal(
        "request.text-too-long", .invalid, "有一项文字过长，未保存。请缩短后重新提交，长篇材料请作为附件保存。")
    public static let unknownMessage = Refusal(
        "request.unknown", .invalid, "本服务不认识此请求或其版本，请升级程序。")
    public static let storeFull = Refusal(
        "store.disk-full", .busy, "磁盘空间不足，本次未保存。请运维人员清理磁盘后重试。")
    public static let storeBusy = Refusal(
        "store.busy", .busy, "数据文件正被占用，本次未保存。请稍后重试；一直如此的，请运维人员检查是否有其他程序打开了它。")
    public static let memoryFull = Refusal(
        "store.memory", .busy, "服务器内存不足，本次未保存。请运维人员释放或增加内存后重试。")
    public static let internalFault = Refusal(
        "service.internal-fault", .busy, "系统内部错误，本次未办理，数据没有改动。请联系系统运维查看该服务的日志后重试。")
    public static let notRecorded = Refusal(
        "looked.not-recorded", .busy, "查阅记录未能保存，因此本次不显示个人信息。请稍后重试；多次不成请联系系统运维。")
    public static let storeOfAnotherAge = Refusal(
        "store.another-age", .busy, "本服务正在升级数据，或程序与数据的版本不合，请稍后再试；多次不成请联系系统运维。")
}

/// Refusals on account of a service's own log: it takes no commands until a person has looked.
public enum LogRefusal {
    public static let behindOthers = Refusal(
        "log.behind-others", .busy,
        "本服务的数据比其他服务已经见到的旧（可能恢复了较早的备份），为免丢失已办事项，暂停办理。请系统运维执行 jieli reconcile 核对后继续。")
    public static let behindMark = Refusal(
        "log.behind-mark", .busy,
        "本服务的数据比先前保存的旧（可能恢复了较早的备份，或复制时缺了 -wal 文件），暂停办理。请系统运维执行 jieli reconcile 核对后继续。")
    public static let vanished = Refusal(
        "store.vanished", .busy,
        "本服务的数据文件在运行中被移走或删除，暂停办理。请系统运维不要重启该服务，先把文件放回原处；放不回时从备份恢复并执行 jieli reconcile。")
    public static let movedOn = Refusal(
        "log.moved-on", .conflict, "该服务的日志在核对之后又有变化，请重新执行 jieli reconcile 查看后再决定。")
}
