import Contracts
import Host
import Web

/// Signing in and out.
enum SignIn {
    static func show(_ request: WebRequest, refusal: Refusal?) -> WebResponse {
        let next = request.query("next") ?? request.field("next") ?? ""
        return page(
            next: next, kept: request.field("kept"), user: request.field("user") ?? "", refusal.map(PageFrame.fault),
            status: refusal?.kind.httpStatus ?? 200)
    }

    /// In place of an answer to a form whose session has ended: what was typed goes along through the sign-in.
    static func interrupt(_ request: WebRequest, _ outcome: KeptForm.Outcome) -> WebResponse {
        var kept: String?
        if case .kept(let sealed) = outcome { kept = sealed }
        let notice: HTML = "<p class=\"notice\" role=\"alert\">\(outcome.sentence)</p>"
        return page(next: request.path, kept: kept, user: "", notice, status: 401)
    }

    private static func page(next: String, kept: String?, user: String, _ notice: HTML?, status: Int) -> WebResponse {
        let content: HTML = """
            <section class="signin"><h1>接力</h1><p class="muted">红河县国有企业退休人员社会化管理</p>
            \(notice)
            <form method="post" action="/signin">
            <input type="hidden" name="next" value="\(next)">\(kept.map { WorkList.hidden("kept", $0) })
            <label class="field"><span>账号</span><input name="user" value="\(user)" autocomplete="username" required\
            \(HTML.flag("autofocus", user.isEmpty))></label>
            <label class="field"><span>密码</span><input name="password" type="password" \
            autocomplete="current-password" required\(HTML.flag("autofocus", !user.isEmpty))></label>
            <label class="field"><span>动态口令</span><input name="code" inputmode="numeric" autocomplete="one-time-code">\
            <small>没有启用的不填；手机丢失的，填一个恢复码。</small></label>
            \(Elements.button("登录"))</form></section>
            """
        return .html(PageFrame.plain(title: "登录", content: content), status: status)
    }

    static func act(_ web: GatewayWeb, _ request: WebRequest) throws -> WebResponse {
        do {
            let opened = try web.signIn(
                request.field("user") ?? "", request.field("password") ?? "",
                code: request.field("code").flatMap { $0.isEmpty ? nil : $0 }, from: request.remoteAddress)
            let cookie = try web.desk.sealer.open(opened, now: web.desk.now)
            var response = goOn(web, request, cookie)
            response.cookies = [cookie]
            return response
        } catch let refusal as Refusal {
            return show(request, refusal: refusal)
        }
    }

    /// The form that was interrupted, or the page that was asked for.
    private static func goOn(_ web: GatewayWeb, _ request: WebRequest, _ cookie: Cookie) -> WebResponse {
        let next = request.field("next") ?? ""
        guard let sealed = request.field("kept"), !sealed.isEmpty else {
            return .redirect(to: next.isEmpty ? "/" : next)
        }
        if let form = KeptForm.open(sealed, web.desk.sealer, now: web.desk.now),
            let response = web.showAgain(form.request(as: cookie, like: request))
        {
            return response
        }
        return Flash.lost.redirect(to: next.isEmpty ? "/" : next)
    }

    /// Ends the session for good, wherever else its cookie may be.
    static func leave(_ web: GatewayWeb, _ request: WebRequest) -> WebResponse {
        let sealer = web.desk.sealer
        if let session = sealer.session(of: request, now: web.desk.now) {
            do {
                try web.desk.signOut(session)
            } catch {
                // The browser forgets it all the same; a copy of its cookie is good until the session ends by itself.
                ServiceLog.write("gateway", "一次退出未能告知账号服务，该次登录到期前仍然有效。")
            }
        }
        var response = WebResponse.redirect(to: "/signin")
        response.cookies = [.removing(sealer.cookieName)]
        return response
    }
}
