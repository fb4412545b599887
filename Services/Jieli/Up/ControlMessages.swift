import Contracts

/// What the supervisor is asked over its socket: one line of JSON each way.
struct ControlRequest: Codable {
    enum Action: String, Codable {
        case status
        case restart
        case scale
        case stop
    }

    var action: Action
    var service: ServiceName?
    var count: Int?
    /// How many lines of the start's account the asker has already.
    var knownLines: Int?
}

/// What the supervisor answers.
struct ControlAnswer: Codable, Sendable {
    enum Phase: String, Codable, Sendable {
        case starting
        case ready
        /// Some programs do not start; the others run.
        case degraded
        case stopping
    }

    /// Why the request was not carried out; nil when it was.
    var failure: String?
    var phase: Phase
    /// The web address.
    var address: String
    var processIdentifier: Int32
    var instances: [InstanceKeeper.Report]
    /// New lines of the start's account.
    var lines: [String]
}
