/// The request methods that are understood (RFC 9110, section 9). Any other is answered with 405: what a program could
/// do later is no more possible here than what the address does not offer (`TRACE` shows a request's cookies).
public enum WebMethod: String, CaseIterable, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
}
