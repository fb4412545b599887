import Contracts
import Domain
import Host
import Store

/// How long a sign-in lasts (NIST SP 800-63B-4, section 2.2.3: twelve hours and one hour of no use at level 2; an
/// office's day may have its lunch).
struct SessionLimits: Equatable {
    var idleInMinutes: Int
    var longestInHours: Int

    static let idle = Parameter<Int>(
        "accounts.session.idle", title: "无操作后须重新登录", form: "分钟数，5 至 720 的整数", roles: [.workingTeam],
        defaults: [DatedValue(120, from: Article.effectiveDay, source: "系统初始值")],
        isValid: { (5...720).contains($0) }, text: { "\($0) 分钟没有操作" })
    static let longest = Parameter<Int>(
        "accounts.session.longest", title: "一次登录最长时间", form: "小时数，1 至 24 的整数", roles: [.workingTeam],
        defaults: [DatedValue(12, from: Article.effectiveDay, source: "系统初始值")],
        isValid: { (1...24).contains($0) }, text: { "登录满 \($0) 小时" })
    static let parameters: [any AnyParameter] = [idle, longest]

    init(_ snapshot: Snapshot, on day: CalendarDay) throws {
        idleInMinutes = (try snapshot.value(of: Self.idle, on: day) ?? Self.idle.defaults[0]).value
        longestInHours = (try snapshot.value(of: Self.longest, on: day) ?? Self.longest.defaults[0]).value
    }

    var idleInMilliseconds: Int64 { Int64(idleInMinutes) * 60_000 }
    var longestInMilliseconds: Int64 { Int64(longestInHours) * 3_600_000 }
}
