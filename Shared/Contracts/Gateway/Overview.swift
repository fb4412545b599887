import Domain

/// The overview, as GET /api/v1/overview gives it.
public struct GetOverview: Query {
    public static let name = "gateway.overview.get"
    public static let roles: Set<Role> = [.workingTeam, .systemOperator]
    public typealias Reply = Overview

    public init() {}
}

/// How far the gateway has followed each log.
public struct GetPositions: Query {
    public static let name = "gateway.position.list"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = StreamPositions

    public init() {}
}

/// One track's progress.
public struct TrackCount: Codable, Equatable, Sendable {
    public var track: Track
    public var needed: Int
    public var done: Int
    public var overdue: Int

    public init(track: Track, needed: Int, done: Int, overdue: Int) {
        self.track = track
        self.needed = needed
        self.done = done
        self.overdue = overdue
    }
}

/// People by status.
public struct StatusCount: Codable, Equatable, Sendable {
    public var status: PersonStatus
    public var people: Int

    public init(status: PersonStatus, people: Int) {
        self.status = status
        self.people = people
    }
}

/// One enterprise's progress.
public struct EnterpriseProgress: Codable, Equatable, Sendable {
    public var enterprise: String
    public var name: String
    public var ownership: Ownership
    public var people: Int
    public var handedOver: Int
    public var assets: AssetState
    public var tracks: [TrackCount]

    public init(
        enterprise: String, name: String, ownership: Ownership, people: Int, handedOver: Int, assets: AssetState,
        tracks: [TrackCount]
    ) {
        self.enterprise = enterprise
        self.name = name
        self.ownership = ownership
        self.people = people
        self.handedOver = handedOver
        self.assets = assets
        self.tracks = tracks
    }
}

/// One township's progress.
public struct TownshipProgress: Codable, Equatable, Sendable {
    public var township: String
    public var name: String
    public var people: Int
    public var accepted: Int
    public var handedOver: Int
    public var tracks: [TrackCount]

    public init(township: String, name: String, people: Int, accepted: Int, handedOver: Int, tracks: [TrackCount]) {
        self.township = township
        self.name = name
        self.people = people
        self.accepted = accepted
        self.handedOver = handedOver
        self.tracks = tracks
    }
}

/// A milestone (第五条至第七条) and progress against it.
public struct MilestoneProgress: Codable, Equatable, Sendable {
    public var slug: String
    public var title: String
    public var article: Article
    public var due: CalendarDay
    public var done: Int
    public var total: Int
    public var isOverdue: Bool

    public init(
        slug: String, title: String, article: Article, due: CalendarDay, done: Int, total: Int, isOverdue: Bool
    ) {
        self.slug = slug
        self.title = title
        self.article = article
        self.due = due
        self.done = done
        self.total = total
        self.isOverdue = isOverdue
    }
}

/// How far the gateway has followed a service's log.
public struct StreamPosition: Codable, Equatable, Sendable {
    public var stream: String
    public var applied: Int64
    public var head: Int64

    public init(stream: String, applied: Int64, head: Int64) {
        self.stream = stream
        self.applied = applied
        self.head = head
    }
}

/// A service as the gateway sees it.
public struct ServiceHealth: Codable, Equatable, Sendable {
    public var service: ServiceName
    public var instances: Int
    public var hasWriter: Bool
    public var queued: Int
    /// Events of its log that the gateway has not applied yet.
    public var lag: Int64

    public init(service: ServiceName, instances: Int, hasWriter: Bool, queued: Int, lag: Int64) {
        self.service = service
        self.instances = instances
        self.hasWriter = hasWriter
        self.queued = queued
        self.lag = lag
    }
}

/// Where all of it stands, for the working team (第十八条).
public struct Overview: Codable, Equatable, Sendable {
    public var at: Timestamp
    public var people: Int
    public var statuses: [StatusCount]
    public var tracks: [TrackCount]
    public var enterprises: [EnterpriseProgress]
    public var townships: [TownshipProgress]
    public var milestones: [MilestoneProgress]
    /// Absent when asked over the bus, where `bus.status` tells it.
    public var services: [ServiceHealth]?

    public init(
        at: Timestamp, people: Int, statuses: [StatusCount], tracks: [TrackCount], enterprises: [EnterpriseProgress],
        townships: [TownshipProgress], milestones: [MilestoneProgress], services: [ServiceHealth]? = nil
    ) {
        self.at = at
        self.people = people
        self.statuses = statuses
        self.tracks = tracks
        self.enterprises = enterprises
        self.townships = townships
        self.milestones = milestones
        self.services = services
    }
}

/// The gateway's positions.
public struct StreamPositions: Codable, Equatable, Sendable {
    public var rows: [StreamPosition]

    public init(rows: [StreamPosition]) {
        self.rows = rows
    }
}

extension GatewayRefusal {
    public static let notSignedIn = Refusal("gateway.session.none", .notAllowed, "请先登录。")
    public static let wrongPassword = Refusal(
        "gateway.session.wrong-password", .notAllowed, "账号或密码不对，请重新输入；忘记密码请联系系统运维重设。")
    public static let tooManyAttempts = Refusal(
        "gateway.session.too-many-attempts", .busy, "连续输错次数过多，请 1 分钟后再试。")
    public static let signInBusy = Refusal(
        "gateway.session.busy", .busy, "现在登录的人太多，请稍等片刻再登录。")
    public static let exportsBusy = Refusal(
        "gateway.export.busy", .busy, "现在导出的人太多，或本账号有导出尚未完成，请稍等片刻再导出。")
    public static let partlyDone = Refusal(
        "gateway.form.partly-done", .conflict, "所选各项没有全部办理；未办理的仍在列表中，请按原因更正后重新提交。")
    public static let staleForm = Refusal(
        "gateway.form.stale", .conflict, "页面已过期，请返回刷新后重新提交。")
    public static let codeNeeded = Refusal(
        "gateway.session.code-needed", .notAllowed, "这个账号启用了动态口令，请重新输入密码，并填写手机上此刻显示的六位数字。")
    public static let passwordsDiffer = Refusal(
        "gateway.account.passwords-differ", .invalid, "两次输入的新密码不同，没有修改，请重新输入。")
    public static let mustChangePassword = Refusal(
        "gateway.account.must-change-password", .notAllowed, "密码是他人设定的，请先在网页登录并改成自己的密码。")
    public static let unknownPage = Refusal("gateway.page.unknown", .notFound, "没有这个页面，请从菜单进入。")
    public static let searchEnded = Refusal(
        "gateway.ledger.search-ended", .invalid, "查询链接不完整，或不属于本次登录，请返回台账重新输入姓名或身份证号查询。")
    public static let fileMissing = Refusal("gateway.file.missing", .invalid, "没有选择文件，或所选文件是空的，请选择 .xlsx 或 .csv 名册。")
    public static let cardNotIssued = Refusal(
        "gateway.card.not-issued", .conflict, article: Article(number: 16, paragraph: 3),
        "本人信息已核对，联系卡尚未发放：请在“核对与联系卡”页勾选此人后发放。")
    public static let itemsAndNone = Refusal(
        "gateway.benefits.items-and-none", .invalid,
        "既填写了金额，又勾选了“确认没有统筹外项目”，没有登记：有项目的请取消勾选，没有项目的请清空金额。")
    public static let neitherItemsNorNone = Refusal(
        "gateway.benefits.neither", .invalid, "没有填写金额，没有登记：请填写统筹外项目；没有项目的，请勾选“确认没有统筹外项目”。")
}
