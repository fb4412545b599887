import Contracts
import Domain
import Messaging

/// The broker's account of the instances.
struct BusStatus: Sendable {
    let snapshot: BrokerSnapshot

    static func ask(_ bus: BusClient, patienceInMilliseconds: Int64) throws -> BusStatus {
        let body = try bus.ask(
            .bus, Broker.statusMessage, [], as: .program, patienceInMilliseconds: patienceInMilliseconds)
        return BusStatus(snapshot: try JSONCoding.value(BrokerSnapshot.self, from: body))
    }

    var servicesWithWriter: Set<ServiceName> {
        Set(snapshot.instances.filter(\.isActiveWriter).compactMap { ServiceName(rawValue: $0.service) })
    }
}
