import Contracts
import Support
import Testing

@testable import Gateway

@Suite("Contact cards: issued, found again, printed", .serialized)
struct CardPagesTests {
    @Test("Cards issued together stand on one page; each is found again from the list and from its person")
    func issued() throws {
        let clerks = try ClerkCounty([[:], [:], [:]])
        defer { clerks.stop() }
        try clerks.accept(3)
        let township = clerks.township
        #expect(township.text("/work/confirm").contains("还没有发放联系卡"))
        for person in 1...3 {
            try clerks.order(
                ConfirmPerson(person: PersonID(Int64(person)), method: .visit, corrections: []), as: .township())
        }
        #expect(township.text("/work/confirm").contains("联系卡上没有电话"))
        let wrong = try township.send("/work/confirm", [("step", "contact"), ("telephone", "无"), ("address", "东门街")])
        #expect(wrong.status == 422 && Browser.text(wrong).contains("能打通的联系电话"))
        #expect(
            try township.send(
                "/work/confirm", [("step", "contact"), ("telephone", "0873-4621234"), ("address", "东门街 1 号")]
            ).status == 303)
        #expect(township.text("/work/confirm").contains("value=\"0873-4621234\""))
        let sent = try township.send("/work/confirm", [("person", "1"), ("person", "3")])
        let address = try #require(sent.header("Location"))
        #expect(township.text(address).contains("0873-4621234") && township.text(address).contains("东门街 1 号"))
        #expect(sent.status == 303 && address.hasPrefix("/cards?person=1&person=3&"))
        let cards = township.text(address)
        #expect(cards.split(separator: "<svg").count == 3 && cards.contains("已发放联系卡 2 张"))
        #expect(cards.contains("李阿明") && !cards.contains("李阿芳") && cards.contains("李阿贵"))
        let list = township.text("/work/confirm")
        for (person, number) in [("1", "532529101-000001"), ("3", "532529101-000003")] {
            let link = "<a href=\"/cards/\(person)\">\(number)</a>"
            #expect(list.contains(link) && township.text("/people/\(person)").contains(link))
        }
        #expect(list.contains("href=\"/cards?person=1&amp;person=3\""), "all of them once more, to print")
        #expect(!list.contains("href=\"/cards/2\"") && !township.text("/people/2").contains("/cards/2"))
        let other = try Browser(clerks.web, as: .township(Sample.otherTownship), in: clerks.county)
        #expect(!other.text("/work/confirm").contains("532529101-000001"))
    }

    @Test("A verified person without a card is told to be so, with the way to the card; an unverified one is refused")
    func missing() throws {
        let clerks = try ClerkCounty([[:], [:]])
        defer { clerks.stop() }
        try clerks.accept(2)
        try clerks.order(ConfirmPerson(person: PersonID(1), method: .visit, corrections: []), as: .township())
        let page = clerks.township.text("/cards/1")
        #expect(clerks.township.open("/cards/1").status == 200, "nothing is wrong")
        #expect(page.contains("已核对，联系卡尚未发放") && page.contains("<a href=\"/work/confirm\">核对与联系卡</a>页勾选此人"))
        let seen = clerks.enterprise.text("/cards/1")
        #expect(seen.contains("已核对，联系卡尚未发放") && seen.contains("由所在乡镇（社区）发放"))
        #expect(!seen.contains("href=\"/work/confirm\""))
        let refused = clerks.township.open("/cards/2")
        #expect(refused.status == 409 && !Browser.text(refused).contains("已核对，联系卡尚未发放"))
    }

    @Test("What is only for the screen does not come onto the paper of a card")
    func paper() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        try clerks.accept(1)
        try clerks.order(ConfirmPerson(person: PersonID(1), method: .visit, corrections: []), as: .township())
        try clerks.order(IssueCard(person: PersonID(1)), as: .township())
        for address in ["/cards/1", "/cards?person=1&did=cards-issued&count=1"] {
            let page = clerks.township.text(address)
            let main = try #require(page.firstRange(of: "</h1>")).upperBound
            let end = try #require(page.firstRange(of: "</main>")).lowerBound
            // Whatever stands outside the card is in a paragraph that print leaves out.
            var rest = String(page[main..<end])
            let card = try #require(rest.firstRange(of: "<section class=\"card\">")).lowerBound
            let cardEnd = try #require(rest.firstRange(of: "</section>")).upperBound
            #expect(!rest[card..<cardEnd].contains("<a "))
            rest.removeSubrange(card..<cardEnd)
            let paragraphs = rest.split(separator: "<p ").dropFirst(rest.hasPrefix("<p ") ? 0 : 1)
            #expect(!paragraphs.isEmpty)
            for paragraph in paragraphs {
                #expect(paragraph.prefix { $0 != ">" }.contains("screen"), "\(paragraph)")
            }
        }
    }
}
