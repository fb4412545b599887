import Contracts
import Host

/// What the gateway learns from each event: of a person what the event itself says it changes, of the rest what is
/// listed here.
enum Projection {
    static func apply(_ event: any Event, _ received: ReceivedEvent, _ gateway: GatewayWriter) throws {
        switch event {
        case let event as PersonWithdrawn: return try gateway.remove(event.person)
        case let event as EnterpriseRecorded: try gateway.save(event)
        case let event as RosterClosed: try gateway.save(event)
        case let event as RosterUndone: try gateway.remove(event)
        default: break
        }
        guard let event = event as? any PersonEvent else { return }
        try gateway.update(by: event, received)
    }

    static func apply(_ event: AssetsEvent, _ gateway: GatewayWriter) throws {
        switch event {
        case .inventoryRecorded(let event): try gateway.setAssets(.inventoried, of: event.enterprise)
        case .noAssetsDeclared(let event): try gateway.setAssets(.none, of: event.enterprise)
        case .agreementSigned(let event): try gateway.setAssets(.agreed, of: event.enterprise)
        case .assetsHandedOver(let event): try gateway.setAssets(.handedOver, of: event.enterprise)
        }
    }
}
