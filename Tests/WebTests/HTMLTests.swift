import Testing
import Web

@Suite("HTML")
struct HTMLTests {
    @Test("text put in is escaped, for text and for quoted attributes")
    func escaping() {
        let name = "<b a=\"1\" c='2'>张&三</b>"
        let escaped = "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;张&amp;三&lt;/b&gt;"
        let html: HTML = "<td title=\"\(name)\">\(name)</td>"
        #expect(html.description == "<td title=\"\(escaped)\">\(escaped)</td>")
        #expect(HTML(text: name).description == escaped)
        let part = name.dropFirst(3).prefix(5)
        #expect(("\(part)" as HTML).description == "a=&quot;1&quot;")
    }

    @Test("each of the five characters alone, at the start and at the end")
    func eachCharacter() {
        for (character, escaped) in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")] {
            #expect(HTML(text: character).description == escaped)
            #expect(HTML(text: character + "x" + character).description == escaped + "x" + escaped)
        }
        #expect(HTML(text: "").bytes.isEmpty)
    }

    @Test("HTML, lists of it and numbers are put in as they are; nothing for nil")
    func interpolation() {
        let rows: [HTML] = ["<i>1</i>", "<i>2</i>"]
        let some: HTML? = "<b>"
        let none: HTML? = nil
        let text: String? = "a<"
        let noText: String? = nil
        let number: Int? = 7
        let html: HTML =
            "\(rows)|\(some)|\(none)|\(text)|\(noText)|\(42)|\(Int64(-1))|\(number)|\(rows.map { "(\($0))" as HTML })"
        #expect(html.description == "<i>1</i><i>2</i>|<b>||a&lt;||42|-1|7|(<i>1</i>)(<i>2</i>)")
    }

    @Test("text of a choice is escaped, too")
    func choices() {
        let isSet = milliseconds() > 0
        let html: HTML = "\(isSet ? "<b>" : "")"
        #expect(html.description == "&lt;b&gt;")
    }

    @Test("joined, added and made of attributes")
    func tools() {
        #expect((["<b>", "<i>"] as [HTML]).joined(separator: ", ").description == "<b>, <i>")
        #expect(([] as [HTML]).joined().description == "")
        #expect(("a" + "b" as HTML).description == "ab")
        #expect(HTML.attribute("value", "\"x\"").description == " value=\"&quot;x&quot;\"")
        #expect(HTML.attribute("value", nil).description == "")
        #expect(HTML.flag("checked", true).description == " checked")
        #expect(HTML.flag("checked", false).description == "")
        #expect(HTML(trustedMarkup: "<svg/>").description == "<svg/>")
    }

    @Test("a page of a thousand rows is put together whole")
    func long() {
        let people = (0..<1000).map { (name: "张三<\($0)>", enterprise: "红星机械厂 & 分厂", number: $0) }
        let rows = people.map { person -> HTML in
            """
            <tr><td>\(person.number)</td><td>\(person.name)</td><td>\(person.enterprise)</td>
            <td><a href="/人员/\(person.number)">查看</a></td></tr>

            """
        }
        let page: HTML = "<table>\(rows)</table>"
        #expect(page.bytes.count > 100_000)
        #expect(String(decoding: page.bytes, as: UTF8.self).hasSuffix("<a href=\"/人员/999\">查看</a></td></tr>\n</table>"))
    }
}
