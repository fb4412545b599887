import Contracts

/// Accounts were the gateway's in earlier releases: the accounts service takes them over, with their passwords.
enum AccountAdoption {
    /// - Returns: how many were taken over.
    @discardableResult
    static func run(_ bus: BusClient) throws -> Int {
        let former = try bus.ask(ListFormerAccounts(), of: .gateway, as: .program).rows
        guard !former.isEmpty else { return 0 }
        for account in former { _ = try bus.ask(account, of: .accounts, as: .program) }
        _ = try bus.ask(ForgetAccounts(), of: .gateway, as: .program)
        return former.count
    }
}
