import FoundationEssentials
import Support

/// A folder that goes with its value.
final class Scratch: Sendable {
    let path: String

    init() throws { path = try TemporaryFolder.make() }

    deinit { TemporaryFolder.remove(path) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }

    /// What a file holds; nothing when there is none.
    func text(_ name: String) -> String {
        String(decoding: (try? FileBytes.read("\(path)/\(name)")) ?? [], as: UTF8.self)
    }
}
