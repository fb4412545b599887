import Glibc
import Testing

@testable import Messaging

@Suite("Keys")
struct KeyTests {
    private final class Folder {
        let path: String
        init() throws {
            var template = Array("/tmp/jieli-keys-XXXXXX".utf8CString)
            path = try #require(mkdtemp(&template).map { String(cString: $0) })
        }
        deinit {
            unlink(path + "/key")
            rmdir(path)
        }
    }

    private func code(_ body: () throws -> Void) -> String? {
        #expect(throws: BusSetupError.self, performing: body)?.code
    }

    @Test("Generated keys are Z85 text and differ")
    func generate() throws {
        let (one, two) = (try CurveKeyPair.generate(), try CurveKeyPair.generate())
        #expect(one != two && one.publicKey.utf8.count == 40 && one.secretKey.utf8.count == 40)
    }

    @Test("A key file comes back as it was written, and only its owner may read it")
    func keyFile() throws {
        let folder = try Folder()
        let path = folder.path + "/key"
        let keys = try CurveKeyPair.generate()
        try keys.write(path: path, service: "archives")
        let read = try CurveKeyPair.read(path: path)
        #expect(read.service == "archives" && read.keys == keys)
        var status = stat()
        stat(path, &status)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(code { try keys.write(path: path, service: "archives") } == "bus.key-file-exists")
        chmod(path, 0o640)
        #expect(code { _ = try CurveKeyPair.read(path: path) } == "bus.key-file-open")
    }

    @Test("A key file that is missing or wrong is told")
    func wrongKeyFile() throws {
        let folder = try Folder()
        let path = folder.path + "/key"
        #expect(code { _ = try CurveKeyPair.read(path: path) } == "bus.key-file")
        let good = String(repeating: "0", count: 40)
        for (line, expected) in [
            ("jieli-curve-2 archives \(good) \(good)", "bus.key-file"),
            ("jieli-curve-1 archives \(good)", "bus.key-file"),
            ("jieli-curve-1 archives \(good) short", "bus.key"),
        ] {
            try ZeroMQWorld.write(line, to: path)
            chmod(path, 0o600)
            #expect(code { _ = try CurveKeyPair.read(path: path) } == expected)
        }
        #expect(
            code { try CurveKeyPair.generate().write(path: folder.path + "/other", service: "two words") }
                == "bus.names")
        #expect(code { try CurveKeyPair.generate().write(path: "/nowhere/key", service: "s") } == "bus.key-file")
    }

    @Test("The registry knows which key belongs to which service, also several to one")
    func registry() throws {
        let folder = try Folder()
        let path = folder.path + "/key"
        let keys = try (0..<3).map { _ in try CurveKeyPair.generate().publicKey }
        try ZeroMQWorld.write("# 公钥\n\narchives \(keys[0])\n  archives   \(keys[1])\n", to: path)
        let registry = try KeyRegistry(path: path)
        #expect(keys.map { registry.service(ofPublicKey: $0) } == ["archives", "archives", nil])
        try ZeroMQWorld.write("gateway \(keys[2])\n", to: path)
        try registry.reload()
        #expect(keys.map { registry.service(ofPublicKey: $0) } == [nil, nil, "gateway"])
    }

    @Test("A wrong line is told by its number, and changes nothing")
    func wrongRegistry() throws {
        let folder = try Folder()
        let path = folder.path + "/key"
        #expect(code { _ = try KeyRegistry(path: path) } == "bus.key-registry")
        let key = try CurveKeyPair.generate().publicKey
        try ZeroMQWorld.write("archives \(key)\n", to: path)
        let registry = try KeyRegistry(path: path)
        for line in ["gateway", "gateway \(key)", "gateway short", "a b c"] {
            try ZeroMQWorld.write("archives \(key)\n\(line)\n", to: path)
            let error = #expect(throws: BusSetupError.self) { try registry.reload() }
            #expect(error?.code == "bus.key-registry" && error?.message.contains("2") == true)
            #expect(registry.service(ofPublicKey: key) == "archives")
        }
    }

    @Test("What is wrong with a changed file is told once, and the file read again when it is another one")
    func toldOnce() throws {
        let folder = try Folder()
        let path = folder.path + "/key"
        let keys = try (0..<2).map { _ in try CurveKeyPair.generate().publicKey }
        try ZeroMQWorld.write("archives \(keys[0])\n", to: path)
        let registry = try KeyRegistry(path: path)
        try ZeroMQWorld.write("nonsense\n", to: path)
        #expect(throws: BusSetupError.self) { try registry.reloadIfChanged() }
        try registry.reloadIfChanged()
        #expect(registry.service(ofPublicKey: keys[0]) == "archives")
        try ZeroMQWorld.write("archives \(keys[1])\n", to: path)
        try registry.reloadIfChanged()
        #expect(registry.service(ofPublicKey: keys[1]) == "archives")
    }
}
