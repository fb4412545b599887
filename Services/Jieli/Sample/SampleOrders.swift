import Contracts
import Domain
import Glibc
import Host
import Messaging

/// Sends many commands to one service, some tens of them at a time, and waits for all answers.
struct SampleOrders {
    static let mostInFlight = 64
    private static let deadlineInMilliseconds: Int64 = 10_000

    let client: BusClient

    /// - Parameter step: what is done, for people; the failure names it.
    /// - Returns: the answers, in the order of the commands.
    /// - Throws: `CommandFailure` with the first refusal's slug, or the bus's failure that did not pass.
    @discardableResult
    func run<C: Command>(_ step: String, _ commands: some Sequence<(C, Officer?)>) throws -> [C.Reply] {
        let service = String(C.name.prefix { $0 != "." })
        let answers = WorkQueue<Answer>()
        var remaining = commands.makeIterator()
        var replies: [C.Reply?] = []
        var waiting = 0
        while true {
            while waiting < Self.mostInFlight, let (command, officer) = remaining.next() {
                let request = OutgoingRequest(
                    service: service, message: C.name, version: UInt16(C.version),
                    context: try client.context(of: officer), body: try JSONCoding.bytes(command),
                    command: client.nextCommandNumber())
                send(Order(index: replies.count, request: request, since: SystemClock().now()), answers)
                replies.append(nil)
                waiting += 1
            }
            guard waiting > 0 else { break }
            for answer in answers.take(limit: Self.mostInFlight, timeoutInMilliseconds: 1000) ?? [] {
                if try isToBeAskedAgain(answer, step) {
                    send(answer.order, answers)
                } else {
                    waiting -= 1
                    replies[answer.order.index] = try JSONCoding.value(C.Reply.self, from: answer.result.get())
                }
            }
        }
        return replies.compactMap { $0 }
    }

    @discardableResult
    func run<C: Command>(_ step: String, _ command: C, as officer: Officer?) throws -> C.Reply {
        guard let reply = try run(step, CollectionOfOne((command, officer))).first else {
            throw CommandFailure.failed("样例“\(step)”没有得到答复，请重试。")
        }
        return reply
    }

    private struct Order: Sendable {
        let index: Int
        let request: OutgoingRequest
        let since: Timestamp
    }

    private struct Answer: Sendable {
        let order: Order
        let result: Result<[UInt8], any Error>
    }

    private func send(_ order: Order, _ answers: WorkQueue<Answer>) {
        var request = order.request
        request.timeoutInMilliseconds = Self.deadlineInMilliseconds
        client.send(request) { answers.push(Answer(order: order, result: $0)) }
    }

    /// After a failure of the bus that may pass the same number is asked again, so nothing is done twice.
    private func isToBeAskedAgain(_ answer: Answer, _ step: String) throws -> Bool {
        guard case .failure(let error) = answer.result else { return false }
        if let refusal = error as? Refusal {
            throw CommandFailure.failed("样例“\(step)”未成：\(refusal.sentence)（\(refusal.slug)）")
        }
        let waited = SystemClock().now().milliseconds(since: answer.order.since)
        guard let failure = error as? BusFailure, BusClient.mayPass(failure),
            waited < BusClient.patienceInMilliseconds
        else {
            throw CommandFailure.failed("样例“\(step)”未成：\(CommandFailure(describing: error).message)")
        }
        usleep(useconds_t(min(max(failure.retryAfterInMilliseconds ?? 50, 20), 1000)) * 1000)
        return true
    }
}
