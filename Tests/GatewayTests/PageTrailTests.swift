import Testing

@testable import Gateway

@Suite("The way back through a long list")
struct PageTrailTests {
    @Test("Page by page there and back; the first page needs nothing in the address")
    func thereAndBack() {
        var trail = PageTrail("")
        #expect(trail.page == 1 && trail.after == nil && trail.previous == nil && trail.text == nil)
        for start in [50, 100, 150] { trail = PageTrail(trail.next(after: Int64(start)).text ?? "") }
        #expect(trail.page == 4 && trail.after == 150 && trail.text == "50.100.150")
        #expect(trail.previous?.after == 100 && trail.previous?.previous?.previous == PageTrail(""))
    }

    @Test("The address of page 20,000 is hardly longer than that of page 50, and still tells the page")
    func long() {
        var trail = PageTrail("")
        for page in 1..<20_000 { trail = PageTrail(trail.next(after: Int64(page * 50)).text ?? "") }
        #expect(trail.page == 20_000 && trail.after == 999_950)
        #expect((trail.text ?? "").count < 500)
        var back = 0
        while let previous = trail.previous {
            trail = previous
            back += 1
        }
        #expect(back == PageTrail.mostKept - 1 && trail.page == 20_000 - back)
    }

    @Test("What is no trail is the first page", arguments: ["", "~", "x", "7~", "~~", "-1~"])
    func nonsense(text: String) { #expect(PageTrail(text) == PageTrail("")) }
}
