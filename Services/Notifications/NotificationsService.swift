import Contracts
import Host

/// Messages, deadlines and escalation, announcements and supervision notices (通知督办, 第十七条至第二十二条).
struct Notifications: ServiceLogic {
    static let name = ServiceName.notifications
    static let migrations = NotificationsSchema.migrations

    let tools: ServiceTools

    func execute(_ command: NotificationsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let notifications = NotificationsWriter(context, tools.sealer)
        return switch command {
        case .publishAnnouncement(let command): try command.execute(notifications)
        case .markRead(let command): try command.execute(notifications)
        case .openSupervision(let command): try command.execute(notifications)
        case .answerSupervision(let command): try command.execute(notifications)
        case .closeSupervision(let command): try command.execute(notifications)
        }
    }

    func read(_ query: NotificationsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let notifications = NotificationsReader(context, tools.sealer)
        return switch query {
        case .inbox(let query): try query.read(notifications)
        case .countUnread(let query): try query.read(notifications)
        case .listSupervision(let query): try query.read(notifications)
        case .listOverdue(let query): try query.read(notifications)
        }
    }

    func apply(_ event: ReceivedEvent, _ context: WriteContext) throws {
        let notifications = NotificationsWriter(context, tools.sealer)
        try TrackEvents.apply(event, notifications)
        try EventMessages.apply(event, notifications)
    }

    func wake(_ context: WriteContext) throws {
        try PassedDeadlines.find(NotificationsWriter(context, tools.sealer))
    }
}

@main
enum Main {
    static func main() { ServiceProcess<Notifications>.main() }
}
