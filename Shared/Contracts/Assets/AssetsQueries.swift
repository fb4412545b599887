import Domain

/// What the assets (资产划转) service can be asked.
public enum AssetsQuery: MessageSet {
    case getAssets(GetAssets)
    case assetsWork(AssetsWork)

    public static let table: [MessageEntry<AssetsQuery>] = [
        MessageEntry(AssetsQuery.getAssets),
        MessageEntry(AssetsQuery.assetsWork),
    ]
}

/// One enterprise's assets.
public struct GetAssets: Query {
    public static let name = "assets.enterprise.get"
    public static let roles: Set<Role> = [.finance, .naturalResources, .enterprise, .township, .workingTeam]
    public typealias Reply = AssetRecord

    public var enterprise: String

    public init(enterprise: String) {
        self.enterprise = enterprise
    }
}

/// Enterprises within the asker's area and where their assets stand.
public struct AssetsWork: Query {
    public static let name = "assets.work.list"
    public static let roles: Set<Role> = [.finance, .naturalResources, .enterprise, .township, .workingTeam]
    public typealias Reply = AssetRecords

    public var state: AssetState?

    public init(state: AssetState? = nil) {
        self.state = state
    }
}
