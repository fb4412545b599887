import Contracts
import Domain
import Host
import Store

/// The gateway's own service: projections of what the departments' services tell.
package struct GatewayLogic: ProjectingLogic {
    package static let name = ServiceName.gateway
    package static let migrations = GatewaySchema.migrations + RunSchema.migrations
    package static let projection = [
        "access_change", "timeline", "roster", "tally", "track", "person", "census", "enterprise",
    ]
    package static let follows: [Following<Self>] = [
        Following(.registry, RegistryEvent.self) { try Projection.apply($1.event, $2, GatewayWriter($3)) },
        Following(.archives, ArchivesEvent.self) { try Projection.apply($1.event, $2, GatewayWriter($3)) },
        Following(.partyRelations, PartyRelationsEvent.self) { try Projection.apply($1.event, $2, GatewayWriter($3)) },
        Following(.assets, AssetsEvent.self) { try Projection.apply($1, GatewayWriter($3)) },
        Following(.benefitsLiaison, BenefitsLiaisonEvent.self) {
            try Projection.apply($1.event, $2, GatewayWriter($3))
        },
        Following(.healthRecords, HealthRecordsEvent.self) { try Projection.apply($1.event, $2, GatewayWriter($3)) },
        Following(.accounts, AccountsEvent.self) { try GatewayWriter($3).noteAccess($1, $2.seq) },
        Following(.notifications, NotificationsEvent.self) { try Projection.apply($1.event, $2, GatewayWriter($3)) },
    ]
    package static let parameters: [any AnyParameter] = [Programme.parameter]

    private let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: GatewayCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        switch command {
        case .forgetAccounts:
            try GatewayWriter(context).forgetAccounts()
            return Done()
        case .proveRun(let command): return try command.execute(RunWriter(context: context, tools: tools))
        case .openRun(let command): return try command.execute(RunWriter(context: context, tools: tools))
        case .addRunItems(let command): return try command.execute(RunWriter(context: context, tools: tools))
        case .startRun(let command): return try command.execute(RunWriter(context: context, tools: tools))
        case .stopRun(let command): return try command.execute(RunWriter(context: context, tools: tools))
        case .noteRun(let command): return try command.execute(RunWriter(context: context, tools: tools))
        }
    }

    package func wake(_ context: WriteContext) throws { try RunWriter(context: context, tools: tools).forgetOld() }

    package static func known(
        of stream: ServiceName, after seq: Int64, limit: Int, _ snapshot: Snapshot
    ) throws -> [KnownEvent] {
        try GatewayReads(snapshot).timeline(of: stream, after: seq, limit: limit)
    }

    package func read(_ query: GatewayQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let reads = GatewayReads(context.snapshot)
        return switch query {
        case .getOverview: try OverviewAnswer.make(reads, now: context.now)
        case .listFormerAccounts: try reads.formerAccounts()
        case .getPositions:
            StreamPositions(
                rows: try reads.positions().sorted { $0.key < $1.key }.map {
                    StreamPosition(stream: $0.key, applied: $0.value, head: $0.value)
                })
        }
    }

    /// Nothing of a programme is kept beside it: the overview reckons it each time, of everybody.
    package func decideAnew(_ change: ParameterChange, _ context: WriteContext) throws -> ParameterReach {
        let prefix = "township:"
        return ParameterReach(
            upcoming: try GatewayReads(context.transaction).tallies().filter { $0.key.hasPrefix(prefix) }
                .sorted { $0.key < $1.key }.map { scope, tally in
                    ParameterReach.Unit(area: .township(String(scope.dropFirst(prefix.count))), count: tally.people)
                })
    }
}
