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
        let sentBack = try clerks.township.send("/work/receive", refusal)
        #expect(clerks.township.text(sentBack.header("Location") ?? "").contains("已退回申请，涉及 2 人"))
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

    @Test("Who applies or accepts reads for how many people; one tick ticks all materials")
    func counted() throws {
        let clerks = try ClerkCounty([[:], [:], [:]])
        defer { clerks.stop() }
        #expect(clerks.enterprise.text("/work/apply").contains("data-all=\"material\""))
        let application =
            [
                ("enterprise", Sample.enterprise), ("township", Sample.township), ("person", "1"), ("person", "2"),
                ("dated", "2026-10-20"),
            ] + Material.allCases.map { ("material", $0.rawValue) }
        let applied = try clerks.enterprise.send("/work/apply", application)
        #expect(clerks.enterprise.text(applied.header("Location") ?? "").contains("已提出移交申请，共 2 人"))
        let accept = [("application", "1"), ("step", "accept"), ("dated", "2026-10-28")]
        let accepted = try clerks.township.send("/work/receive", accept)
        #expect(clerks.township.text(accepted.header("Location") ?? "").contains("已接收 2 人"))
        for words in ["did=nonsense&count=2", "did=received&count=-2", "did=received&count=%3Cb%3E"] {
            #expect(!clerks.township.text("/work/receive?\(words)").contains("role=\"status\""), "\(words)")
        }
    }
}
