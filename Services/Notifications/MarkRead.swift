import Contracts

extension MarkRead {
    /// Only what is addressed to the officer; again, nothing changes.
    func execute(_ notifications: NotificationsWriter) throws -> Done {
        guard try notifications.hasMessage(message) else { throw NotificationsRefusal.unknownMessage }
        guard try notifications.isAddressed(message, to: notifications.context.officer) else {
            throw CommonRefusal.areaNotEntitled
        }
        try notifications.markRead(message)
        return Done()
    }
}
