import Contracts
import Host

/// What the gateway learns from each event. One exhaustive list: an event that changes no figure still enters the
/// person's timeline.
enum Projection {
    static func apply(_ event: ReceivedEvent, _ gateway: GatewayWriter) throws {
        switch event.content {
        case .registry(let content): try registry(content, event, gateway)
        case .archives(let content): try archives(content, event, gateway)
        case .partyRelations(let content): try partyRelations(content, event, gateway)
        case .assets(let content): try assets(content, gateway)
        case .benefitsLiaison(let content): try benefits(content, event, gateway)
        case .healthRecords(.recordOpened(let content)):
            try gateway.update(content.person, by: event, RecordOpened.name) { $0.done.insert(TrackSet(.health)) }
        case .notifications(let content): try notifications(content, event, gateway)
        }
    }

    private static func registry(_ content: RegistryEvent, _ event: ReceivedEvent, _ gateway: GatewayWriter) throws {
        switch content {
        case .enterpriseRecorded(let content): try gateway.save(content)
        case .rosterClosed(let content): try gateway.save(content)
        case .rosterUndone(let content): try gateway.remove(content)
        case .personRegistered(let content):
            try gateway.update(content.person, by: event, PersonRegistered.name) {
                $0.enterprise = content.enterprise
                $0.township = content.township
            }
        case .partyMembershipNoted(let content):
            try gateway.update(content.person, by: event, PartyMembershipNoted.name) {
                $0.needed.insert(TrackSet(.party))
            }
        case .partyMembershipEnded(let content):
            try gateway.update(content.person, by: event, PartyMembershipEnded.name) {
                $0.needed.remove(TrackSet(.party))
            }
        case .outOfPoolNoted(let content):
            try gateway.update(content.person, by: event, OutOfPoolNoted.name) { $0.needed.insert(TrackSet(.benefits)) }
        case .fileRuleNoted(let content): try gateway.update(content.person, by: event, FileRuleNoted.name) { _ in }
        case .personWithdrawn(let content): try gateway.remove(content.person)
        case .personVerified(let content):
            try gateway.update(content.person, by: event, PersonVerified.name) { $0.status = .verified }
        case .personApplied(let content):
            try gateway.update(content.person, by: event, PersonApplied.name) { $0.status = .applied }
        case .personReturned(let content):
            try gateway.update(content.person, by: event, PersonReturned.name) { $0.status = .verified }
        case .personAccepted(let content):
            try gateway.update(content.person, by: event, PersonAccepted.name) {
                $0.status = .accepted
                $0.done.insert(TrackSet(.acceptance))
            }
        case .personConfirmed(let content): try gateway.update(content.person, by: event, PersonConfirmed.name) { _ in }
        case .cardIssued(let content):
            try gateway.update(content.person, by: event, CardIssued.name) { $0.done.insert(TrackSet(.confirmation)) }
        case .personHandedOver(let content):
            try gateway.update(content.person, by: event, PersonHandedOver.name) { $0.status = .handedOver }
        case .personReopened(let content):
            try gateway.update(content.person, by: event, PersonReopened.name) { $0.status = .accepted }
        case .applicationSubmitted, .applicationRefused, .applicationAccepted, .contactRecorded: break
        }
    }

    private static func archives(_ content: ArchivesEvent, _ event: ReceivedEvent, _ gateway: GatewayWriter) throws {
        switch content {
        case .fileReceived(let content):
            try gateway.update(content.person, by: event, FileReceived.name) { $0.done.insert(TrackSet(.archives)) }
        case .fileReturned(let content):
            try gateway.update(content.person, by: event, FileReturned.name) { $0.done.remove(TrackSet(.archives)) }
        case .fileReleased(let content):
            try gateway.update(content.person, by: event, FileReleased.name) { $0.done.remove(TrackSet(.archives)) }
        case .fileHeldBack(let content):
            try gateway.update(content.person, by: event, FileHeldBack.name) { $0.done.insert(TrackSet(.archives)) }
        }
    }

    private static func partyRelations(
        _ content: PartyRelationsEvent, _ event: ReceivedEvent, _ gateway: GatewayWriter
    ) throws {
        switch content {
        case .transferPrepared(let content):
            try gateway.update(content.person, by: event, TransferPrepared.name) { _ in }
        case .transferSent(let content): try gateway.update(content.person, by: event, TransferSent.name) { _ in }
        case .transferAccepted(let content):
            try gateway.update(content.person, by: event, TransferAccepted.name) { _ in }
        case .transferReturned(let content):
            try gateway.update(content.person, by: event, TransferReturned.name) { _ in }
        case .membershipDenied(let content):
            try gateway.update(content.person, by: event, MembershipDenied.name) { _ in }
        case .memberPlaced(let content):
            try gateway.update(content.person, by: event, MemberPlaced.name) { $0.done.insert(TrackSet(.party)) }
        }
    }

    private static func assets(_ content: AssetsEvent, _ gateway: GatewayWriter) throws {
        switch content {
        case .inventoryRecorded(let content): try gateway.setAssets(.inventoried, of: content.enterprise)
        case .noAssetsDeclared(let content): try gateway.setAssets(.none, of: content.enterprise)
        case .agreementSigned(let content): try gateway.setAssets(.agreed, of: content.enterprise)
        case .assetsHandedOver(let content): try gateway.setAssets(.handedOver, of: content.enterprise)
        }
    }

    private static func benefits(
        _ content: BenefitsLiaisonEvent, _ event: ReceivedEvent, _ gateway: GatewayWriter
    ) throws {
        switch content {
        case .surveyFrozen, .intakeListBuilt: break
        case .benefitsRegistered(let content):
            try gateway.update(content.person, by: event, BenefitsRegistered.name) {
                $0.done.insert(TrackSet(.benefits))
            }
        case .personListed(let content):
            try gateway.update(content.person, by: event, PersonListed.name) {
                $0.done.insert(TrackSet(.socialInsurance))
            }
        case .personChecked(let content):
            // What the agency found different is to be worked off before the track is done (第十六条（四）).
            try gateway.update(content.person, by: event, PersonChecked.name) {
                if content.result == .matches {
                    $0.done.insert(TrackSet(.socialInsurance))
                } else {
                    $0.done.remove(TrackSet(.socialInsurance))
                }
            }
        }
    }

    private static func notifications(
        _ content: NotificationsEvent, _ event: ReceivedEvent, _ gateway: GatewayWriter
    ) throws {
        switch content {
        case .deadlinePassed(let content):
            try gateway.update(content.person, by: event, DeadlinePassed.name) {
                $0.overdue.insert(TrackSet(content.track))
            }
        case .lateTrackDone(let content):
            try gateway.update(content.person, by: event, LateTrackDone.name) {
                $0.overdue.remove(TrackSet(content.track))
            }
        case .announcementPublished, .supervisionOpened, .supervisionAnswered, .supervisionClosed: break
        }
    }
}
