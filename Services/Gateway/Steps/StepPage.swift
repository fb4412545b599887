import Contracts
import Domain
import Web

/// One step for one person: the form that its description gives, with all that is wrong beside the fields.
struct StepPage: Page {
    static let path = "/steps/:step/:person"
    static let title = "办理"
    static let roles = Steps.roles
    static let hasForm = true

    static func title(_ visit: Visit) -> String { (try? visit.step().title) ?? title }

    func show(_ visit: Visit) throws -> HTML {
        let step = try visit.step()
        let person = try visit.person()
        return try form(visit, step, person, faults: [])
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let step = try visit.step()
        let person = try visit.person()
        let values = StepForm.values(step.fields, visit.request)
        do {
            let command = try step.read(person, values, visit.desk.today, nil)
            _ = try step.order(visit.asker, command, try visit.formNumber())
            return try goOn(visit, step, person)
        } catch let unread as FieldFaults {
            return try again(visit, step, person, FormFault.refusal(unread), unread.faults)
        } catch let refusal as Refusal {
            return try again(visit, step, person, refusal, step.fields.compactMap { $0.fault(of: refusal) })
        }
    }

    private func again(
        _ visit: Visit, _ step: AnyStep, _ person: PersonID, _ refusal: Refusal, _ faults: [FieldFault]
    ) throws -> WebResponse {
        let content = try form(visit, step, person, faults: faults)
        let page = PageFrame.page(title: step.title, visit: visit, refusal: refusal, content: content)
        return .html(page, status: refusal.kind.httpStatus)
    }

    /// To the next person who waits, when that was asked for; else where the person's things are shown.
    private func goOn(_ visit: Visit, _ step: AnyStep, _ person: PersonID) throws -> WebResponse {
        guard visit.text("then") == "next" else {
            return Flash.saved.redirect(to: step.place?(person) ?? step.list.path, visit.narrowed)
        }
        let waiting = try step.people(visit.asker, StepScope(narrowing: visit.narrowing, limit: 2)).persons
        guard let next = waiting.first(where: { $0 != person }) else {
            return Flash.lastOne.redirect(to: step.list.path, visit.narrowed)
        }
        return Flash.savedBefore.redirect(
            to: step.address(of: next), visit.narrowed + [("before", String(person.rawValue))])
    }

    private func form(_ visit: Visit, _ step: AnyStep, _ person: PersonID, faults: [FieldFault]) throws -> HTML {
        let names = try WorkList.names(visit, [person])
        guard names[person] != nil else { throw CommonRefusal.unknownPerson }
        let sent: [String: FieldValue]? =
            visit.request.method == .post ? StepForm.values(step.fields, visit.request) : nil
        var values = step.initial(visit.desk.today)
        let known = try step.known(visit.asker, [person])[person] ?? [:]
        values.merge(known) { $1 }
        if let sent { values.merge(sent) { $1 } }
        let action = Address(step.address(of: person), visit.narrowed).string
        let content: HTML = """
            <div class="fields">\(StepForm.html(step.fields, values, faults, today: visit.desk.today))</div>
            <div class="row">\(Elements.button(step.title))
            <button class="secondary" type="submit" name="then" value="next">\(step.title)，接着办下一位</button></div>
            """
        let before = visit.request.query("before").flatMap { Int64($0) }
        let former: HTML? = before.map { number in
            let address = step.place?(PersonID(number)) ?? "/people/\(number)"
            return "<p class=\"screen\">\(Elements.link(address, "‹ 查看刚办理的一位"))</p>"
        }
        let cited: HTML? = step.article.map { "<p class=\"muted\">依据：\($0.fullCitation)</p>" }
        return """
            \(former)\(Elements.table(
                headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            \(WorkList.facts(try step.facts(visit.asker, person)))\(cited)
            \(Elements.form(visit, action: action, content))
            <p class="screen">\(Elements.link(Address(step.list.path, visit.narrowed).string, "‹ 返回列表"))　\
            \(Elements.link(Address(step.address, visit.narrowed).string, "办理多人（表格） ›"))</p>
            """
    }
}

extension Visit {
    /// The step in the address, if the account's duties include it.
    func step() throws -> AnyStep {
        guard let step = Steps.step(request.parameter("step") ?? "") else { throw GatewayRefusal.unknownPage }
        guard step.roles.contains(officer.role) else { throw CommonRefusal.roleNotEntitled }
        return step
    }
}
