import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Sealing
import Support

@testable import Accounts
@testable import Archives
@testable import Assets
@testable import BenefitsLiaison
@testable import Gateway
@testable import HealthRecords
@testable import Notifications
@testable import PartyRelations
@testable import Registry

/// The real services of a county in this process, on a real bus with real keys, in a folder of its own.
final class RunningCounty {
    let folder: String
    private(set) var gateway: ServiceProcess<GatewayLogic>
    private let broker: BrokerServer
    private let operations: BusConnection
    private let options: ServiceOptions
    private var stops: [ServiceName: () -> Void] = [:]

    init() throws {
        folder = try TemporaryFolder.make()
        let keys = KeyFolder("\(folder)/keys")
        try Folders.make(keys.path)
        var trusted = ""
        for service in ServiceName.allCases {
            let pair = try CurveKeyPair.generate()
            try pair.write(path: keys.curveFile(service), service: service.rawValue)
            trusted += "\(service.rawValue) \(pair.publicKey)\n"
            _ = try SealingKey.create(at: keys.sealingFile(service))
        }
        try Authority.writeKeys(keys)
        try Data(trusted.utf8).write(to: URL(filePath: keys.registryFile))
        let address = "ipc://\(folder)/bus.sock"
        broker = BrokerServer(
            configuration: BrokerConfiguration(
                addresses: [address], keys: try CurveKeyPair.read(path: keys.curveFile(.bus)).keys),
            registry: try KeyRegistry(path: keys.registryFile), policy: ContractPolicy(), clock: SystemClock(),
            randomness: SystemRandomness())
        try broker.start()
        options = try ServiceOptions(
            ["--data", "\(folder)/data", "--keys", keys.path, "--bus", address])
        gateway = try ServiceProcess<GatewayLogic>(options: options)
        let pair = try CurveKeyPair.read(path: keys.curveFile(.jieli)).keys
        operations = BusConnection(
            configuration: BusConfiguration(
                address: address, brokerPublicKey: try keys.publicKey(of: .bus), publicKey: pair.publicKey,
                secretKey: pair.secretKey),
            registration: Registration(service: "jieli", instance: "jieli-test", role: .client),
            clock: SystemClock(), randomness: SystemRandomness(), handler: NoRequests())
        try start(Registry.self)
        try start(Archives.self)
        try start(PartyRelations.self)
        try start(Assets.self)
        try start(BenefitsLiaison.self)
        try start(HealthRecords.self)
        try start(Notifications.self)
        try start(Accounts.self)
        try gateway.start()
        try operations.start()
    }

    func start<Logic: ServiceLogic>(_ logic: Logic.Type) throws {
        let process = try ServiceProcess<Logic>(options: options)
        try process.start()
        stops[Logic.name] = { process.stop() }
    }

    /// Stops the gateway and starts it again on its store.
    func restartGateway() throws -> ServiceProcess<GatewayLogic> {
        gateway.stop()
        gateway = try ServiceProcess<GatewayLogic>(options: options)
        try gateway.start()
        return gateway
    }

    func stop(_ service: ServiceName) { stops.removeValue(forKey: service)?() }

    func stop() {
        operations.stop(drainInMilliseconds: 0)
        gateway.stop()
        for stop in stops.values { stop() }
        broker.stop()
        TemporaryFolder.remove(folder)
    }

    /// Orders something over the bus with the operators' key.
    func order<C: Command>(_ command: C, of service: ServiceName, as officer: Officer) throws {
        let reply = try operations.askAndWait(
            OutgoingRequest(
                service: service.rawValue, message: C.name, version: UInt16(C.version),
                context: try Authority.context(officer), body: try JSONCoding.bytes(command),
                timeoutInMilliseconds: 20_000))
        if reply.status == .refused { throw try JSONCoding.value(Refusal.self, from: reply.body) }
    }
}

private struct NoRequests: BusHandler {
    func received(_ request: IncomingRequest) {}
    func heads(_ heads: [StreamHead]) {}
    func refused(_ failure: BusFailure) {}
}
