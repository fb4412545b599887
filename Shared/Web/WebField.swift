/// A name with its value: one header, one query parameter or one form field. Names may repeat; their order is kept.
public struct WebField: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [WebField] {
    /// The first value under this exact name.
    func first(_ name: String) -> String? { first { $0.name == name }?.value }

    /// All values under this exact name, in their order.
    func all(_ name: String) -> [String] { filter { $0.name == name }.map(\.value) }
}
