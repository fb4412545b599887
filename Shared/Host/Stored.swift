/// A stored value that this program cannot have written: the store is damaged, or a newer program wrote it.
public struct UnreadableValue: Error {
    public init() {}
}

/// Values that came back from a store. What the program wrote it can read; anything else means damage.
public enum Stored {
    public static func value<T>(_ value: T?) throws -> T {
        guard let value else {
            throw UnreadableValue()
        }
        return value
    }
}
