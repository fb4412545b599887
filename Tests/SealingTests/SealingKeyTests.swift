import Glibc
import Sealing
import Testing

@Suite("Sealing key file")
struct SealingKeyTests {
    let folder = TemporaryFolder()
    static let line = "jieli-key-1 " + String(repeating: "0123456789abcdef", count: 8)

    @Test("is made for its owner alone and read back as the same key")
    func roundTrip() throws {
        let path = folder.file("registry.key")
        let made = try SealingKey.create(at: path)
        #expect(TemporaryFolder.mode(of: path) == 0o600)
        let sealed = Sealer(made).seal("一", purpose: "a")
        #expect(try Sealer(SealingKey.load(from: path)).openText(sealed, purpose: "a") == "一")
    }

    @Test("holds one line of heading and digits")
    func format() throws {
        let path = folder.file("a.key")
        _ = try SealingKey.create(at: path)
        let text = try #require(content(of: path))
        #expect(text.hasPrefix("jieli-key-1 "))
        #expect(text.hasSuffix("\n"))
        #expect(text.utf8.count == 12 + 128 + 1)
    }

    @Test("is never overwritten")
    func exists() throws {
        let path = folder.write(Array("mine".utf8), as: "a.key")
        #expect(code { _ = try SealingKey.create(at: path) } == .keyFileExists)
        #expect(content(of: path) == "mine")
    }

    @Test("is refused a folder that is missing, and leaves nothing behind")
    func unwritable() {
        #expect(code { _ = try SealingKey.create(at: folder.file("none/a.key")) } == .keyFileNotWritten)
        #expect(code { _ = try SealingKey.create(at: "/proc/a.key") } == .keyFileNotWritten)
    }

    @Test("that is missing is named")
    func missing() {
        let path = folder.file("none.key")
        #expect(code { _ = try SealingKey.load(from: path) } == .keyFileMissing)
        #expect(throws: SealingError.self) { try SealingKey.load(from: path) }
        do { _ = try SealingKey.load(from: path) } catch { #expect(error.message.contains(path)) }
    }

    @Test("that others may read, write or run is refused", arguments: [0o640, 0o604, 0o660, 0o644, 0o620, 0o601])
    func tooOpen(mode: Int) {
        let path = folder.write(Array(Self.line.utf8), as: "a.key", mode: mode_t(mode))
        #expect(code { _ = try SealingKey.load(from: path) } == .keyFileTooOpen)
    }

    @Test("loads with or without the closing newline, and in either case", arguments: ["", "\n"])
    func accepted(end: String) throws {
        let path = folder.write(Array((Self.line + end).utf8), as: "a.key", mode: 0o400)
        _ = try SealingKey.load(from: path)
        let upper = "jieli-key-1 " + Self.line.dropFirst(12).uppercased()
        _ = try SealingKey.load(from: folder.write(Array(upper.utf8), as: "b.key"))
    }

    @Test(
        "of another form is refused",
        arguments: [
            "", "\n", "jieli-key-1 ", "jieli-key-1 00", String(line.dropLast()), String(line.dropLast(2)), line + "00",
            line + "\n\n", " " + line, String(line.dropLast()) + "g", "jieli-key-2 " + line.dropFirst(12),
            line + "\n" + line,
        ])
    func malformed(text: String) {
        let path = folder.write(Array(text.utf8), as: "a.key")
        #expect(code { _ = try SealingKey.load(from: path) } == .keyFileMalformed)
    }

    @Test("that is far too long is not read to its end")
    func long() {
        let path = folder.write([UInt8](repeating: 48, count: 1_000_000), as: "a.key")
        #expect(code { _ = try SealingKey.load(from: path) } == .keyFileMalformed)
    }

    @Test("must be a file, not a folder or a pipe")
    func irregular() {
        #expect(code { _ = try SealingKey.load(from: folder.path) } == .keyFileUnreadable)
        let pipe = folder.file("pipe")
        mkfifo(pipe, 0o600)
        #expect(code { _ = try SealingKey.load(from: pipe) } == .keyFileUnreadable)
    }

    @Test("of a wrong length is refused in memory too", arguments: [0, 32, 63, 65])
    func length(count: Int) {
        #expect(code { _ = try SealingKey(Secret.random(count)) } == .keyLengthWrong)
    }

    private func content(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1000)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
