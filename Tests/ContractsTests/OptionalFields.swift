import Domain

/// Which optional fields were filled in the values looked at, by type and field.
struct OptionalFields {
    private var empty: Set<String> = []
    private var filled: Set<String> = []

    var neverFilled: [String] { empty.subtracting(filled).sorted() }

    mutating func look(at value: Any) {
        // Travels as one text: what is optional inside it is not a field of the message.
        if value is any TextCoded { return }
        let mirror = Mirror(reflecting: value)
        for child in mirror.children {
            let inside = Mirror(reflecting: child.value)
            guard inside.displayStyle == .optional else {
                look(at: child.value)
                continue
            }
            let field = "\(mirror.subjectType).\(child.label ?? "")"
            if let content = inside.children.first {
                filled.insert(field)
                look(at: content.value)
            } else {
                empty.insert(field)
            }
        }
    }
}
