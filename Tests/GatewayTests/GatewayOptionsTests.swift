import Host
import Testing

@testable import Gateway

@Suite("Options of the gateway")
struct GatewayOptionsTests {
    private func options(_ more: [String: String]) throws -> GatewayOptions {
        try GatewayOptions(GatewayOptions.standard.merging(more) { $1 })
    }

    @Test("Other machines reach it through a proxy, or by a word that the network is closed; else it does not start")
    func plain() throws {
        for address in ["0.0.0.0", "::", "192.0.2.7"] {
            #expect(throws: OptionsError.self) { try options(["address": address]) }
            #expect(try options(["address": address, "plain-http": "yes"]).address == address)
            #expect(try options(["address": address, "trusted-proxy": "192.0.2.1"]).address == address)
        }
        for address in ["127.0.0.1", "::1"] { #expect(try options(["address": address]).address == address) }
        #expect(throws: OptionsError.self) { try options(["plain-http": "maybe"]) }
    }
}
