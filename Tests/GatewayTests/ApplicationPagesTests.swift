import Contracts
import Support
import Testing

@testable import Gateway

@Suite("Applications as township and enterprise see them", .serialized)
struct ApplicationPagesTests {
    @Test("An application shows its people and materials, and after a refusal why, wherever the enterprise looks")
    func refused() throws {
        let clerks = try ClerkCounty([[:], [:]])
        defer { clerks.stop() }
        try clerks.apply(2)
        #expect(clerks.township.text("/work/receive").contains("href=\"/work/applications/1\""))
        for browser in [clerks.township, clerks.enterprise] {
            let page = browser.text("/work/applications/1")
            for word in ["李阿明", "李阿芳", "城关社区", "户口本", "2026年10月20日"] { #expect(page.contains(word), "\(word)") }
            #expect(page.contains("*") && !page.contains(TestIdentity.number(1)), "the ID number is masked")
        }
        let refusal = [
            ("application", "1"), ("step", "refuse"), ("cause", "materials-untrue"), ("explanation", "身份证<已>过期"),
        ]
        #expect(try clerks.township.send("/work/receive", refusal).status == 303)
        let pages = [
            clerks.township.text("/work/receive"), clerks.enterprise.text("/work/apply"),
            clerks.township.text("/work/applications/1"), clerks.enterprise.text("/work/applications/1"),
            clerks.township.text("/people/1"), clerks.enterprise.text("/people/1"),
        ]
        for (index, page) in pages.enumerated() {
            #expect(page.contains("身份证&lt;已&gt;过期") && page.contains("材料与事实不符"), "page \(index)")
        }
        #expect(pages[3].contains("李阿明"), "a refused application still tells whom it was about")
        let doctor = try Browser(clerks.web, as: .doctor, in: clerks.county)
        #expect(!doctor.text("/people/1").contains("过期"), "no business of the health bureau")
        let other = try Browser(clerks.web, as: .township(Sample.otherTownship), in: clerks.county)
        #expect(other.open("/work/applications/1").status == 403)
    }
}
