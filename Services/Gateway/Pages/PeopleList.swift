import Contracts
import Domain
import Web

/// A list of people who wait for something, described once: what is asked, which columns stand in it, how many there
/// are. Filters, ticks, the steps that are done from it, page numbers with a way back, and the export of chosen
/// columns come from this. Whoever does the steps sees whole ID numbers, which the registry writes down; others see
/// them masked.
struct PeopleList<Row: Sendable>: Sendable {
    /// A line of the list with what the ledger knows of the person.
    struct Entry: Sendable {
        let row: Row
        let person: PersonID
        let ledger: PersonRow?
        /// Only for those who do the list's steps.
        let record: PersonRecord?
    }

    struct Column: Sendable {
        let heading: String
        let text: @Sendable (Entry) -> String
        /// On the page, where it is more than its text.
        let html: (@Sendable (Entry) -> HTML)?

        init(
            _ heading: String, html: (@Sendable (Entry) -> HTML)? = nil, text: @escaping @Sendable (Entry) -> String
        ) {
            self.heading = heading
            self.text = text
            self.html = html
        }
    }

    typealias Ask = @Sendable (Visit, StepScope) throws -> (rows: [Row], next: Int64?)

    static var mostExported: Int { 5000 }

    let page: any Page.Type
    /// Behind name, ID number, enterprise and township.
    let columns: [Column]
    /// What else narrows it, by its name in the address.
    let filter: String?
    let empty: String
    let person: @Sendable (Row) -> PersonID
    let ask: Ask
    /// How many there are, as the gateway's own figures tell; nil when they do not.
    let total: @Sendable (GatewayReads, Visit) throws -> Int?
    /// Opens what is done for one of them; by default the list's first step.
    let open: (@Sendable (Visit, PersonID) -> HTML)?

    init(
        of page: any Page.Type, columns: [Column], empty: String, filter: String? = nil,
        person: @escaping @Sendable (Row) -> PersonID,
        total: @escaping @Sendable (GatewayReads, Visit) throws -> Int? = { _, _ in nil },
        open: (@Sendable (Visit, PersonID) -> HTML)? = nil, ask: @escaping Ask
    ) {
        self.page = page
        self.columns = columns
        self.empty = empty
        self.filter = filter
        self.person = person
        self.total = total
        self.open = open
        self.ask = ask
    }

    // MARK: The page

    /// - Parameter more: what else narrows the list, as fields of its form.
    func html(_ visit: Visit, _ more: HTML = HTML()) throws -> HTML {
        let trail = PageTrail(visit.text("after"))
        let found = try ask(
            visit,
            StepScope(narrowing: visit.narrowing, after: trail.after, limit: WorkList.rowsPerPage))
        let steps = StepBar.steps(of: page, visit)
        let entries = try entries(visit, found.rows)
        let hasLink = open != nil || !steps.isEmpty
        let table = Elements.table(
            headers: (steps.isEmpty ? [] : [""]) + WorkList.personHeaders + columns.map(\.heading)
                + (hasLink ? [""] : []),
            rows: entries.map { entry in
                var cells = WorkList.personCells(
                    entry.person, entry.ledger, identity: entry.record?.identityNumber)
                cells += columns.map { $0.html?(entry) ?? "\($0.text(entry))" }
                if !steps.isEmpty { cells.insert(WorkList.tick(visit, entry.person, entry.ledger?.name), at: 0) }
                if hasLink {
                    cells.append(open?(visit, entry.person) ?? StepBar.link(visit, steps[0], entry.person))
                }
                return cells
            }, empty: WorkList.none(visit, empty))
        let list = StepBar.form(visit, steps, found.rows.isEmpty ? nil : table) ?? table
        return """
            \(try WorkList.filters(visit, more))\(try count(visit, trail, found))\(list)
            \(WorkList.next(visit, found.next, query(visit)))\(found.rows.isEmpty ? HTML() : exporting(visit))
            """
    }

    private func query(_ visit: Visit) -> [(String, String?)] { filter.map { [($0, visit.optional($0))] } ?? [] }

    private func entries(_ visit: Visit, _ rows: [Row]) throws -> [Entry] {
        let persons = rows.map(person)
        let names = try WorkList.names(visit, persons)
        let mayRead = !StepBar.steps(of: page, visit).isEmpty && ReadPersons.roles.contains(visit.officer.role)
        let records = mayRead ? try KnownOfPersons.records(visit.asker, persons) : [:]
        return zip(rows, persons).map { Entry(row: $0, person: $1, ledger: names[$1], record: records[$1]) }
    }

    /// The figures may be a moment behind, and are not to contradict what stands below them.
    private func count(
        _ visit: Visit, _ trail: PageTrail, _ found: (rows: [Row], next: Int64?)
    ) throws -> HTML {
        let seen = (trail.page - 1) * WorkList.rowsPerPage + found.rows.count
        if found.next == nil { return seen == 0 ? HTML() : "<p>共 \(seen) 人。</p>" }
        let isNarrowed = filter.map { visit.optional($0) != nil } ?? false
        let counted = isNarrowed ? nil : try visit.desk.read { try total($0, visit) }
        return counted.map { "<p>共 \(max($0, seen)) 人，每页 \(WorkList.rowsPerPage) 人。</p>" }
            ?? "<p>每页 \(WorkList.rowsPerPage) 人。</p>"
    }

    // MARK: The export

    private var slug: String { String(page.path.split(separator: "/").last ?? "") }

    private func exporting(_ visit: Visit) -> HTML {
        let hidden = (visit.narrowed + query(visit)).compactMap { name, value in
            value.map { WorkList.hidden(name, $0) }
        }
        let choices = exported.indices.map { Elements.checkbox("column", String($0), exported[$0].heading, isOn: true) }
        return """
            <details class="screen"><summary>导出本列表（.xlsx）</summary>
            <form method="get" action="/lists/\(slug)/export">\(hidden)\(choices)
            <div class="row">\(Elements.button("导出所选各列", kind: "secondary"))
            <span class="muted">一次最多 \(Self.mostExported) 人；经办部门导出完整身份证号，系统记录查阅。</span></div>
            </form></details>
            """
    }

    private var exported: [Column] {
        [
            Column("姓名") { $0.ledger?.name ?? String($0.person.rawValue) },
            Column("身份证号") { $0.record?.identityNumber ?? $0.ledger?.maskedIdentity ?? "" },
            Column("企业") { $0.ledger?.enterpriseName ?? "" },
            Column("乡镇") { $0.ledger.map { Elements.townshipName($0.township) } ?? "" },
            Column("社区（村）") { $0.ledger?.community ?? "" },
            Column("出生日期") { $0.record?.birthday?.description ?? "" },
            Column("联系电话") { $0.record?.telephone ?? "" }, Column("现居住地址") { $0.record?.residence ?? "" },
        ] + columns.filter { $0.heading != "社区（村）" && $0.heading != "出生日期" }
    }

    func export(_ visit: Visit) throws -> WebResponse {
        guard page.roles.contains(visit.officer.role) else { throw CommonRefusal.roleNotEntitled }
        let asked = visit.request.queries("column").compactMap { Int($0) }.filter { exported.indices.contains($0) }
        let chosen = asked.isEmpty ? exported : asked.map { exported[$0] }
        let made = try visit.desk.exports.take(for: visit.officer.user, patienceInMilliseconds: 60_000) {
            try WebResponse.workbook(
                rows(visit, chosen), header: chosen.map(\.heading), name: page.title, on: visit.desk.today)
        }
        guard let made else { throw GatewayRefusal.exportsBusy }
        return made
    }

    private func rows(_ visit: Visit, _ chosen: [Column]) throws -> [[String]] {
        var rows: [[String]] = []
        var scope = StepScope(narrowing: visit.narrowing)
        repeat {
            let found = try ask(visit, scope)
            rows += try entries(visit, found.rows).map { entry in chosen.map { $0.text(entry) } }
            scope.after = found.next
        } while scope.after != nil && rows.count < Self.mostExported
        guard scope.after != nil || rows.count > Self.mostExported else { return rows }
        // Nobody is to take a cut list for a whole one.
        return rows.prefix(Self.mostExported) + [["仅导出前 \(Self.mostExported) 人，请缩小筛选范围后分次导出。"]]
    }

    var named: NamedList { NamedList(slug: slug, roles: page.roles, export: export) }
}

/// A list by its name in the address of its export.
struct NamedList: Sendable {
    let slug: String
    let roles: Set<Role>
    let export: @Sendable (Visit) throws -> WebResponse
}

/// All lists that are described once.
enum PeopleLists {
    static let path = "/lists/:list/export"
    static let all = [
        VerifyPage.list.named, ArchivesPage.list.named, PartyPage.list.named, HealthPage.list.named,
        BenefitsPage.list.named,
    ]
    static let roles = all.reduce(into: Set<Role>()) { $0.formUnion($1.roles) }

    static func answer(_ visit: Visit) throws -> WebResponse {
        guard let list = all.first(where: { $0.slug == visit.request.parameter("list") }) else {
            throw GatewayRefusal.unknownPage
        }
        return try list.export(visit)
    }
}

extension GatewayReads {
    /// How many people still wait for a track; nil where the figures are not kept for so narrow a filter.
    func waiting(for track: Track, _ visit: Visit) throws -> Int? {
        var enterprise = visit.narrowing?.enterprise
        var township = visit.narrowing?.township
        switch visit.officer.area {
        case .county: break
        case .township(let code): township = code
        case .enterprise(let code): enterprise = code
        }
        guard enterprise == nil || township == nil else { return nil }
        let scope = enterprise.map { "enterprise:\($0)" } ?? township.map { "township:\($0)" } ?? "county"
        let count = try tallies()[scope]?.tracks.first { $0.track == track }
        return count.map { max(0, $0.needed - $0.done) }
    }
}
