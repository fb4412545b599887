import Contracts
import Domain
import Messaging
import Web

/// One request of a signed-in account, with what a page needs to answer it.
struct Visit: Sendable {
    let request: WebRequest
    let account: Account
    let session: Session
    let desk: Desk

    var officer: Officer { account.officer }
    var acting: Acting { desk.acting(account, session) }

    /// Asks a service as this account. Throws its `Refusal`, or a `BusFailure`.
    func ask<Q: Query>(_ query: Q) throws -> Q.Reply { try desk.ask(query, as: acting) }

    /// Orders something as this account, once for each form. Throws the service's `Refusal`, or a `BusFailure`.
    /// - Parameter part: tells several things apart that one form orders.
    @discardableResult
    func order<C: Command>(_ command: C, part: Int = 0) throws -> C.Reply {
        var number = try formNumber()
        number.counter &+= UInt64(part)
        return try desk.order(command, as: acting, number: number)
    }

    /// The number that the form's token stands for.
    func formNumber() throws -> CommandNumber {
        guard let token = request.field("token"), let number = desk.sealer.number(of: token, session) else {
            throw GatewayRefusal.staleForm
        }
        return number
    }

    /// The hidden field that each form carries.
    var tokenField: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(desk.sealer.formToken(session))\">" }

    // MARK: Fields of forms

    /// A field's text without the blanks around it; empty when it is absent.
    func text(_ name: String) -> String { TextForm.trimming(request.field(name) ?? request.query(name) ?? "") }

    /// A field's text; nil when it is absent or empty.
    func optional(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// A required number.
    func number(_ name: String, _ label: String) throws -> Int64 {
        guard let number = Int64(text(name)) else { throw FormFault.refusal(label) }
        return number
    }

    /// A required day, as a date field sends it.
    func day(_ name: String, _ label: String) throws -> CalendarDay {
        guard let day = CalendarDay(text(name)) else { throw FormFault.refusal(label) }
        return day
    }

    /// A required choice from a closed list.
    func choice<T: RawRepresentable<String>>(_ name: String, _ label: String, of type: T.Type) throws -> T {
        guard let value = T(rawValue: text(name)) else { throw FormFault.refusal(label) }
        return value
    }

    /// The persons ticked in a list, or the one in the address.
    func persons(_ name: String = "person") -> [PersonID] {
        request.fields(name).compactMap { Int64($0) }.map { PersonID($0) }
    }
}

/// A form's field that is missing or cannot be read.
enum FormFault {
    static func refusal(_ label: String) -> Refusal {
        Refusal("gateway.form.field", .invalid, "请填写或更正：", details: [label])
    }
}
