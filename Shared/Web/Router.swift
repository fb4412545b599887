/// One line of the table of addresses.
public struct Route<Action: Sendable>: Sendable {
    public let method: WebMethod
    /// `/人员/:id`: a part beginning with `:` takes any one non-empty part and names it.
    public let pattern: String
    public let action: Action

    public init(_ method: WebMethod, _ pattern: String, _ action: Action) {
        self.method = method
        self.pattern = pattern
        self.action = action
    }
}

/// Finds the route of a request. The table is complete and can be listed, so that a description of the interface can be
/// compared with it.
public struct Router<Action: Sendable>: Sendable {
    public enum Match: Sendable {
        /// The route, and the request with its parameters filled in.
        case found(Route<Action>, WebRequest)
        /// 404, or 405 with the methods that the path does have.
        case refused(WebProblem)
    }

    private struct Entry: Sendable {
        let parts: [String]
        let route: Route<Action>

        /// Plain parts win over named ones, from the left: `/人员/新增` before `/人员/:id`.
        var precedence: String { String(parts.map { $0.hasPrefix(":") ? "1" : "0" }) }
    }

    /// The whole table, in the order it was given.
    public let routes: [Route<Action>]
    private let entries: [Int: [Entry]]

    /// - Throws: `web.route-malformed` for a pattern that does not begin with `/` or names a part twice or not at all;
    ///   `web.route-twice` when two routes would answer the same requests.
    public init(_ routes: [Route<Action>]) throws(WebError) {
        self.routes = routes
        var entries: [Int: [Entry]] = [:]
        var seen: Set<String> = []
        for route in routes {
            let parts = route.pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let names = parts.filter { $0.hasPrefix(":") }
            guard route.pattern.hasPrefix("/"), !names.contains(":"), Set(names).count == names.count else {
                throw WebError(code: "web.route-malformed", message: "路由“\(route.pattern)”写法有误，请修改程序。")
            }
            let shape = parts.map { $0.hasPrefix(":") ? ":" : $0 }.joined(separator: "/")
            guard seen.insert("\(route.method.rawValue) \(shape)").inserted else {
                throw WebError(
                    code: "web.route-twice", message: "路由“\(route.method.rawValue) \(route.pattern)”重复，请修改程序。")
            }
            let segments = route.pattern == "/" ? [] : Array(parts.dropFirst())
            entries[segments.count, default: []].append(Entry(parts: segments, route: route))
        }
        self.entries = entries.mapValues { $0.sorted { $0.precedence < $1.precedence } }
    }

    /// HEAD is answered by GET's route unless it has its own.
    public func match(_ request: WebRequest) -> Match {
        let fitting = (entries[request.segments.count] ?? []).filter { Self.fits($0.parts, request.segments) }
        guard !fitting.isEmpty else { return .refused(.notFound) }
        let entry =
            fitting.first { $0.route.method == request.method }
            ?? (request.method == .head ? fitting.first { $0.route.method == .get } : nil)
        guard let entry else {
            var allowed = Set(fitting.map(\.route.method))
            if allowed.contains(.get) { allowed.insert(.head) }
            return .refused(.methodNotAllowed(WebMethod.allCases.filter(allowed.contains)))
        }
        var request = request
        for (part, segment) in zip(entry.parts, request.segments) where part.hasPrefix(":") {
            request.parameters[String(part.dropFirst())] = segment
        }
        return .found(entry.route, request)
    }

    private static func fits(_ parts: [String], _ segments: [String]) -> Bool {
        zip(parts, segments).allSatisfy { part, segment in part.hasPrefix(":") ? !segment.isEmpty : part == segment }
    }
}
