import Support
import Testing

@Suite("Rules on the command line", .serialized)
struct RuleSystemTests {
    @Test("lists, previews, sets and shows; a second value of one day and an unknown name are refused")
    func rules() async throws {
        try await RunningCounty.with(["--sample", "150"]) { county in
            let list = try await county.jieli("rule", ["list"])
            #expect(list.status == 0, "\(list.errors)")
            for name in ["deadline.archives", "party-relations.dues", "gateway.programme"] {
                #expect(list.output.contains(name))
            }
            let values = ["deadline.health", "20", "--from", "2099-01-01", "--source", "红政办发〔2098〕1号"]
            let preview = try await county.jieli("rule", ["set"] + values + ["--dry-run"])
            #expect(preview.status == 0, "\(preview.errors)")
            #expect(preview.output.contains("今后适用") && preview.output.contains("没有保存"))
            #expect(preview.output.contains("合计"), "\(preview.output)")
            let unasked = try await county.jieli("rule", ["set"] + values)
            #expect(unasked.status == 64 && unasked.errors.contains("--yes"))
            #expect(try await !county.jieli("rule", ["show", "deadline.health"]).output.contains("2099-01-01"))
            let set = try await county.jieli("rule", ["set"] + values + ["--yes"])
            #expect(set.status == 0 && set.output.contains("已设定，自2099年1月1日起适用"), "\(set.errors)")
            let shown = try await county.jieli("rule", ["show", "deadline.health"]).output
            #expect(shown.contains("接收后 60 日内") && shown.contains("接收后 20 日内") && shown.contains("jieli"))
            let again = try await county.jieli("rule", ["set"] + values + ["--yes"])
            #expect(again.status == 1 && again.errors.contains("该日已有一条值"))
            let past = try await county.jieli(
                "rule",
                ["set", "deadline.health", "20", "--from", "2020-08-01", "--source", "红政办发〔2098〕1号", "--yes", "--json"])
            #expect(past.status == 1 && past.errors.contains("--retroactive"), "\(past.output)")
            let unknown = try await county.jieli("rule", ["show", "deadline.nothing"])
            #expect(unknown.status == 1 && unknown.errors.contains("jieli rule list"))
        }
    }
}
