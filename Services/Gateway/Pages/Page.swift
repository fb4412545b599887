import Contracts
import Web

/// One page: its address, who may open it, how it looks, and what its form does. A page is a file of its own and one
/// line in `Pages.all`.
protocol Page: Sendable {
    /// `/people/:person`; a part that begins with `:` is filled in from the address.
    static var path: String { get }
    static var title: String { get }
    /// The same where it depends on what is shown.
    static func title(_ visit: Visit) -> String
    /// Which roles may open it. The services check every question and order of their own accord as well.
    static var roles: Set<Role> { get }
    /// Its place in the menu; nil keeps it out.
    static var menu: String? { get }

    init()

    /// The content between the frame's head and foot.
    func show(_ visit: Visit) throws -> HTML
    /// What a sent form does. Ends with a redirect, so that reloading does not send twice.
    func act(_ visit: Visit) throws -> WebResponse
    /// True when the page has a form of its own.
    static var hasForm: Bool { get }
}

extension Page {
    static func title(_ visit: Visit) -> String { title }
    static var menu: String? { nil }
    static var hasForm: Bool { false }

    func act(_ visit: Visit) throws -> WebResponse { throw GatewayRefusal.unknownPage }

    // Through the type alone: a page is made for one visit and holds nothing.
    static func content(_ visit: Visit) throws -> HTML { try Self().show(visit) }
    static func submit(_ visit: Visit) throws -> WebResponse { try Self().act(visit) }
}

extension Set where Element == Role {
    static var everybody: Set<Role> { Set(Role.allCases) }
}
