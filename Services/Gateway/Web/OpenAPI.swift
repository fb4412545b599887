import Contracts
import Domain
import FoundationEssentials

/// The description of the interfaces (OpenAPI 3.1), drawn from the same table that serves them.
enum OpenAPI {
    static func document() -> String {
        let paths = Interfaces.all.map { interface in
            """
            \(quoted(interface.describedPath)):{\(quoted(interface.method.rawValue.lowercased())):{"summary":\
            \(quoted(interface.summary)),\(security(interface))\(parameters(interface))\(body(interface))"responses":{\
            \(responses(interface))}}}
            """
        }
        return """
            {"openapi":"3.1.0","info":{"title":"接力 接口","version":"1","description":\
            "红河县国有企业退休人员社会化管理，依据红政办规〔2020〕6号"},"paths":{\(paths.joined(separator: ","))},\
            "components":{"securitySchemes":{"basic":{"type":"http","scheme":"basic"},"session":{"type":"apiKey",\
            "in":"cookie","name":"jieli"}},"schemas":{\(Schemas.all())}}}
            """
    }

    private static func security(_ interface: Interface) -> String {
        interface.isOpen ? "" : "\"security\":[{\"basic\":[]},{\"session\":[]}],"
    }

    private static func parameters(_ interface: Interface) -> String {
        guard !interface.parameters.isEmpty else { return "" }
        let parameters = interface.parameters.map { name in
            "{\"name\":\(quoted(name)),\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}"
        }
        return "\"parameters\":[\(parameters.joined(separator: ","))],"
    }

    private static func body(_ interface: Interface) -> String {
        interface.body.map { "\"requestBody\":{\"required\":true,\"content\":\($0)}," } ?? ""
    }

    private static func responses(_ interface: Interface) -> String {
        interface.answers.map { answer in
            let schema: String =
                answer.status == 200
                ? interface.schema.map { "{\"schema\":{\"$ref\":\"#/components/schemas/\($0)\"}}" } ?? "{}"
                : answer.status == 503 && interface.isOpen && interface.schema != nil
                    ? "{\"schema\":{\"$ref\":\"#/components/schemas/\(interface.schema ?? "")\"}}"
                    : "{\"schema\":{\"$ref\":\"#/components/schemas/Refusal\"}}"
            return """
                "\(answer.status)":{"description":\(quoted(answer.text)),"content":{\(quoted(answer.type)):\(schema)}}
                """
        }.joined(separator: ",")
    }

    static func quoted(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }
}

/// The schemas of the answers, drawn from values of the contract's own types: a field that is added there appears here.
enum Schemas {
    static func all() -> String {
        let track = TrackCount(track: .archives, needed: 1, done: 1, overdue: 0)
        let overview = Overview(
            at: Timestamp(millisecondsSinceEpoch: 0), people: 1,
            statuses: [StatusCount(status: .registered, people: 1)], tracks: [track],
            enterprises: [
                EnterpriseProgress(
                    enterprise: "", name: "", ownership: .county, people: 1, handedOver: 1, assets: .awaiting,
                    tracks: [track])
            ],
            townships: [
                TownshipProgress(township: "", name: "", people: 1, accepted: 1, handedOver: 1, tracks: [track])
            ],
            milestones: Article(number: 5).map {
                [
                    MilestoneProgress(
                        slug: "", title: "", article: $0, due: CalendarDay.earliest, done: 1, total: 1,
                        isOverdue: false)
                ]
            } ?? [],
            services: [ServiceHealth(service: .registry, instances: 1, hasWriter: true, queued: 0, lag: 0)])
        let enterprises = EnterpriseRows(rows: [
            EnterpriseRow(
                code: "", name: "", ownership: .county, isFinancial: false, hasVanished: false, standIn: "",
                hasAnnuity: false, people: 1)
        ])
        let refusal = Refusal("x", .invalid, article: Article(number: 19), "x", details: ["x"])
        let health = Health.Answer(
            status: "ok", bus: true, store: true, problems: [Health.Problem(service: "", what: "", text: "")])
        let run = RunSummary(
            run: 1, step: "", title: "", user: "", origin: .sheet, fileName: "", again: 1, remarks: [""],
            state: .running,
            begun: Timestamp(millisecondsSinceEpoch: 0), ended: Timestamp(millisecondsSinceEpoch: 0), items: 1, done: 1,
            refused: 0)
        var leastRun = run
        (leastRun.fileName, leastRun.again, leastRun.remarks, leastRun.ended) = (nil, nil, nil, nil)
        var item = StoredRunItem(place: 0, person: PersonID(1), sheetRow: 1, filled: [:])
        (item.outcome, item.refusal, item.word) = (.refused, refusal, "")
        let leastItem = StoredRunItem(place: 0, filled: [:])
        // The same with all that may be absent left out: what is still there is required.
        var least = overview
        least.services = nil
        var leastEnterprises = enterprises
        leastEnterprises.rows[0].standIn = nil
        let parts: [(String, any Encodable, least: any Encodable)] = [
            ("Overview", overview, least), ("EnterpriseRows", enterprises, leastEnterprises),
            ("Refusal", refusal, Refusal("x", .invalid, "x", details: ["x"])),
            ("Health", health, health), ("RunSummary", run, leastRun),
            ("RunItemRows", RunItemRows(rows: [RunItemRow(item)]), RunItemRows(rows: [RunItemRow(leastItem)])),
            ("StepDone", StepDone(note: ""), StepDone()),
        ]
        return parts.map { "\(OpenAPI.quoted($0)):\(schema(of: $1, least: $2))" }.joined(separator: ",")
    }

    private static func schema(of value: any Encodable, least: any Encodable) -> String {
        guard let json = sample(value), let least = sample(least) else { return "{}" }
        return json.schema(least: least)
    }

    private static func sample(_ value: any Encodable) -> SampleValue? {
        guard let bytes = try? JSONCoding.canonical(value) else { return nil }
        return try? JSONDecoder().decode(SampleValue.self, from: bytes)
    }

    /// A JSON value, as far as its type matters.
    private indirect enum SampleValue: Decodable {
        case text, number, truth
        case list(SampleValue?)
        case object([String: SampleValue])

        init(from decoder: any Decoder) throws {
            if let object = try? decoder.singleValueContainer().decode([String: SampleValue].self) {
                self = .object(object)
            } else if let list = try? decoder.singleValueContainer().decode([SampleValue].self) {
                self = .list(list.first)
            } else if (try? decoder.singleValueContainer().decode(Bool.self)) != nil {
                self = .truth
            } else if (try? decoder.singleValueContainer().decode(Int64.self)) != nil {
                self = .number
            } else {
                self = .text
            }
        }

        /// - Parameter least: the same value without what may be absent; nil when all of it is always there.
        func schema(least: SampleValue?) -> String {
            switch self {
            case .text: return "{\"type\":\"string\"}"
            case .number: return "{\"type\":\"integer\"}"
            case .truth: return "{\"type\":\"boolean\"}"
            case .list(let first):
                var leastFirst: SampleValue?
                if case .list(let found) = least { leastFirst = found }
                return "{\"type\":\"array\",\"items\":\(first?.schema(least: leastFirst) ?? "{}")}"
            case .object(let fields):
                var always = fields
                if case .object(let found) = least { always = found }
                let properties = fields.sorted { $0.key < $1.key }.map {
                    "\(OpenAPI.quoted($0.key)):\($0.value.schema(least: always[$0.key]))"
                }
                let required = always.keys.sorted().map(OpenAPI.quoted)
                return """
                    {"type":"object","properties":{\(properties.joined(separator: ","))},\
                    "required":[\(required.joined(separator: ","))]}
                    """
            }
        }
    }
}
