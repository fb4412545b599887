import Domain
import Testing

@testable import Messaging

/// The document and the code say the same.
@Suite("Protocol document")
struct ProtocolDocumentTests {
    private func document() throws -> String {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try #require(WholeFile.read(root + "/docs/protocol.md"))
    }

    private func example(_ name: String) throws -> [UInt8] {
        let document = try document()
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "```hexdump \(name)"))
        let dump = lines[(start + 1)...].prefix { $0 != "```" }
        return dump.flatMap { line in
            line.split(separator: "|")[0].split(separator: " ").dropFirst().compactMap { UInt8($0, radix: 16) }
        }
    }

    @Test("The hello of the document is the hello of the code")
    func hello() throws {
        let body = HelloBody(
            role: .writer, credit: 16, streams: ["registry"], writerEpoch: 3, session: 4660, startedAt: .start,
            heads: [], speaks: 2,
            answers: AnsweredMessages(["archives.file.get": .query, "archives.file.receive": .command]))
        let frame = Frame(
            kind: .hello, correlation: 1, service: "archives", instance: "archives-1", body: JSON.encode(body))
        #expect(try example("hello") == frame.bytes(wall: .start))
        #expect(try JSON.decode(HelloBody.self, from: Frame(parts: [example("hello")], wall: .start).body) == body)
    }

    @Test("The request of the document is the request of the code")
    func request() throws {
        let frame = Frame(
            kind: .request, correlation: 7, protocolVersion: 2, remainingInMilliseconds: 10_000,
            command: CommandNumber(session: 4660, counter: 7), service: "archives", message: "archives.file.receive",
            version: 2, context: "{\"user\":\"12\"}".bytes, body: "{\"name\":\"档案\"}".bytes)
        #expect(try example("request") == frame.bytes(wall: .start))
    }

    @Test("Every kind and every failure of the code is in the document")
    func completeness() throws {
        let document = try document()
        for kind in FrameKind.allCases { #expect(document.contains("| \(kind.rawValue) | \(kind) |")) }
        let failures: [BusFailure] = [
            .busy(retryAfterInMilliseconds: 1), .notAllowed, .noWorker, .deadline, .workerLost, .malformed, .tooLarge,
            .stopped, .instanceTaken, .unknownMessage, .requestFatal, .writerEpoch,
        ]
        for failure in failures { #expect(document.contains("`\(failure.slug)`")) }
        let (limits, settings) = (BrokerLimits(), EndpointSettings())
        #expect(document.contains("8,388,608") && settings.largestFrameInBytes == 8_388_608)
        #expect(document.contains("10,000 requests") && limits.queueLength == 10_000)
        #expect(document.contains("64 MiB") && limits.queueInBytes == 64 * 1024 * 1024)
        #expect(document.contains("longer than 60 seconds") && limits.longestWaitInMilliseconds == 60_000)
    }
}
