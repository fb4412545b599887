import Testing

@testable import Gateway

@Suite("Shared machines")
struct AutocompleteTests {
    @Test("Browsers are not to keep what was typed about people")
    func forms() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("renshe", .humanResources)
        for path in ["/ledger", "/enterprises"] {
            let page = world.get(path, cookie).text
            let forms = page.split(separator: "<form ").dropFirst().filter { !$0.contains("action=\"/signout\"") }
            #expect(!forms.isEmpty && forms.allSatisfy { $0.prefix { $0 != ">" }.contains("autocomplete=\"off\"") })
        }
    }
}
