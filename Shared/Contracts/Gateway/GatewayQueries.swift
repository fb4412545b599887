import Domain

/// What the gateway (工作专班网关) service can be asked.
public enum GatewayQuery: MessageSet {
    case getOverview(GetOverview)
    case getPositions(GetPositions)

    public static let table: [MessageEntry<GatewayQuery>] = [
        MessageEntry(GatewayQuery.getOverview),
        MessageEntry(GatewayQuery.getPositions),
    ]
}

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
