import Contracts
import Support
import Testing

@Suite("Several instances of a service", .serialized)
struct ReadersSystemTests {
    @Test("answer queries in turn, and each look is written down by the one writer before the page is shown")
    func looks() throws {
        let county = try County(upOptions: ["--sample", "100"])
        #expect(try county.jieli("scale", "registry", "3").status == 0)
        let humanResources = Clerk(port: county.port)
        try humanResources.signIn("renshe", "jieli-2020")
        for look in 1...12 {
            #expect(try humanResources.get("/people/1").status == 200)
            let counted = try Program.run(
                "/usr/bin/sqlite3",
                [
                    "\(county.folder)/stores/registry/registry.sqlite",
                    "SELECT times FROM looked WHERE subject = 'person:1' AND message = 'registry.person.get'",
                ])
            #expect(counted.output == "\(look)\n", "\(counted.errors)")
        }
    }
}
