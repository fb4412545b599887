import Contracts
import Web

/// What an address leads to.
enum GatewayRoute: Sendable {
    /// Needs no sign-in.
    case open(@Sendable (GatewayWeb, WebRequest) throws -> WebResponse)
    case page(any Page.Type)
    case form(any Page.Type)
    /// For programs, described in /api/openapi.json.
    case interface(Interface)
    /// Something for signed-in people that is no page in the frame: a file, a stream, a piece of a page.
    case visit(Set<Role>, @Sendable (GatewayWeb, Visit) throws -> WebResponse)
}

/// The table of all addresses. Pages come from `Pages.all`, interfaces from `Interfaces.all`.
enum GatewayRoutes {
    static let all: [Route<GatewayRoute>] =
        [
            Route(.get, "/", .visit(.everybody) { _, visit in .redirect(to: Pages.home(of: visit.officer.role)) }),
            Route(.get, "/signin", .open { _, request in SignIn.show(request, refusal: nil) }),
            Route(.post, "/signin", .open { web, request in try SignIn.act(web, request) }),
            Route(.post, "/signout", .open { web, request in SignIn.leave(web, request) }),
            Route(.get, "/events", .visit(OverviewPage.roles) { web, visit in LiveOverview.events(web, visit) }),
            Route(
                .get, "/overview/fragment",
                .visit(OverviewPage.roles) { _, visit in .html(try OverviewPage().figures(visit.desk)) }),
        ] + Pages.all.map { Route(.get, $0.path, .page($0)) }
        + Pages.all.filter { $0.hasForm }.map { Route(.post, $0.path, .form($0)) } + Pages.files
        + Interfaces.all.map { interface in Route(interface.method, interface.path, interface.route) }
}
