/// Valid ID numbers for tests, made from a running number; no real person's.
public enum TestIdentity {
    public static func number(_ index: Int, birthday: String = "19550314") -> String {
        let serial = String(index % 1000)
        let body = "532529" + birthday + String(repeating: "0", count: 3 - serial.count) + serial
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }
}
