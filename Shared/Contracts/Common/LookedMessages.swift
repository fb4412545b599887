import Domain

/// Asks who looked at whose data (个人信息保护法 第四十五条、第五十一条). A query that every service answers, to the data
/// protection officer alone.
public struct ListLooked: Codable, Sendable {
    public static let name = "looked.list"
    public static let version = 1
    public static let roles: Set<Role> = [.dataProtection]
    public static let mostRows = 500

    /// At whose data, e.g. `person:17`; nil of everybody.
    public var subject: String?
    /// An account; nil of all.
    public var user: String?
    public var from: CalendarDay?
    /// The last day.
    public var until: CalendarDay?
    /// What is unusual in place of the rows, see `UnusualLooking`.
    public var isUnusualOnly: Bool?
    /// The last row of the page before.
    public var after: LookedRow?
    public var limit: Int

    public init(
        subject: String? = nil, user: String? = nil, from: CalendarDay? = nil, until: CalendarDay? = nil,
        isUnusualOnly: Bool? = nil, after: LookedRow? = nil, limit: Int
    ) {
        self.subject = subject
        self.user = user
        self.from = from
        self.until = until
        self.isUnusualOnly = isUnusualOnly
        self.after = after
        self.limit = limit
    }
}

/// One subject's data, seen by one account in the answers to one message on one day.
public struct LookedRow: Codable, Equatable, Sendable {
    public var day: CalendarDay
    public var subject: String
    public var user: String
    public var role: Role
    /// The query that was answered.
    public var message: String
    public var times: Int
    public var lastAt: Timestamp
    /// Of the last look, the beginning of the digest of the assertion that proved who asked.
    public var proof: String?

    public init(
        day: CalendarDay, subject: String, user: String, role: Role, message: String, times: Int, lastAt: Timestamp,
        proof: String? = nil
    ) {
        self.day = day
        self.subject = subject
        self.user = user
        self.role = role
        self.message = message
        self.times = times
        self.lastAt = lastAt
        self.proof = proof
    }
}

/// A page of looks, the latest day first.
public struct LookedRows: Codable, Equatable, Sendable {
    public var rows: [LookedRow]
    public var hasMore: Bool
    /// Accounts that looked in an unusual way within the days that were asked for; where they were asked for.
    public var unusual: [UnusualLooking]

    public init(rows: [LookedRow], hasMore: Bool, unusual: [UnusualLooking]) {
        self.rows = rows
        self.hasMore = hasMore
        self.unusual = unusual
    }
}

/// An account's looking on one day that somebody should ask about.
public struct UnusualLooking: Codable, Equatable, Sendable {
    /// More people than this on one day are many.
    public static let manyPeople = 300
    /// From this hour to the other nobody works, in Asia/Shanghai.
    public static let night = (from: 22, until: 6)

    public var day: CalendarDay
    public var user: String
    public var role: Role
    public var people: Int
    public var times: Int
    public var isAtNight: Bool

    public init(day: CalendarDay, user: String, role: Role, people: Int, times: Int, isAtNight: Bool) {
        self.day = day
        self.user = user
        self.role = role
        self.people = people
        self.times = times
        self.isAtNight = isAtNight
    }

    /// Why it is listed, for people.
    public var reason: String {
        var reasons: [String] = []
        if people > Self.manyPeople { reasons.append("一天内查阅 \(people) 人") }
        if isAtNight { reasons.append("\(Self.night.from) 时至次日 \(Self.night.until) 时查阅") }
        return reasons.joined(separator: "、")
    }
}
