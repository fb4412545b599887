import Contracts
import Domain
import FoundationEssentials
import Support
import Testing
import Web

@testable import Gateway

/// The description as far as the tests look at it.
struct InterfaceDescription: Decodable {
    struct Operation: Decodable {
        var summary: String
        var responses: [String: Answer]
        var security: [[String: [String]]]?
    }
    struct Answer: Decodable {
        var description: String
        var content: [String: Content]
    }
    struct Content: Decodable {
        var schema: Reference?
    }
    struct Reference: Decodable {
        var target: String
        enum CodingKeys: String, CodingKey { case target = "$ref" }
    }
    struct Components: Decodable {
        var schemas: [String: Schema]
        var securitySchemes: [String: [String: String]]
    }
    final class Schema: Decodable {
        let type: String?
        let properties: [String: Schema]?
        let required: [String]?
        let items: Schema?
    }
    var openapi: String
    var paths: [String: [String: Operation]]
    var components: Components
}

/// The keys of a JSON value, level by level.
indirect enum Shape: Decodable {
    case plain
    case list([Shape])
    case object([String: Shape])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let object = try? container.decode([String: Shape].self) {
            self = .object(object)
        } else if let list = try? container.decode([Shape].self) {
            self = .list(list)
        } else {
            self = .plain
        }
    }
}

@Suite("The description of the interfaces is true")
struct OpenAPITests {
    private func description() throws -> InterfaceDescription {
        try JSONDecoder().decode(InterfaceDescription.self, from: Data(OpenAPI.document().utf8))
    }

    @Test("It is JSON and describes exactly the interfaces that are served")
    func paths() throws {
        let description = try description()
        #expect(description.openapi == "3.1.0")
        let described = description.paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" } }
        #expect(
            described.sorted()
                == Interfaces.all.map { "\($0.method.rawValue.lowercased()) \($0.describedPath)" }.sorted())
        let router = try Router(GatewayRoutes.all)
        for interface in Interfaces.all {
            guard case .found(let route, _) = router.match(WebRequest(method: interface.method, path: interface.path))
            else {
                Issue.record("\(interface.path) is described and not served")
                continue
            }
            #expect(route.pattern == interface.path)
        }
    }

    @Test("What is served under /api is described")
    func nothingHidden() throws {
        let description = try description()
        for route in GatewayRoutes.all where route.pattern.hasPrefix("/api") {
            let path = route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : $0 }
                .joined(separator: "/")
            #expect(description.paths["/\(path)"]?[route.method.rawValue.lowercased()] != nil, "\(route.pattern)")
        }
    }

    @Test("Each interface tells its answers, and whether it needs a sign-in")
    func answers() throws {
        let description = try description()
        for interface in Interfaces.all {
            let operation = try #require(
                description.paths[interface.describedPath]?[interface.method.rawValue.lowercased()])
            #expect(operation.summary == interface.summary)
            #expect(Set(operation.responses.keys) == Set(interface.answers.map { String($0.status) }))
            #expect((operation.security == nil) == interface.isOpen)
            for names in operation.security ?? [] {
                for name in names.keys { #expect(description.components.securitySchemes[name] != nil) }
            }
            if !interface.isOpen { #expect(interface.answers.map(\.status).starts(with: [200, 401, 403])) }
            if !interface.isOpen { #expect(!interface.roles.isEmpty) }
            for answer in operation.responses.values {
                for content in answer.content.values {
                    guard let target = content.schema?.target else { continue }
                    let name = String(target.split(separator: "/").last ?? "")
                    #expect(description.components.schemas[name] != nil, "\(target)")
                }
            }
        }
    }

    @Test("An encoded overview has all that its schema requires, and nothing that the schema does not know")
    func overview() throws {
        let bench = try GatewayBench()
        try bench.enterprise()
        try bench.register(1)
        var overview = try bench.overview()
        let schema = try #require(try description().components.schemas["Overview"])
        try compare(JSONDecoder().decode(Shape.self, from: JSONCoding.canonical(overview)), schema, "Overview")
        overview.services = [ServiceHealth(service: .registry, instances: 1, hasWriter: true, queued: 0, lag: 0)]
        try compare(JSONDecoder().decode(Shape.self, from: JSONCoding.canonical(overview)), schema, "Overview")
        #expect(schema.required?.contains("people") == true)
        #expect(schema.required?.contains("services") == false)
        #expect(schema.properties?["services"] != nil)
    }

    @Test("Encoded refusals and enterprises have the keys of their schemas")
    func others() throws {
        let schemas = try description().components.schemas
        let refusal = try #require(schemas["Refusal"])
        for value in [GatewayRefusal.notSignedIn, CommonRefusal.roleNotEntitled] {
            try compare(JSONDecoder().decode(Shape.self, from: JSONCoding.canonical(value)), refusal, "Refusal")
        }
        #expect(refusal.required?.sorted() == ["details", "kind", "message", "slug"])
        let enterprises = try #require(schemas["EnterpriseRows"])
        for standIn in [nil, "红河县国资局"] {
            let rows = EnterpriseRows(rows: [
                EnterpriseRow(
                    code: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                    hasVanished: false, standIn: standIn, hasAnnuity: false, people: 1)
            ])
            try compare(JSONDecoder().decode(Shape.self, from: JSONCoding.canonical(rows)), enterprises, "Rows")
        }
        #expect(schemas["Health"]?.required == ["bus", "problems", "status", "store"])
    }

    private func compare(_ shape: Shape, _ schema: InterfaceDescription.Schema, _ place: String) throws {
        switch shape {
        case .plain: #expect(["string", "integer", "boolean"].contains(schema.type ?? ""), "\(place)")
        case .list(let items):
            #expect(schema.type == "array", "\(place)")
            let itemSchema = try #require(schema.items)
            for item in items { try compare(item, itemSchema, place + "[]") }
        case .object(let fields):
            #expect(schema.type == "object", "\(place)")
            let properties = try #require(schema.properties)
            #expect(Set(fields.keys).isSubset(of: properties.keys), "\(place)")
            #expect(Set(schema.required ?? []).isSubset(of: fields.keys), "\(place)")
            for (name, field) in fields {
                if let known = properties[name] { try compare(field, known, "\(place).\(name)") }
            }
        }
    }
}
