import FoundationEssentials
import Sealing
import Testing

@Suite("Signature key")
struct SignatureKeyTests {
    let folder = TemporaryFolder()
    let content = Array("日志头 registry 1 42".utf8)

    @Test("verifies the example of GM/T 0003.5-2012, appendix A")
    func knownAnswer() throws {
        let head = "3059301306072a8648ce3d020106082a811ccf5501822d03420004"
        let x = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        let y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        let encoded = Data(try #require(Hex.decode(head + x + y))).base64EncodedString()
        let key = try SignaturePublicKey(pem: "-----BEGIN PUBLIC KEY-----\n\(encoded)\n-----END PUBLIC KEY-----\n")
        let r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        let s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        let signature = try #require(Hex.decode("3046022100\(r)022100\(s)"))
        #expect(key.verify(signature, of: Array("message digest".utf8)))
        #expect(!key.verify(signature, of: Array("message digess".utf8)))
    }

    @Test("signs, and its public half verifies")
    func roundTrip() throws {
        let key = SignatureKey.random()
        let signature = key.sign(content)
        #expect((68...72).contains(signature.count))
        #expect(key.verify(signature, of: content))
        #expect(try SignaturePublicKey(pem: key.publicKey.pem).verify(signature, of: content))
        #expect(key.sign(content) != signature)
        #expect(key.verify(key.sign([]), of: []))
    }

    @Test("refuses other content, another key and what is no signature")
    func refused() {
        let key = SignatureKey.random()
        let signature = key.sign(content)
        #expect(!key.verify(signature, of: content + [0]))
        #expect(!key.verify(signature, of: []))
        #expect(!SignatureKey.random().verify(signature, of: content))
        #expect(!key.verify([], of: content))
        #expect(!key.verify([1, 2, 3], of: content))
        #expect(!key.verify(signature + [0], of: content))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!key.verify(changed, of: content))
        }
        #expect(key.verify(signature, of: content))
    }

    @Test("is made for its owner alone and read back as the same key")
    func file() throws {
        let path = folder.file("log.pem")
        let made = try SignatureKey.create(at: path)
        #expect(TemporaryFolder.mode(of: path) == 0o600)
        let loaded = try SignatureKey.load(from: path)
        #expect(loaded.publicKey.pem == made.publicKey.pem)
        #expect(made.verify(loaded.sign(content), of: content))
        #expect(code { _ = try SignatureKey.create(at: path) } == .keyFileExists)
        #expect(code { _ = try SignatureKey.create(at: folder.file("none/a.pem")) } == .keyFileNotWritten)
    }

    @Test("hands out a public half without the private one")
    func publicHalf() throws {
        let pem = SignatureKey.random().publicKey.pem
        #expect(pem.hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
        let path = folder.write(Array(pem.utf8), as: "public.pem")
        #expect(code { _ = try SignatureKey.load(from: path) } == .keyFileMalformed)
    }

    @Test("is refused when missing or readable by others")
    func unusable() throws {
        #expect(code { _ = try SignatureKey.load(from: folder.file("none")) } == .keyFileMissing)
        let path = folder.write([1], as: "open.pem", mode: 0o644)
        #expect(code { _ = try SignatureKey.load(from: path) } == .keyFileTooOpen)
    }

    @Test("of another kind, in part, or locked by a password is refused", arguments: [notKey, otherCurve, locked])
    func malformed(text: String) {
        let path = folder.write(Array(text.utf8), as: "a.pem")
        #expect(code { _ = try SignatureKey.load(from: path) } == .keyFileMalformed)
    }

    @Test("in public form is refused when it is something else", arguments: ["", notKey, otherCurve, otherPublic])
    func malformedPublic(text: String) {
        #expect(code { _ = try SignaturePublicKey(pem: text) } == .publicKeyMalformed)
    }

    @Test("signs on several threads at once")
    func threads() async {
        let key = SignatureKey.random()
        await withTaskGroup(of: Bool.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    (0..<20).allSatisfy { key.verify(key.sign([UInt8(worker), $0]), of: [UInt8(worker), $0]) }
                }
            }
            for await valid in group { #expect(valid) }
        }
    }

    static let notKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"

    /// A key pair on the curve P-256. Made for this test alone.
    static let otherCurve = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgC06yDq9cqDd5aMbF
        fJoWxsOpANajf2Xp253xrBCYMNChRANCAARr5Tigj0c4PeGZR6cciGUwSlU2AnvV
        Y2o0V3Ppmz61b8NJc1CKXCiF7CXBrOPzG8oxcvCVYXRzULJzfjUfMCY6
        -----END PRIVATE KEY-----

        """

    /// The public half of a key on the curve P-256. Made for this test alone.
    static let otherPublic = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEa+U4oI9HOD3hmUenHIhlMEpVNgJ7
        1WNqNFdz6Zs+tW/DSXNQilwohewlwazj8xvKMXLwlWF0c1Cyc341HzAmOg==
        -----END PUBLIC KEY-----

        """

    /// An SM2 key pair encrypted with a password. Made for this test alone.
    static let locked = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgKuHzMi2Ru8gICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEM2OpJ3uxFmbWmUqlLTCfdwEgZDy
        ILF89uBJvKI0rAfKTyTu3WNNu2zPCotfPj42ASNJGZuqyhs2CAFEcqzAr8rPA6c3
        ljoBDs808aiMX/zgeoyJ2z70anwkxDNK8kaKxV6TYu5+Yypc0C81eKCdOm47Qis2
        IljFvvlXV8Ve1EYMtOFkVt/iTVlE81b5nyBjKrOOhIaumFhk6F2wYprzaFPqocY=
        -----END ENCRYPTED PRIVATE KEY-----

        """
}
