import Contracts
import Domain
import Messaging
import Sealing
import Web

/// What somebody had typed into a form when the session ended: it travels through the sign-in page, sealed, and stands
/// in the form again after it. It is shown to be looked over and never sent on by itself, since nobody knows whether
/// whoever signs in is whoever typed it, or what has changed meanwhile.
struct KeptForm: Codable, Equatable, Sendable {
    struct Field: Codable, Equatable, Sendable {
        var name: String
        var value: String
    }

    /// Names and values together, as they were typed. A form of an office is far smaller; a stranger cannot have the
    /// gateway seal more.
    static let mostBytes = 64 * 1024

    /// Who went home signs in again in the morning.
    static let lifetimeInMilliseconds: Int64 = 12 * 3_600_000

    var path: String
    var query: [Field]
    var fields: [Field]
    var expires: Timestamp

    /// What became of the typed text.
    enum Outcome {
        case kept(String)
        case tooLarge
        /// A form with files: its body is not taken from somebody who is not signed in, and the text is within it.
        case hasFiles
        /// There was nothing typed, or another site sent the form.
        case nothing

        var sentence: String {
            switch self {
            case .kept: "登录已过期，本次未提交。填写的内容已保留，请登录后核对并重新提交。"
            case .tooLarge: "登录已过期，本次未提交。填写的内容超过 64 KB，未能保留，请登录后重新填写，并分批提交。"
            case .hasFiles: "登录已过期，本次未提交。文件和填写的内容未能保留，请登录后重新选择文件并提交。"
            case .nothing: "登录已过期，本次未提交，请重新登录。"
            }
        }
    }

    /// Whether the body of a form may be read although nobody is signed in: text only, and little of it. Three bytes
    /// for one is what a form's encoding may cost.
    static func isReadable(_ request: WebRequest) -> Bool {
        guard isTextForm(request), let length = request.header("content-length").flatMap({ Int($0) }) else {
            return false
        }
        return length <= 3 * mostBytes
    }

    /// What to say of a form whose body is not read.
    static func unread(_ request: WebRequest) -> Outcome { isTextForm(request) ? .tooLarge : .hasFiles }

    private static func isTextForm(_ request: WebRequest) -> Bool {
        request.mediaType == "application/x-www-form-urlencoded"
    }

    static func keep(_ request: WebRequest, _ sealer: GatewaySealer, now: Timestamp) throws -> Outcome {
        if !request.files.isEmpty { return .hasFiles }
        // Another site could put words into a form that somebody then signs and sends.
        guard !["cross-site", "same-site"].contains(request.header("sec-fetch-site")) else { return .nothing }
        let fields = request.fields.filter { !isSecret($0.name) }
        guard !fields.isEmpty else { return .nothing }
        let size = (fields + request.query).reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard size <= mostBytes else { return .tooLarge }
        let form = KeptForm(
            path: request.path, query: request.query.map { Field(name: $0.name, value: $0.value) },
            fields: fields.map { Field(name: $0.name, value: $0.value) },
            expires: now.advanced(byMilliseconds: lifetimeInMilliseconds))
        return .kept(Hex.encode(sealer.sealer.seal(try JSONCoding.bytes(form), purpose: purpose)))
    }

    /// The form that a sign-in brought along; nil when it is too old or not ours.
    static func open(_ sealed: String, _ sealer: GatewaySealer, now: Timestamp) -> KeptForm? {
        guard let bytes = Hex.decode(sealed), let opened = try? sealer.sealer.open(bytes, purpose: purpose),
            let form = try? JSONCoding.value(KeptForm.self, from: opened), form.expires > now
        else { return nil }
        return form
    }

    /// The form as a request of the new session.
    func request(as cookie: Cookie, like request: WebRequest) -> WebRequest {
        WebRequest(
            method: .post, path: path, query: query.map { WebField($0.name, $0.value) },
            headers: [WebField("Cookie", "\(cookie.name)=\(cookie.value)")],
            fields: fields.map { WebField($0.name, $0.value) }, remoteAddress: request.remoteAddress,
            isSecure: request.isSecure)
    }

    private static let purpose = "gateway.kept-form"

    /// Passwords are typed anew, and the token belonged to the session that has ended.
    private static func isSecret(_ name: String) -> Bool {
        name == "token" || name.lowercased().contains("password")
    }
}
