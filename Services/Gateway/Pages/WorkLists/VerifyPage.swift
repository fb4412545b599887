import Contracts
import Web

/// The human-resources bureau's list: people from rosters who wait to be verified and registered (第十五条（二）).
struct VerifyPage: Page {
    static let path = "/work/verify"
    static let title = "核准登记"
    static let roles: Set<Role> = [.humanResources, .workingTeam]
    static let menu: String? = "核准登记"

    /// What is compared with file and pension form stands in the list, for the bureau that compares.
    static let list = PeopleList<PersonRow>(
        of: VerifyPage.self,
        columns: [
            .init("社区（村）") { $0.row.community }, .init("政治面貌") { $0.row.isPartyMember ? "中共党员" : "" },
            .init("名册提示", html: { WorkList.noted($0.row) }, text: { $0.row.isNoted == true ? "须核实" : "" }),
            .init("性别") { $0.record?.sex ?? "" }, .init("出生日期") { $0.record?.birthday?.description ?? "" },
            .init("参加工作") { $0.record?.workStart ?? "" }, .init("退休时间") { $0.record?.retirement ?? "" },
        ], empty: "没有待核准的人员。名册导入后会出现在这里。", person: { $0.person },
        total: { reads, visit in
            try reads.people(
                within: visit.officer.area, enterprise: visit.narrowing?.enterprise,
                township: visit.narrowing?.township, status: .registered)
        },
        ask: { visit, scope in
            let found = try visit.ask(
                RegistryWork(step: .verify, narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
            return (found.rows, found.next)
        })

    func show(_ visit: Visit) throws -> HTML {
        let note: HTML? =
            VerifyPersons.roles.contains(visit.officer.role) ? "<p>请对照人事档案和养老待遇审批表核对后勾选（第十五条（二））。</p>" : nil
        return "\(note)\(try Self.list.html(visit))"
    }
}
