/// Takes in the body of one request as it arrives.
protocol BodyReader: AnyObject {
    /// The most bytes that the whole body may have, everything counted.
    var limitInBytes: Int { get }
    /// What to say when there are more.
    var tooLarge: WebProblem { get }

    func feed(_ bytes: UnsafeRawBufferPointer) throws(WebProblem)

    /// Called once, when the body is complete.
    func finish(into request: inout WebRequest) throws(WebProblem)
}

/// The reader for a request's type of body.
func bodyReader(for request: WebRequest, limits: WebLimits) throws(WebProblem) -> any BodyReader {
    switch request.mediaType {
    case "application/x-www-form-urlencoded": return URLEncodedBody(limits: limits)
    case "multipart/form-data":
        let boundary = HeaderParameters(request.header("content-type") ?? "")["boundary"] ?? ""
        return try MultipartBody(boundary: boundary, limits: limits)
    default: return RawBody(limitInBytes: limits.rawBodyLimitInBytes)
    }
}

/// A body that is no form.
final class RawBody: BodyReader {
    let limitInBytes: Int
    private var content: [UInt8] = []

    init(limitInBytes: Int) { self.limitInBytes = limitInBytes }

    var tooLarge: WebProblem { .tooLarge(limitInBytes: limitInBytes) }

    func feed(_ bytes: UnsafeRawBufferPointer) { content.append(contentsOf: bytes) }

    func finish(into request: inout WebRequest) { request.body = content }
}

/// `application/x-www-form-urlencoded`.
final class URLEncodedBody: BodyReader {
    private var content: [UInt8] = []
    private let limits: WebLimits

    init(limits: WebLimits) { self.limits = limits }

    var limitInBytes: Int { limits.formLimitInBytes }

    var tooLarge: WebProblem { .tooLarge(limitInBytes: limitInBytes) }

    func feed(_ bytes: UnsafeRawBufferPointer) { content.append(contentsOf: bytes) }

    func finish(into request: inout WebRequest) throws(WebProblem) {
        request.fields = try FormCoding.decode(content, fieldLimit: limits.fieldLimit)
    }
}
