import Contracts
import Store

/// The conditions that confine the people of a list to an officer's area and to what is asked for, in a table with the
/// columns `enterprise` and `township`.
public struct PeopleScope {
    /// Conditions joined by AND, with a `?` for each of `values`.
    public private(set) var sql = "1"
    public private(set) var values: [any SQLBindable] = []

    public init(_ area: Area, _ narrowing: Narrowing? = nil) {
        switch area {
        case .county: break
        case .township(let code): require("township", code)
        case .enterprise(let code): require("enterprise", code)
        }
        if let enterprise = narrowing?.enterprise { require("enterprise", enterprise) }
        if let township = narrowing?.township { require("township", township) }
    }

    private mutating func require(_ column: String, _ code: String) {
        sql += " AND \(column) = ?"
        values.append(code)
    }
}
