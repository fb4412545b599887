import Contracts
import Host

/// Messages, deadlines and escalation, announcements and supervision notices (通知督办, 第十七条至第二十二条).
package struct Notifications: ServiceLogic {
    package static let name = ServiceName.notifications
    package static let migrations = NotificationsSchema.migrations
    /// What starts and ends tracks comes before the messages, which may name what it has entered.
    package static let follows: [Following<Self>] = [
        Following(.registry, RegistryEvent.self) { service, content, event, context in
            let notifications = NotificationsWriter(context, service.tools.sealer)
            try TrackEvents.apply(content, at: event.at, notifications)
            try EventMessages(at: event.at, notifications).send(for: content)
        },
        Following(.archives, ArchivesEvent.self) { service, content, _, context in
            try TrackEvents.apply(content.event, NotificationsWriter(context, service.tools.sealer))
        },
        Following(.partyRelations, PartyRelationsEvent.self) { service, content, _, context in
            try TrackEvents.apply(content.event, NotificationsWriter(context, service.tools.sealer))
        },
        Following(.assets, AssetsEvent.self) { service, content, event, context in
            try EventMessages(at: event.at, NotificationsWriter(context, service.tools.sealer)).send(for: content)
        },
        Following(.benefitsLiaison, BenefitsLiaisonEvent.self) { service, content, event, context in
            let notifications = NotificationsWriter(context, service.tools.sealer)
            try TrackEvents.apply(content.event, notifications)
            try EventMessages(at: event.at, notifications).send(for: content)
        },
        Following(.healthRecords, HealthRecordsEvent.self) { service, content, _, context in
            try TrackEvents.apply(content.event, NotificationsWriter(context, service.tools.sealer))
        },
    ]
    package static let parameters = Track.deadlines

    let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: NotificationsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let notifications = NotificationsWriter(context, tools.sealer)
        return switch command {
        case .publishAnnouncement(let command): try command.execute(notifications)
        case .markRead(let command): try command.execute(notifications)
        case .openSupervision(let command): try command.execute(notifications)
        case .answerSupervision(let command): try command.execute(notifications)
        case .closeSupervision(let command): try command.execute(notifications)
        }
    }

    package func read(_ query: NotificationsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let notifications = NotificationsReader(context, tools.sealer)
        return switch query {
        case .inbox(let query): try query.read(notifications)
        case .countUnread(let query): try query.read(notifications)
        case .listSupervision(let query): try query.read(notifications)
        case .listOverdue(let query): try query.read(notifications)
        }
    }

    package func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool {
        switch work.name {
        case PassedDeadlines.work.name: try PassedDeadlines.find(NotificationsWriter(context, tools.sealer))
        case SealedColumn.binding.name:
            try SealedColumn.bindAll(
                [NotificationsReads.subject, NotificationsReads.answer], context.transaction, tools.sealer)
        default: throw UnreadableValue()
        }
    }

    package func wake(_ context: WriteContext) throws {
        if try !PassedDeadlines.find(NotificationsWriter(context, tools.sealer)) {
            try context.begin(PassedDeadlines.work)
        }
    }

    package func decideAnew(_ change: ParameterChange, _ context: WriteContext) throws -> ParameterReach {
        try NotificationsWriter(context, tools.sealer).decideAnew(change)
    }
}
