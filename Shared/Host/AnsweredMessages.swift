import Contracts
import Messaging

extension ServiceLogic {
    /// What each instance tells the broker that it answers: its own messages and those of every service. So the broker
    /// knows no departments, and a new message needs no other bus.
    public static var answers: [String: MessageKind] {
        var kinds: [String: MessageKind] = [
            FetchLog.name: .query, ServiceStatusQuery.name: .query, ListParked.name: .query,
            SettleParked.name: .command, NoteLooked.name: .command, ListParameters.name: .query,
            SetParameter.name: .command, ListLooked.name: .query, KnownLog.name: .query, ReconcileLog.name: .command,
        ]
        for entry in Commands.table {
            kinds[entry.name] = .command
            kinds[entry.name + EachRule.suffix] = .command
        }
        for entry in Queries.table { kinds[entry.name] = .query }
        return kinds
    }
}
