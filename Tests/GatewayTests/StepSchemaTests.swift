import Contracts
import FoundationEssentials
import Testing

@testable import Gateway

@Suite("What the interfaces say of a step is what its command is")
struct StepSchemaTests {
    final class Schema: Decodable {
        let type: String
        let properties: [String: Schema]?
        let required: [String]?
        let items: Schema?
    }

    private func sample(_ step: AnyStep) throws -> Shape {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/\(root)/Tests/ContractsTests/Samples/\(step.name).v\(step.version).json"
        return try JSONDecoder().decode(Shape.self, from: Data(contentsOf: URL(filePath: path)))
    }

    @Test("The golden sample of each step's command has what its schema requires, and nothing that it does not know")
    func samples() throws {
        for step in Steps.all {
            let schema = try JSONDecoder().decode(Schema.self, from: Data(StepSchema.command(step).utf8))
            try compare(sample(step), schema, step.name)
        }
    }

    private func compare(_ shape: Shape, _ schema: Schema, _ place: String) throws {
        switch shape {
        case .plain: #expect(["string", "integer", "boolean"].contains(schema.type), "\(place)")
        case .list(let items):
            let inner = try #require(schema.items, "\(place)")
            for item in items { try compare(item, inner, place + "[]") }
        case .object(let fields):
            let properties = try #require(schema.properties, "\(place)")
            #expect(Set(fields.keys).isSubset(of: properties.keys), "\(place): \(fields.keys) \(properties.keys)")
            #expect(Set(schema.required ?? []).isSubset(of: fields.keys), "\(place): \(schema.required ?? [])")
            for (name, field) in fields {
                if let known = properties[name] { try compare(field, known, "\(place).\(name)") }
            }
        }
    }

    @Test("Every step says what it is, by which article, and is done from a list that a role that does it has")
    func described() {
        #expect(Set(Steps.all.map(\.name)).count == Steps.all.count)
        for step in Steps.all {
            #expect(!step.title.isEmpty && step.article != nil, "\(step.name)")
            #expect(Set(step.fields.map(\.name)).count == step.fields.count, "\(step.name)")
            if step.isForMany { #expect(!step.roles.isDisjoint(with: step.list.roles), "\(step.name)") }
        }
    }
}
