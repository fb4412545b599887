import Contracts
import Messaging

/// The broker's questions, answered from the one table in the contracts.
public struct ContractPolicy: BusPolicy {
    public init() {}

    public func mayAsk(caller: String, service: String, message: String) -> Bool {
        guard let caller = ServiceName(rawValue: caller), let service = ServiceName(rawValue: service) else {
            return false
        }
        return AccessTable.mayAsk(caller, service, message)
    }

    public func mayRead(caller: String, stream: String) -> Bool {
        guard let caller = ServiceName(rawValue: caller) else { return false }
        // How far others have followed a log is its own service's to hear.
        guard let log = ServiceName(rawValue: stream) else { return OwnLog.positions(of: caller).contains(stream) }
        return AccessTable.mayRead(caller, log: log)
    }
}
