import Contracts
import Domain
import Web

/// The steps of a list: a link in each line, and below the list what can be done for those ticked, or for all.
enum StepBar {
    /// Those of the list's steps that the account may do.
    static func steps(of list: any Page.Type, _ visit: Visit) -> [AnyStep] {
        Steps.all.filter { $0.list.path == list.path && $0.isForMany && $0.roles.contains(visit.officer.role) }
    }

    /// Opens the step for one person of the list.
    static func link(_ visit: Visit, _ step: AnyStep, _ person: PersonID) -> HTML {
        Elements.link(Address(step.address(of: person), visit.narrowed).string, "办理")
    }

    /// Links to the steps for one person, as far as the account may do them.
    static func links(_ visit: Visit, _ names: [String], _ person: PersonID) -> HTML {
        let steps = names.compactMap { Steps.step($0) }.filter { $0.roles.contains(visit.officer.role) }
        guard !steps.isEmpty else { return HTML() }
        let links = steps.map { step in
            "<a class=\"button\" href=\"\(step.address(of: person))\">\(step.title)</a> " as HTML
        }
        return "<p class=\"screen\">\(links)</p>"
    }

    /// The list as a form whose buttons take the ticked people to a step; nil when there is none.
    static func form(_ visit: Visit, _ steps: [AnyStep], _ table: HTML?) -> HTML? {
        guard let table, !steps.isEmpty else { return nil }
        let buttons = steps.map { step in
            """
            <button class="secondary" type="submit" formaction="\(Address(step.address, visit.narrowed).string)">\
            \(step.title)</button>
            """ as HTML
        }
        let all = steps.map { step in
            Elements.link(Address(step.address, visit.narrowed).string, "\(step.title) ›") + "　"
        }
        let content: HTML = """
            \(WorkList.hidden("scope", "ticked"))\(WorkList.tickAll)\(table)
            <div class="row"><span>对勾选的人员：</span>\(buttons)</div>
            """
        return """
            \(Elements.form(visit, action: Address(steps[0].address, visit.narrowed).string, content))
            <p class="screen"><span>符合条件的全部人员，或用表格办理：</span>\(all)</p>
            """
    }
}
