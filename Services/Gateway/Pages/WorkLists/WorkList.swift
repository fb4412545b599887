import Contracts
import Domain
import Messaging
import Web

/// What the departments' work lists have in common: names beside numbers, ticking, and reading forms.
enum WorkList {
    static let rowsPerPage = 100
    static let personHeaders = ["姓名", "身份证号", "企业", "乡镇"]

    /// The names of people that another service lists by number. Who is outside the account's area is left out.
    static func names(_ visit: Visit, _ persons: [PersonID]) throws -> [PersonID: PersonRow] {
        guard !persons.isEmpty else { return [:] }
        let rows = try visit.ask(NamePersons(persons: persons)).rows
        return Dictionary(rows.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The cells under `personHeaders`. A person whom the registry no longer names is shown by number.
    /// - Parameter identity: the whole number, where whoever compares has to see it.
    static func personCells(_ person: PersonID, _ row: PersonRow?, identity: String? = nil) -> [HTML] {
        guard let row else { return ["\(person.rawValue)", "", "", ""] }
        return [
            Elements.link("/people/\(person.rawValue)", row.name), "\(identity ?? row.maskedIdentity)",
            "\(row.enterpriseName)",
            "\(Elements.townshipName(row.township))",
        ]
    }

    /// Leads to what of the roster is to be looked into before somebody is verified.
    static func noted(_ row: PersonRow) -> HTML {
        guard row.isNoted == true else { return HTML() }
        return "<a href=\"/people/\(row.person.rawValue)\">\(Elements.badge("须核实", .bad))</a>"
    }

    /// A box that ticks a person in a list.
    static func tick(_ visit: Visit, _ person: PersonID, _ name: String? = nil) -> HTML {
        let number = String(person.rawValue)
        let isOn = visit.request.fields("person").contains(number)
        return """
            <input type="checkbox" name="person" value="\(number)" aria-label="选择\(name ?? "")"\
            \(HTML.flag("checked", isOn))>
            """
    }

    /// Ticks all boxes of the list on this page.
    static let tickAll: HTML = """
        <label class="check"><input type="checkbox" data-all="person"> 全选本页</label>
        """

    static func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// Name and value pairs, as a person page or a paper shows them.
    static func facts(_ pairs: [(String, String)]) -> HTML {
        let rows = pairs.filter { !$0.1.isEmpty }.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML }
        return "<dl class=\"facts\">\(rows)</dl>"
    }

    /// Page numbers, the next page and the way back.
    static func next(_ visit: Visit, _ next: Int64?, _ query: [(String, String?)] = []) -> HTML {
        let trail = PageTrail(visit.text("after"))
        func address(_ trail: PageTrail) -> String {
            Address(visit.request.path, visit.narrowed + query + [("after", trail.text)]).string
        }
        return Elements.pager(
            page: trail.page, previous: trail.previous.map(address), next: next.map { address(trail.next(after: $0)) })
    }

    /// What stands in place of an empty list.
    static func none(_ visit: Visit, _ sentence: String) -> String {
        visit.narrowing == nil ? sentence : "所选企业、乡镇中没有，可显示全部再看。"
    }

    /// Narrows a list to an enterprise and a township, as far as the account's area leaves a choice. One person is
    /// found in the ledger, whose search does not put a name into an address.
    /// - Parameter more: what else narrows this list.
    static func filters(_ visit: Visit, _ more: HTML = HTML()) throws -> HTML {
        var fields: [HTML] = []
        if case .enterprise = visit.officer.area {
        } else {
            let choices = [("", "全部企业")] + (try enterprises(visit).map { ($0.code, $0.name) })
            fields.append(Elements.select("enterprise", "企业", choices, selected: visit.narrowing?.enterprise))
        }
        if case .township = visit.officer.area {
        } else {
            let choices = [("", "全部乡镇")] + Elements.townshipOptions
            fields.append(Elements.select("township", "乡镇", choices, selected: visit.narrowing?.township))
        }
        let all: HTML = visit.narrowing == nil ? HTML() : Elements.link(visit.request.path, "显示全部")
        let search: HTML =
            LedgerPage.roles.contains(visit.officer.role) ? Elements.link(LedgerPage.path, "按姓名或身份证号查找 ›") : HTML()
        return """
            <form method="get" action="\(visit.request.path)" class="filters screen">
            \(fields)\(more)\(Elements.button("筛选", kind: "secondary")) \(all) \(search)</form>
            """
    }

    /// The enterprises within the account's area, to choose from.
    static func enterprises(_ visit: Visit) throws -> [EnterpriseRow] {
        let area = visit.officer.area
        return try visit.ask(ListEnterprises()).rows.filter {
            if case .enterprise(let code) = area { $0.code == code } else { true }
        }
    }

    static func enterpriseNames(_ visit: Visit) throws -> [String: String] {
        Dictionary(try visit.ask(ListEnterprises()).rows.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
    }

    /// Every case of a closed list, to choose from.
    static func options<T: CaseIterable & RawRepresentable<String>>(
        _ type: T.Type, _ chinese: (T) -> String
    ) -> [(String, String)] {
        T.allCases.map { ($0.rawValue, chinese($0)) }
    }

    /// A list's rows of one enterprise and township together, in the order in which they came.
    static func grouped<Key: Hashable, Row>(_ rows: [Row], by key: (Row) -> Key) -> [(Key, [Row])] {
        var places: [Key: Int] = [:]
        var groups: [(Key, [Row])] = []
        for row in rows {
            if let place = places[key(row)] {
                groups[place].1.append(row)
            } else {
                places[key(row)] = groups.count
                groups.append((key(row), [row]))
            }
        }
        return groups
    }
}

extension Visit {
    /// Where the list goes on.
    var after: Int64? { PageTrail(text("after")).after }

    /// The person in the address.
    func person() throws -> PersonID {
        guard let number = request.parameter("person").flatMap({ Int64($0) }) else {
            throw CommonRefusal.unknownPerson
        }
        return PersonID(number)
    }

    /// What the address narrows a list to. Codes only: no name and no number of a person stands there.
    var narrowing: Narrowing? { Self.narrowing(request) }

    static func narrowing(_ request: WebRequest) -> Narrowing? {
        func code(_ name: String) -> String? { request.query(name).flatMap { $0.isEmpty ? nil : $0 } }
        let narrowing = Narrowing(enterprise: code("enterprise"), township: code("township"))
        return narrowing == Narrowing() ? nil : narrowing
    }

    /// The same as the address has it, to come back to the same list.
    var narrowed: [(String, String?)] {
        [("enterprise", narrowing?.enterprise), ("township", narrowing?.township)]
    }

    func isTicked(_ name: String, _ value: String = "on") -> Bool { request.fields(name).contains(value) }

    /// A required amount in yuan, as whole fen.
    func money(_ name: String, _ label: String) throws -> Int64 { try AmountText.fen(text(name), label) }

    func month(_ name: String, _ label: String) throws -> CalendarMonth {
        guard let month = CalendarMonth(text(name)) else { throw FormFault.refusal(label) }
        return month
    }

    /// The day that a form's date field shows: what was entered, or today.
    func shownDay(_ name: String) -> CalendarDay { CalendarDay(text(name)) ?? desk.today }
}
