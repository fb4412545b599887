import Contracts
import Domain
import Host
import Sealing

/// The accounts: who may sign in, who has signed in, and, by a signature of its own, who acts.
package struct Accounts: ServiceLogic {
    package static let name = ServiceName.accounts
    package static let migrations = AccountsSchema.migrations
    package static let follows: [Following<Self>] = []
    package static let signs = true
    package static let parameters: [any AnyParameter] = SessionLimits.parameters

    let tools: ServiceTools
    /// Made of the service's own key: without one it would sign nobody in.
    let signature: SignatureKey

    package init(tools: ServiceTools) {
        self.tools = tools
        guard let signature = tools.signature else {
            preconditionFailure("the accounts service has a key to sign with")
        }
        self.signature = signature
    }

    package func execute(_ command: AccountsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let accounts = AccountsWriter(context, tools.sealer)
        return switch command {
        case .recordAccount(let command): try command.execute(accounts)
        case .adoptAccount(let command): try command.execute(accounts)
        case .setAccountState(let command): try command.execute(accounts)
        case .changePassword(let command): try command.execute(accounts)
        case .openSession(let command): try command.execute(accounts, signature)
        case .renewSession(let command): try command.execute(accounts, signature)
        case .closeSession(let command): try command.execute(accounts)
        case .endSessions(let command): try command.execute(accounts)
        case .beginSecondFactor(let command): try command.execute(accounts)
        case .confirmSecondFactor(let command): try command.execute(accounts)
        case .removeSecondFactor(let command): try command.execute(accounts)
        }
    }

    package func read(_ query: AccountsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let accounts = AccountsReads(context.snapshot, tools.sealer)
        return switch query {
        case .listAccounts: try accounts.list(now: context.now)
        case .listAccessRecords(let query): try accounts.records(query)
        case .listSessions(let query): try query.read(accounts, context)
        }
    }

    package func wake(_ context: WriteContext) throws {
        try AccountsWriter(context, tools.sealer).dropSessionsThatAreOver()
    }
}
