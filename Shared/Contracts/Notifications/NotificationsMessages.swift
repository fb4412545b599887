/// What the notifications (通知督办) service can be told to do.
public enum NotificationsCommand: MessageSet {
    case publishAnnouncement(PublishAnnouncement)
    case markRead(MarkRead)
    case openSupervision(OpenSupervision)
    case answerSupervision(AnswerSupervision)
    case closeSupervision(CloseSupervision)

    public static let table: [MessageEntry<NotificationsCommand>] = [
        MessageEntry(NotificationsCommand.publishAnnouncement),
        MessageEntry(NotificationsCommand.markRead),
        MessageEntry(NotificationsCommand.openSupervision),
        MessageEntry(NotificationsCommand.answerSupervision),
        MessageEntry(NotificationsCommand.closeSupervision),
    ]
}

/// What the notifications (通知督办) service can be asked.
public enum NotificationsQuery: MessageSet {
    case inbox(Inbox)
    case countUnread(CountUnread)
    case listSupervision(ListSupervision)
    case listOverdue(ListOverdue)

    public static let table: [MessageEntry<NotificationsQuery>] = [
        MessageEntry(NotificationsQuery.inbox),
        MessageEntry(NotificationsQuery.countUnread),
        MessageEntry(NotificationsQuery.listSupervision),
        MessageEntry(NotificationsQuery.listOverdue),
    ]
}

/// What the notifications (通知督办) service tells the others.
public enum NotificationsEvent: EventSet {
    case announcementPublished(AnnouncementPublished)
    case supervisionOpened(SupervisionOpened)
    case supervisionAnswered(SupervisionAnswered)
    case supervisionClosed(SupervisionClosed)
    case deadlinePassed(DeadlinePassed)
    case lateTrackDone(LateTrackDone)

    public static let table: [MessageEntry<NotificationsEvent>] = [
        MessageEntry(event: NotificationsEvent.announcementPublished),
        MessageEntry(event: NotificationsEvent.supervisionOpened),
        MessageEntry(event: NotificationsEvent.supervisionAnswered),
        MessageEntry(event: NotificationsEvent.supervisionClosed),
        MessageEntry(event: NotificationsEvent.deadlinePassed),
        MessageEntry(event: NotificationsEvent.lateTrackDone),
    ]

    public var event: any Event {
        switch self {
        case .announcementPublished(let event): event
        case .supervisionOpened(let event): event
        case .supervisionAnswered(let event): event
        case .supervisionClosed(let event): event
        case .deadlinePassed(let event): event
        case .lateTrackDone(let event): event
        }
    }
}

/// The notifications service's refusals.
public enum NotificationsRefusal {}
