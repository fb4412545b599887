import Contracts
import Messaging
import Web

/// What to say when the bus brought no answer.
enum Unanswered {
    /// To somebody who only asked: nothing can have happened.
    static func question(_ failure: BusFailure) -> Refusal {
        Refusal(failure.slug, .busy, "\(cause(failure))。请稍后刷新重试；仍不行请联系系统运维。")
    }

    /// To somebody who sent a form: it may have been carried out or not, and nobody can know before the service answers
    /// again. The form is kept as it was, with its number, so that sending it again counts once.
    /// - Parameter details: what is known of several things that the form asked for.
    static func form(_ visit: Visit, _ failure: BusFailure, _ details: [String] = []) -> WebResponse {
        let refusal = Refusal(
            failure.slug, .busy,
            hadNoEffect(failure) && details.isEmpty
                ? "\(cause(failure))，本次未办理。请稍后再次提交；仍不行请联系系统运维。"
                : "\(cause(failure))，本次可能已经办理，也可能没有。请稍等片刻再次提交：同一张表单只办理一次。仍不行请联系系统运维。",
            details: details)
        let content: HTML = "\(again(visit))\(WayBack.link(visit))"
        return .html(
            PageFrame.page(title: "没有收到答复", visit: visit, refusal: refusal, content: content),
            status: refusal.kind.httpStatus)
    }

    /// A file stays with its sender: the page from which it came still has it.
    private static func again(_ visit: Visit) -> HTML {
        guard visit.request.files.isEmpty else { return "<p>请返回上一页，重新选择文件后提交。</p>" }
        let fields = visit.request.fields.map { field in
            "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">" as HTML
        }
        return """
            <form method="post" action="\(Address(visit.request.path, visit.narrowed).string)">\(fields)
            \(Elements.button("再次提交"))</form>
            """
    }

    private static func cause(_ failure: BusFailure) -> String {
        switch failure.slug {
        case BusFailure.busy(retryAfterInMilliseconds: 0).slug: "该部门的服务正忙"
        case BusFailure.noWorker.slug: "该部门的服务现在没有运行"
        case BusFailure.unknownMessage.slug: "该部门的服务还不认识这项操作，请联系系统管理员升级该服务"
        case BusFailure.requestFatal.slug: "处理这项操作时该部门的服务两次中断，已停止重试，请联系系统管理员"
        case BusFailure.tooLarge.slug: "提交的内容过大，请分几次提交"
        default: "该部门的服务没有及时答复"
        }
    }

    /// Not so without a worker: the one that is gone may have done it.
    private static func hadNoEffect(_ failure: BusFailure) -> Bool {
        [BusFailure.busy(retryAfterInMilliseconds: 0), .notAllowed, .unknownMessage, .malformed, .tooLarge].contains {
            $0.slug == failure.slug
        }
    }
}
