import Kernel
import Synchronization

/// One client's connection, which carries one request.
final class Client: Sendable {
    let socket: CInt
    let head: RequestHead
    /// Without its body.
    let request: WebRequest
    /// Why the request is refused whatever its handler would say.
    let problem: WebProblem?
    let isStranger: Bool
    /// Of the monotonic clock, in milliseconds: the body must be there, and the connection is cut.
    let bodyDeadline: Int64
    let deadline: Atomic<Int64>
    /// Whether newer streams of the same asker have taken this one's place.
    let isOvertaken = Atomic(false)

    /// - Parameter now: the time of answering begins then.
    init(
        socket: CInt, head: RequestHead, request: WebRequest, problem: WebProblem?, isStranger: Bool,
        limits: WebLimits, now: Int64
    ) {
        self.socket = socket
        self.head = head
        self.request = request
        self.problem = problem
        self.isStranger = isStranger
        let bodyInSeconds = isStranger ? limits.strangerBodyLimitInSeconds : limits.bodyLimitInSeconds
        let answerInSeconds = isStranger ? limits.strangerAnswerLimitInSeconds : limits.answerLimitInSeconds
        bodyDeadline = now + Int64(bodyInSeconds) * 1000
        deadline = Atomic(bodyDeadline + Int64(answerInSeconds) * 1000)
    }
}
