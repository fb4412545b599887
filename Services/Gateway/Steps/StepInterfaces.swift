import Contracts
import Domain
import Messaging
import Sealing
import Web

/// The steps for programs: each as its message, each as a sheet for many, and the runs that come of sheets.
enum StepInterfaces {
    private static let sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    private static let refused: [(status: Int, text: String, type: String)] = [
        (401, "未登录", "application/json"), (403, "职责或范围不符，或规则不允许", "application/json"),
        (404, "没有此人或此次批量办理", "application/json"), (409, "与现在的状态不符", "application/json"),
        (422, "内容有误", "application/json"), (503, "暂时不能答复，请稍后重试", "application/json"),
    ]

    static let all: [Interface] = Steps.all.map(order) + Steps.all.filter(\.isForMany).flatMap(many) + runs

    // MARK: One person

    private static func order(_ step: AnyStep) -> Interface {
        var interface = Interface(
            method: .post, path: "/api/v1/\(step.name)", summary: summary(step),
            answers: [(200, "已办理；note 为答复内容，如编号", "application/json")] + refused, schema: "StepDone",
            roles: step.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            guard let body = request.json else { throw CommonRefusal.malformed.naming(["请求正文须为 application/json"]) }
            let word = try step.order(asker, body, number(web, request, asker.officer))
            return .json(try JSONCoding.bytes(StepDone(note: word)))
        }
        interface.body = "{\"application/json\":{\"schema\":\(StepSchema.command(step))}}"
        return interface
    }

    private static func summary(_ step: AnyStep) -> String {
        step.title + (step.article.map { "（\($0.citation)）" } ?? "")
    }

    // MARK: Many

    private static func many(_ step: AnyStep) -> [Interface] {
        let template = Interface(
            method: .get, path: "/api/v1/\(step.name)/template",
            summary: "“\(step.title)”的表格，列出待办人员；可用 enterprise、township 缩小范围",
            answers: [(200, "表格", sheetType)] + refused, roles: step.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            let persons = try step.everybody(asker, Visit.narrowing(request)).persons
            return try StepTemplate.workbook(step, persons, asker)
        }
        var sheet = Interface(
            method: .post, path: "/api/v1/\(step.name)/sheet",
            summary: "上传填好的“\(step.title)”表格；start=yes 时立即开始，否则先核对，再用 start 开始",
            answers: [(200, "批量办理", "application/json")] + refused, schema: "RunSummary", roles: step.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            guard let file = request.file("file"), file.byteCount > 0 else { throw GatewayRefusal.fileMissing }
            let bytes: [UInt8]
            do {
                bytes = try file.bytes()
            } catch let error as WebError {
                throw Refusal(error.code, .busy, error.message)
            }
            let draft = try SheetUpload.draft(
                of: step, bytes, file.fileName, asker, number: number(web, request, asker.officer))
            let run = try draft.open(asker, isStarted: request.query("start") == "yes")
            return try answer(run, asker)
        }
        sheet.body = """
            {"multipart/form-data":{"schema":{"type":"object","properties":{"file":{"type":"string",\
            "contentMediaType":"application/octet-stream"}},"required":["file"]}}}
            """
        return [template, sheet]
    }

    private static let runs: [Interface] = [
        Interface(
            method: .get, path: "/api/v1/runs/:run", summary: "一次批量办理的进度",
            answers: [(200, "批量办理", "application/json")] + refused, schema: "RunSummary", roles: Steps.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            return try answer(run(request, asker).id, asker)
        },
        Interface(
            method: .get, path: "/api/v1/runs/:run/items",
            summary: "各项结果；items 为 all、done、refused 或 untried，place 为上一页最后一项的位置",
            answers: [(200, "各项结果，每页 500 项", "application/json")] + refused, schema: "RunItemRows",
            roles: Steps.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            let run = try run(request, asker)
            let filter = request.query("items").flatMap(GatewayReads.ItemFilter.init) ?? .all
            let place = request.query("place").flatMap { Int($0) } ?? -1
            let items = try asker.desk.read {
                try $0.items(of: run.id, filter, after: place, limit: 500, asker.desk.sealer.sealer)
            }
            return .json(try JSONCoding.bytes(RunItemRows(rows: items.map(RunItemRow.init))))
        },
        Interface(
            method: .get, path: "/api/v1/runs/:run/refused", summary: "未成各项的表格，附原因，改后可重新上传",
            answers: [(200, "表格", sheetType)] + refused, roles: Steps.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            return try RefusedItems.workbook(run(request, asker), asker)
        },
        Interface(
            method: .post, path: "/api/v1/runs/:run/:deed", summary: "start 开始办理，stop 停止，again 未成的再办一次",
            answers: [(200, "批量办理", "application/json")] + refused, schema: "RunSummary", roles: Steps.roles
        ) { web, request, acting in
            let asker = try asker(web, acting)
            let run = try run(request, asker)
            let deed = request.parameter("deed") ?? ""
            return try answer(
                RunDeeds.carryOut(deed, run, asker, number: number(web, request, asker.officer)), asker)
        },
    ]

    private static func asker(_ web: GatewayWeb, _ acting: Acting?) throws -> Asker {
        guard let acting else { throw GatewayRefusal.notSignedIn }
        return Asker(desk: web.desk, acting: acting)
    }

    private static func run(_ request: WebRequest, _ asker: Asker) throws -> StoredRun {
        guard let number = request.parameter("run").flatMap({ Int64($0) }),
            let run = try asker.desk.read({ try $0.run(number) }), run.isOpen(to: asker.officer)
        else { throw GatewayRefusal.unknownRun }
        return run
    }

    private static func answer(_ run: Int64, _ asker: Asker) throws -> WebResponse {
        guard let run = try asker.desk.read({ try $0.run(run) }) else { throw GatewayRefusal.unknownRun }
        return .json(try JSONCoding.bytes(run.summary(title: RunPage.title(of: run))))
    }

    /// The same for each sending under one `Idempotency-Key`; without one, each sending is another order.
    private static func number(_ web: GatewayWeb, _ request: WebRequest, _ officer: Officer) -> CommandNumber {
        guard let key = request.header("idempotency-key"), !key.isEmpty else { return web.desk.nextCommandNumber() }
        let sealer = web.desk.sealer.sealer
        func half(_ purpose: String) -> UInt64 {
            UInt64(bitPattern: sealer.token("\(officer.user) \(request.path) \(key)", purpose: purpose))
        }
        return CommandNumber(session: half("gateway.key-session"), counter: half("gateway.key-counter") >> 1)
    }
}

/// The answer to a step that a program ordered.
struct StepDone: Codable {
    /// What the answer tells beyond "done".
    var note: String?
}

/// What became of one item, for programs.
struct RunItemRow: Codable {
    var place: Int
    var person: PersonID?
    var sheetRow: Int?
    /// `done` or `refused`; absent while it is untried.
    var outcome: String?
    var refusal: Refusal?
    var note: String?

    init(_ item: StoredRunItem) {
        place = item.place
        person = item.person
        sheetRow = item.sheetRow
        outcome = item.outcome?.rawValue
        refusal = item.refusal
        note = item.word
    }
}

struct RunItemRows: Codable {
    var rows: [RunItemRow]
}

/// A step's command as a JSON schema, from the descriptions of its fields. A point in a field's name leads into an
/// object within.
enum StepSchema {
    private indirect enum Node {
        case leaf(String, isRequired: Bool)
        case object([(String, Node)])
    }

    static func command(_ step: AnyStep) -> String {
        let person = "{\"type\":\"integer\",\"description\":\"人员编号\"}"
        let isList = step.personMember != "person"
        let first = isList ? "{\"type\":\"array\",\"items\":\(person)}" : person
        var root: [(String, Node)] = [(step.personMember, .leaf(first, isRequired: true))]
        for field in step.members {
            let parts = field.name.split(separator: ".").map(String.init)
            insert(.leaf(schema(field), isRequired: field.isRequired), parts[...], &root)
        }
        return text(.object(root))
    }

    private static func insert(_ node: Node, _ path: ArraySlice<String>, _ children: inout [(String, Node)]) {
        guard let first = path.first else { return }
        guard path.count > 1 else { return children.append((first, node)) }
        var inner: [(String, Node)] = []
        if let index = children.firstIndex(where: { $0.0 == first }), case .object(let known) = children[index].1 {
            inner = known
            children.remove(at: index)
        }
        insert(node, path.dropFirst(), &inner)
        children.append((first, .object(inner)))
    }

    private static func text(_ node: Node) -> String {
        switch node {
        case .leaf(let schema, _): return schema
        case .object(let children):
            let properties = children.map { "\(OpenAPI.quoted($0.0)):\(text($0.1))" }.joined(separator: ",")
            let required = children.filter { isRequired($0.1) }.map { OpenAPI.quoted($0.0) }.joined(separator: ",")
            return "{\"type\":\"object\",\"properties\":{\(properties)},\"required\":[\(required)]}"
        }
    }

    private static func isRequired(_ node: Node) -> Bool {
        switch node {
        case .leaf(_, let isRequired): isRequired
        case .object: true
        }
    }

    private static func schema(_ field: FieldDescription) -> String {
        var unit: String?
        if case .money = field.kind { unit = "单位：分" }
        let description = OpenAPI.quoted([field.label, unit, field.hint].compactMap { $0 }.joined(separator: "。"))
        let rest =
            switch field.kind {
            case .text: "\"type\":\"string\""
            case .lines: "\"type\":\"array\",\"items\":{\"type\":\"string\"}"
            case .choice(let choices):
                "\"type\":\"string\",\"enum\":[\(choices.map { OpenAPI.quoted($0.value) }.joined(separator: ","))]"
            case .day: "\"type\":\"string\",\"format\":\"date\""
            case .month: "\"type\":\"string\",\"pattern\":\"^[0-9]{4}-[0-9]{2}$\""
            case .money: "\"type\":\"integer\""
            case .number(let range):
                "\"type\":\"integer\",\"minimum\":\(range.lowerBound),\"maximum\":\(range.upperBound)"
            case .confirmation: "\"type\":\"boolean\""
            case .rows(let columns): "\"type\":\"array\",\"items\":\(line(columns))"
            }
        return "{\"description\":\(description),\(rest)}"
    }

    private static func line(_ columns: [FieldDescription]) -> String {
        text(.object(columns.map { ($0.name, .leaf(schema($0), isRequired: $0.isRequired)) }))
    }
}
