import Glibc
import Synchronization
import Testing
import Web

@Suite("Forms and uploads")
struct UploadTests {
    @Test("a URL-encoded form arrives decoded, with repeated fields in order")
    func urlEncoded() throws {
        let server = try serve { request in
            .text("\(request.field("name") ?? "-")|\(request.fields("box"))|\(request.field("empty") ?? "-")")
        }
        let client = try RawClient(port: server.boundPort)
        let body = "name=%E6%9D%8E+%26+%3Cb%3E&box=1&box=2&empty="
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(try client.response().text == "李 & <b>|[\"1\", \"2\"]|")
    }

    @Test("a multipart form with a file of Chinese name and Chinese fields", arguments: [0, 1, 1000, 3_000_000])
    func multipart(size: Int) throws {
        try withTemporaryFolder { folder in
            let file = "\(folder)/花名册 “2024”.xlsx"
            _ = shell("head -c \(size) /dev/urandom > '\(file)'")
            let kept = "\(folder)/kept"
            let server = try serve { request in
                guard let file = request.file("roster"), let bytes = try? file.bytes() else { return .text("none") }
                _ = shell("cat /proc/\(getpid())/fd/\(file.path.split(separator: "/").last ?? "") > \(kept)")
                return .text(
                    "\(file.fileName)|\(file.mediaType)|\(file.byteCount)|\(bytes.count)|\(request.field("企业") ?? "-")")
            }
            let answer = shell(
                "curl -s -F '企业=红星<厂>' -F 'roster=@\"\(file)\";type=application/x-sheet' "
                    + "http://127.0.0.1:\(server.boundPort)/")
            #expect(answer == "花名册 “2024”.xlsx|application/x-sheet|\(size)|\(size)|红星<厂>")
            #expect(shell("cmp '\(file)' \(kept) && echo same") == "same\n")
        }
    }

    @Test("names as browsers and old programs write them")
    func fileNames() throws {
        let server = try serve { request in .text(request.files.map(\.fileName).joined(separator: "|")) }
        let client = try RawClient(port: server.boundPort)
        let names = ["a%22b%0A.txt", "C:\\dir\\表.xls", "../../etc/passwd", "q\\\"q.txt", "100%.txt", ".."]
        let parts = names.map { name in
            "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(name)\"\r\n\r\n1\r\n"
        }
        client.postMultipart(parts.joined() + "--x--\r\n", boundary: "x")
        #expect(try client.response().text == "a\"b .txt|表.xls|passwd|q\"q.txt|100%.txt|..")
    }

    @Test("an empty file field is no file")
    func emptyFileField() throws {
        let server = try serve { request in .text("\(request.files.count)") }
        let client = try RawClient(port: server.boundPort)
        client.postMultipart(
            "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n", boundary: "x")
        #expect(try client.response().text == "0")
    }

    @Test("uploads never have a name on the disk, and their content is gone with the request")
    func uploadsLeaveNothing() throws {
        try withTemporaryFolder { folder in
            let inode = Mutex<UInt>(0)
            let listing = Mutex("")
            var limits = WebLimits()
            limits.temporaryFolder = folder
            let server = try serve(limits: limits) { request in
                var status = stat()
                stat(request.files[0].path, &status)
                inode.withLock { $0 = status.st_ino }
                listing.withLock { $0 = shell("ls -A \(folder)") }
                return .text("\(status.st_size) \(status.st_mode & 0o777)")
            }
            let answer = shell(
                "head -c 100000 /dev/zero | curl -s -F 'f=@-;filename=a' http://127.0.0.1:\(server.boundPort)/")
            #expect(answer == "100000 \(0o600)")
            #expect(listing.withLock { $0 } == "")
            #expect(eventually { !isOpen(inode: inode.withLock { $0 }) })
        }
    }

    @Test("a file that is gone is an error with its code")
    func goneFile() {
        let file = UploadedFile(field: "f", fileName: "a", mediaType: "", byteCount: 1, path: "/nonexistent")
        do throws(WebError) {
            _ = try file.bytes()
            Issue.record("read")
        } catch {
            #expect(error.code == "web.file-unreadable")
        }
    }

    @Test("a folder that cannot be written is 507, not a crash")
    func unwritableFolder() throws {
        var limits = WebLimits()
        limits.temporaryFolder = "/nonexistent"
        let server = try serve(limits: limits) { _ in .text("handled") }
        let answer = shell("echo 1 | curl -s -F 'f=@-;filename=a' http://127.0.0.1:\(server.boundPort)/")
        #expect(answer.contains("web.upload-not-stored"))
    }

    @Test(
        "broken bodies are 400 with their code",
        arguments: [
            ("application/x-www-form-urlencoded", "a=%zz", "web.text-malformed"),
            ("application/x-www-form-urlencoded", "a=%ff", "web.text-malformed"),
            ("application/x-www-form-urlencoded", "a=%00", "web.text-malformed"),
            ("multipart/form-data", "--x--\r\n", "web.form-malformed"),
            ("multipart/form-data; boundary=\(String(repeating: "x", count: 71))", "", "web.form-malformed"),
            (
                "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
                "web.form-malformed"
            ),
            (
                "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
                "web.form-malformed"
            ),
            ("multipart/form-data; boundary=x", "--xGARBAGE\r\n\r\n1\r\n--x--", "web.form-malformed"),
            ("multipart/form-data; boundary=x", "--x\r\nnonsense\r\n\r\n1\r\n--x--", "web.form-malformed"),
            ("multipart/form-data; boundary=x", "nothing", "web.form-malformed"),
        ])
    func brokenBodies(type: String, body: String, code: String) throws {
        let server = try serve { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        let content = body.isEmpty ? "-" : body
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nContent-Type: \(type)\r\n"
                + "Content-Length: \(content.utf8.count)\r\n\r\n\(content)")
        let response = try client.response()
        #expect(response.status == 400)
        #expect(response.text.contains(code))
    }

    @Test("fields that are not UTF-8 are 400")
    func notUTF8() throws {
        let server = try serve { _ in .text("handled") }
        let client = try RawClient(port: server.boundPort)
        let head = Array("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8)
        client.postMultipart(head + [0xD5, 0xC5] + Array("\r\n--x--\r\n".utf8), boundary: "x")
        let response = try client.response()
        #expect(response.status == 400)
        #expect(response.text.contains("web.text-malformed"))
    }
}

extension RawClient {
    func postMultipart(_ body: String, boundary: String) { postMultipart(Array(body.utf8), boundary: boundary) }

    func postMultipart(_ body: [UInt8], boundary: String) {
        send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=\"\(boundary)\"\r\n"
                + "Content-Length: \(body.count)\r\n\r\n")
        send(body)
    }
}

/// Whether any descriptor of this process refers to the file.
private func isOpen(inode: UInt) -> Bool {
    (0..<CInt(1024)).contains { descriptor in
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_ino == inode && status.st_mode & S_IFMT == S_IFREG
    }
}
