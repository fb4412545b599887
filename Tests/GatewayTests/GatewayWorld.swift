import Contracts
import Domain
import FoundationEssentials
import Glibc
import Host
import Messaging
import Sealing
import Support
import Testing
import Web

@testable import Accounts
@testable import Gateway

/// A broker, a gateway, and a registry that is stood in for, on a real bus in a folder of their own. Requests go in as
/// the web server would hand them over.
final class GatewayWorld {
    static let password = "正确的密码 123"

    let folder: String
    let broker: BrokerServer
    let gateway: ServiceProcess<GatewayLogic>
    let registry: ServiceProcess<StandInRegistry>
    let accounts: ServiceProcess<Accounts>
    let web: GatewayWeb
    private let operators: BusConnection
    private var isBrokerUp = true

    init() throws {
        folder = try TemporaryFolder.make()
        let keys = KeyFolder("\(folder)/keys")
        try FileManager.default.createDirectory(atPath: keys.path, withIntermediateDirectories: true)
        var pairs: [ServiceName: CurveKeyPair] = [:]
        for service in [ServiceName.bus, .gateway, .registry, .accounts, .jieli] {
            let pair = try CurveKeyPair.generate()
            try pair.write(path: keys.curveFile(service), service: service.rawValue)
            _ = try SealingKey.create(at: keys.sealingFile(service))
            pairs[service] = pair
        }
        try Authority.writeKeys(keys)
        let lines = pairs.map { "\($0.key.rawValue) \($0.value.publicKey)\n" }.joined()
        try Data(lines.utf8).write(to: URL(filePath: keys.registryFile))
        let address = "ipc://\(folder)/bus.sock"
        broker = BrokerServer(
            configuration: BrokerConfiguration(addresses: [address], keys: try #require(pairs[.bus])),
            registry: try KeyRegistry(path: keys.registryFile), policy: ContractPolicy(), clock: SystemClock(),
            randomness: SystemRandomness())
        try broker.start()
        let data = folder
        func arguments(_ service: ServiceName) -> [String] {
            ["--data", "\(data)/\(service.rawValue)", "--keys", keys.path, "--bus", address]
        }
        let registryOptions = try ServiceOptions(arguments(.registry))
        let gatewayOptions = try ServiceOptions(arguments(.gateway))
        registry = try ServiceProcess(options: registryOptions)
        gateway = try ServiceProcess(options: gatewayOptions)
        accounts = try ServiceProcess(options: try ServiceOptions(arguments(.accounts)))
        try registry.start()
        try accounts.start()
        try gateway.start()
        let own = try #require(pairs[.jieli])
        operators = BusConnection(
            configuration: BusConfiguration(
                address: address, brokerPublicKey: try #require(pairs[.bus]).publicKey, publicKey: own.publicKey,
                secretKey: own.secretKey),
            registration: Registration(service: "jieli", instance: "jieli-1", role: .client), clock: SystemClock(),
            randomness: SystemRandomness(), handler: Deaf())
        try operators.start()
        web = try GatewayWeb(desk: Desk(process: gateway))
        try #require(Self.eventually { (try? self.web.desk.busStatus()) != nil && self.registryAnswers() })
    }

    deinit {
        web.stop()
        operators.stop(drainInMilliseconds: 0)
        gateway.stop()
        registry.stop()
        accounts.stop()
        stopBroker()
        TemporaryFolder.remove(folder)
    }

    private func registryAnswers() -> Bool { (try? web.desk.ask(ListEnterprises(), as: .proven(.operations))) != nil }

    func stopBroker() {
        if isBrokerUp { broker.stop() }
        isBrokerUp = false
    }

    /// Enters an account over the bus, as the operators' command line does.
    func account(_ user: String, _ role: Role, displayName: String = "测试账号", password: String = password) throws {
        let command = RecordAccount(
            user: user, displayName: displayName, role: role, area: Self.area(of: role), password: password,
            replaces: true)
        var status: ReplyStatus?
        for _ in 0..<50 where status != .done {
            status = try? operators.askAndWait(
                OutgoingRequest(
                    service: ServiceName.accounts.rawValue, message: RecordAccount.name,
                    body: try JSONCoding.bytes(command), timeoutInMilliseconds: 2000)
            ).status
            if status != .done { usleep(50_000) }
        }
        try #require(status == .done)
    }

    /// Has the registry told of an enterprise, and waits until the gateway knows it.
    func enterprise(named name: String) throws {
        try web.desk.order(
            RecordEnterprise(
                code: Sample.enterprise, name: name, ownership: .county, isFinancial: false, hasVanished: false,
                hasAnnuity: false), as: .proven(.humanResources), number: CommandNumber(session: 1, counter: 1))
    }

    /// The token of the first form on a page.
    static func token(in page: String) -> String? {
        page.firstRange(of: "name=\"token\" value=\"").map { page[$0.upperBound...].prefix { $0 != "\"" } }
            .map(String.init)
    }

    private static func area(of role: Role) -> Area {
        switch role {
        case .township: .township(Sample.township)
        case .enterprise: .enterprise(Sample.enterprise)
        default: .county
        }
    }

    // MARK: Requests

    func get(_ path: String, _ cookie: String? = nil, query: [WebField] = [], headers: [WebField] = []) -> WebResponse {
        web.respond(to: WebRequest(path: path, query: query, headers: headers + Self.cookie(cookie)))
    }

    func post(_ path: String, _ cookie: String? = nil, fields: [WebField]) -> WebResponse {
        web.respond(to: WebRequest(method: .post, path: path, headers: Self.cookie(cookie), fields: fields))
    }

    func signIn(_ user: String, _ password: String = password, next: String = "") -> WebResponse {
        post(
            "/signin",
            fields: [WebField("user", user), WebField("password", password), WebField("next", next)])
    }

    /// Enters an account and signs it in; gives back the cookie.
    func session(_ user: String, _ role: Role, displayName: String = "测试账号") throws -> String {
        try account(user, role, displayName: displayName)
        return try #require(signIn(user).cookies.first).value
    }

    static func basic(_ user: String, _ password: String = password) -> [WebField] {
        [WebField("Authorization", "Basic " + Data("\(user):\(password)".utf8).base64EncodedString())]
    }

    private static func cookie(_ value: String?) -> [WebField] {
        value.map { [WebField("Cookie", "jieli=\($0)")] } ?? []
    }

    /// Looks every few milliseconds for at most ten seconds whether a condition holds.
    static func eventually(_ condition: () -> Bool) -> Bool {
        for _ in 0..<500 {
            if condition() { return true }
            usleep(20_000)
        }
        return false
    }
}

/// The operators' side of the bus only asks.
private struct Deaf: BusHandler {
    func received(_ request: IncomingRequest) {}
}

extension WebResponse {
    var text: String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "" }
}

extension Acting {
    /// An officer of whom the tests' own authority says that it is so.
    static func proven(_ officer: Officer) -> Acting {
        Acting(officer: officer, session: nil) { try Authority.context(officer) }
    }
}
