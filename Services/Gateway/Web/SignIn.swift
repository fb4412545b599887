import Contracts
import Web

/// Signing in and out.
enum SignIn {
    static func show(_ request: WebRequest, refusal: Refusal?) -> WebResponse {
        let content: HTML = """
            <section class="signin"><h1>接力</h1><p class="muted">红河县国有企业退休人员社会化管理</p>
            \(refusal.map(Frame.fault))
            <form method="post" action="/signin">
            <input type="hidden" name="next" value="\(request.query("next") ?? request.field("next") ?? "")">
            <label class="field"><span>账号</span><input name="user" autocomplete="username" required autofocus></label>
            <label class="field"><span>密码</span><input name="password" type="password" \
            autocomplete="current-password" required></label>
            \(Elements.button("登录"))</form></section>
            """
        return .html(Frame.plain(title: "登录", content: content), status: refusal?.kind.httpStatus ?? 200)
    }

    static func act(_ web: GatewayWeb, _ request: WebRequest) throws -> WebResponse {
        do {
            let account = try web.signIn(request.field("user") ?? "", request.field("password") ?? "")
            let next = request.field("next") ?? ""
            var response = WebResponse.redirect(to: next.isEmpty ? "/" : next)
            response.cookies = [try web.desk.sealer.open(account, now: web.desk.now)]
            return response
        } catch let refusal as Refusal {
            return show(request, refusal: refusal)
        }
    }

    static func leave() -> WebResponse {
        var response = WebResponse.redirect(to: "/signin")
        response.cookies = [.removing(GatewaySealer.cookie)]
        return response
    }
}
