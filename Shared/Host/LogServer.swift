import Contracts
import Messaging
import Store

/// Hands out the own log to those who follow it, on a thread of its own: nobody who asks for a list waits behind
/// megabytes of events, and no follower behind a list.
final class LogServer: Sendable {
    private let fetches = WorkQueue<IncomingRequest>()

    var count: Int { fetches.count }

    func push(_ request: IncomingRequest) { fetches.push(request) }

    func close() { fetches.close() }

    /// Answers until the queue is closed.
    /// - Parameter failed: is told of what is no refusal. The store is then opened anew.
    func run(
        open: () throws -> ReadableStore, reply: (OutgoingReply) -> Void, failed: (any Error) -> Void
    ) {
        var opened: (store: ReadableStore, batches: LogBatches)?
        while let requests = fetches.take(limit: 1, timeoutInMilliseconds: 60_000) {
            for request in requests {
                do {
                    let current = try opened ?? (open(), LogBatches())
                    opened = nil
                    var batches = current.batches
                    let body = try current.store.read { try batches.answer(request, $0) }
                    opened = (current.store, batches)
                    reply(OutgoingReply(token: request.token, status: .done, body: body))
                } catch let refusal as Refusal {
                    reply(OutgoingReply(token: request.token, status: .refused, body: Answering.body(refusal)))
                } catch {
                    failed(error)
                    let refusal = (error as? StoreError).map(Answering.refusal) ?? CommonRefusal.internalFault
                    reply(OutgoingReply(token: request.token, status: .refused, body: Answering.body(refusal)))
                }
            }
        }
    }
}
