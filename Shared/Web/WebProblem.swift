/// Why a request is refused before it reaches, or instead of reaching, its handler. The code is stable; the message is
/// Chinese and says what to do.
public struct WebProblem: Error, Hashable, Sendable {
    /// The HTTP status (RFC 9110, section 15).
    public let status: Int
    public let code: String
    public let message: String
    /// Headers that belong to the refusal, such as `Allow`.
    public var headers: [WebField] = []

    public init(status: Int, code: String, message: String, headers: [WebField] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }
}

extension WebProblem {
    public static let addressMalformed = WebProblem(
        status: 400, code: "web.address-malformed", message: "网址格式有误，请从首页重新进入。")
    public static let headMalformed = WebProblem(
        status: 400, code: "web.head-malformed", message: "请求头有误，请更换浏览器或联系管理员。")
    public static let textMalformed = WebProblem(
        status: 400, code: "web.text-malformed", message: "提交的文字编码有误，请用 UTF-8 编码重新提交。")
    public static let formMalformed = WebProblem(
        status: 400, code: "web.form-malformed", message: "提交的表单不完整，请返回后重新提交。")
    public static let notFound = WebProblem(
        status: 404, code: "web.not-found", message: "没有这个页面，请检查网址或从首页重新进入。")
    public static let bodySlow = WebProblem(
        status: 408, code: "web.body-slow", message: "上传时间过长，请检查网络后重新提交。")
    public static let methodUnknown = WebProblem(
        status: 405, code: "web.method-unknown", message: "不支持这种请求方式。",
        headers: [WebField("Allow", WebMethod.allCases.map(\.rawValue).joined(separator: ", "))])
    public static let busy = WebProblem(
        status: 503, code: "web.busy", message: "现在访问的人太多，请稍等片刻再刷新。", headers: [WebField("Retry-After", "5")])
    static let tooManyStreams = WebProblem(
        status: 503, code: "web.too-many-streams", message: "打开的实时页面过多，本页改为定时更新。",
        headers: [WebField("Retry-After", "30")])
    public static let serverFailed = WebProblem(
        status: 500, code: "web.server-failed", message: "服务器出错，请稍后重试；多次出现请联系管理员。")
    public static let uploadNotStored = WebProblem(
        status: 507, code: "web.upload-not-stored", message: "服务器暂存空间不足，文件未能保存，请联系管理员清理磁盘后重试。")

    /// The path exists, but not with this method; `allowed` goes into the `Allow` header, as RFC 9110 demands of 405.
    public static func methodNotAllowed(_ allowed: [WebMethod]) -> WebProblem {
        WebProblem(
            status: 405, code: "web.method-not-allowed", message: "这个页面不接受这种操作，请返回后重试。",
            headers: [WebField("Allow", allowed.map(\.rawValue).joined(separator: ", "))])
    }

    static func tooLarge(limitInBytes: Int) -> WebProblem {
        let size =
            limitInBytes >= 1024 * 1024 ? "\(limitInBytes / 1024 / 1024) 兆字节" : "\(limitInBytes) 字节"
        return WebProblem(
            status: 413, code: "web.body-too-large", message: "提交的内容超过 \(size)，请拆分后分批提交。")
    }

    static func headTooLarge(limitInBytes: Int) -> WebProblem {
        WebProblem(
            status: 431, code: "web.head-too-large", message: "请求头超过 \(limitInBytes) 字节，请清除本站的 Cookie 或缩短网址后重试。")
    }

    static func tooManyFields(limit: Int) -> WebProblem {
        WebProblem(status: 413, code: "web.too-many-fields", message: "表单项超过 \(limit) 个，请分批提交。")
    }

    static func tooManyFiles(limit: Int) -> WebProblem {
        WebProblem(status: 413, code: "web.too-many-files", message: "一次最多上传 \(limit) 个文件，请分批上传。")
    }
}

extension WebProblem {
    /// The plain answer: a small page, or `{"code":…,"message":…}` for a caller that asked for JSON.
    public func response(to request: WebRequest) -> WebResponse {
        var response: WebResponse
        if request.wantsJSON {
            let text = "{\"code\":\"\(Self.escape(code))\",\"message\":\"\(Self.escape(message))\"}"
            response = .json(Array(text.utf8), status: status)
        } else {
            response = .html(
                """
                <!DOCTYPE html>
                <html lang="zh-CN"><head><meta charset="utf-8"><title>\(message)</title></head>
                <body><main><h1>\(message)</h1><p>错误代码：\(code)</p><p><a href="/">返回首页</a></p></main></body></html>

                """, status: status)
        }
        response.headers += headers
        return response
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case _ where scalar.value < 0x20: escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
