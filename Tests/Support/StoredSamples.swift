import Contracts
import FoundationEssentials
import Host

/// The samples of a stored type that lie beside a service's tests.
public enum StoredSamples {
    /// - Parameter test: the file of the test, beside which the folder `Samples` lies.
    /// - Returns: the samples of every version, the oldest first, as they lie there and as the program reads them.
    public static func read<T: StoredJSON>(
        _ type: T.Type, named name: String? = nil, test: String = #filePath
    ) throws -> [(bytes: [UInt8], value: T)] {
        let folder = test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let stem = "\(name ?? "\(type)").v"
        return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/Samples")
            .filter { $0.hasPrefix(stem) && $0.hasSuffix(".json") }
            .sorted { ($0.count, $0) < ($1.count, $1) }
            .map { file in
                // A text file ends with a line's end.
                let text = try String(contentsOfFile: "\(folder)/Samples/\(file)", encoding: .utf8)
                let bytes = Array(text.utf8.reversed().drop { $0 == UInt8(ascii: "\n") }.reversed())
                return (bytes, try T(stored: bytes))
            }
    }
}
