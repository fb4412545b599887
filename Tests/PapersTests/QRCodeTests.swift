import FoundationEssentials
import Glibc
import Papers
import Testing

@Suite("QR code")
struct QRCodeTests {
    @Test(
        "is read back by a real reader",
        arguments: [
            "https://jieli.example/p/4K7D-22?check=91", "接力", "张三的领取凭证：第 42 号", "0", "a<b>&\"c\" 'd'",
            String(repeating: "职工安置 ", count: 60),
        ])
    func decoded(text: String) throws {
        #expect(try Reader.read(QRCode.svg(text, moduleSizeInPixels: 4)) == text)
    }

    @Test("is read back at its greatest length")
    func longest() throws {
        let ascii = String(repeating: "abcdefghi ", count: 232) + "123456789"
        try #require(ascii.utf8.count == QRCode.greatestTextLengthInBytes)
        #expect(try Reader.read(QRCode.svg(ascii, moduleSizeInPixels: 4)) == ascii)
        let chinese = String(repeating: "一二三四五六七八", count: 97) + "a"
        try #require(chinese.utf8.count == QRCode.greatestTextLengthInBytes)
        #expect(try Reader.read(QRCode.svg(chinese, moduleSizeInPixels: 4)) == chinese)
    }

    @Test("survives a stain over a tenth of its width")
    func stained() throws {
        let svg = try QRCode.svg("https://jieli.example/p/4K7D-22", moduleSizeInPixels: 8)
        let stain = "<path fill=\"#fff\" d=\"M17 17h3v3h-3z\"/></svg>"
        let stained = svg.dropLast("</svg>".count) + stain
        #expect(try Reader.read(String(stained)) == "https://jieli.example/p/4K7D-22")
    }

    @Test("is as large as its modules and its quiet zone")
    func size() throws {
        // Version 1 has 21 modules; the quiet zone adds 4 on each side.
        let svg = try QRCode.svg("1", moduleSizeInPixels: 3)
        #expect(svg.contains("width=\"87\" height=\"87\" viewBox=\"0 0 29 29\""))
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>"))
        #expect(svg.contains("d=\"M4 4h7v1h-7z"))
    }

    @Test("does not carry its text in the clear")
    func text() throws {
        #expect(try !QRCode.svg("330106199001011234", moduleSizeInPixels: 3).contains("330106"))
    }

    @Test("refuses what it cannot hold or draw")
    func refused() {
        let long = String(repeating: "a", count: QRCode.greatestTextLengthInBytes + 1)
        #expect(code { _ = try QRCode.svg(long, moduleSizeInPixels: 1) } == .textTooLong)
        #expect(code { _ = try QRCode.svg(String(repeating: "字", count: 777), moduleSizeInPixels: 1) } == .textTooLong)
        #expect(code { _ = try QRCode.svg("", moduleSizeInPixels: 1) } == .textEmpty)
        #expect(code { _ = try QRCode.svg("a", moduleSizeInPixels: 0) } == .moduleSizeWrong)
        #expect(code { _ = try QRCode.svg("a", moduleSizeInPixels: 101) } == .moduleSizeWrong)
    }

    private func code(_ work: () throws -> Void) -> PapersError.Code? {
        do {
            try work()
            return nil
        } catch { return (error as? PapersError)?.code }
    }
}

/// Debian's reader: the drawing is rendered by `rsvg-convert` and read by `zbarimg`, as a camera would.
enum Reader {
    struct Failure: Error, CustomStringConvertible { var description: String }

    static func read(_ svg: String) throws -> String {
        let folder = "/tmp/jieli-papers-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try svg.write(toFile: "\(folder)/code.svg", atomically: false, encoding: .utf8)
        try run(["rsvg-convert", "-o", "\(folder)/code.png", "\(folder)/code.svg"], output: "/dev/null")
        try run(
            ["zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "\(folder)/code.png"],
            output: "\(folder)/text")
        let text = try String(contentsOfFile: "\(folder)/text", encoding: .utf8)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private static func run(_ command: [String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let result = posix_spawnp(&process, command[0], &actions, nil, &arguments, environ)
        if result != 0 {
            throw Failure(
                description: "\(command[0]) does not start: install zbar-tools and librsvg2-bin, or run ./jieli test")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        if status != 0 { throw Failure(description: "\(command[0]) ended with status \(status)") }
    }
}
