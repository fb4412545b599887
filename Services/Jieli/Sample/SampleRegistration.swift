import Contracts
import Domain
import Rosters

/// The registry's part: enterprises, rosters, verification, applications and what the townships decide.
struct SampleRegistration {
    private static let personsInOneList = 500

    let plan: SamplePlan
    let client: BusClient
    let orders: SampleOrders

    private var humanResources: Officer { SampleCounty.officer("renshe") }

    /// - Returns: the ledger's number of each of the plan's people.
    func run(_ progress: (String) -> Void) throws -> [PersonID] {
        try recordEnterprises()
        progress("样例：登记 \(SampleEnterprise.all.count) 家企业")
        let setAside = try sendRosters()
        progress("样例：导入 \(plan.rosters.count) 份名册，登记 \(plan.people.count) 人，\(setAside) 行未导入")
        let persons = try numbers()
        try verify(persons)
        progress("样例：核准登记 \(plan.people.count(where: \.course.isVerified)) 人")
        let applications = try submit(persons)
        try decide(applications)
        let accepted = plan.people.count { $0.course.acceptedOn != nil }
        progress("样例：提出 \(applications.count) 份移交申请，接收 \(accepted) 人")
        return persons
    }

    private func recordEnterprises() throws {
        try orders.run(
            "登记企业",
            SampleEnterprise.all.map { enterprise in
                let record = RecordEnterprise(
                    code: enterprise.code, name: enterprise.name, ownership: enterprise.ownership,
                    isFinancial: enterprise.isFinancial, hasVanished: enterprise.standIn != nil,
                    standIn: enterprise.standIn, hasAnnuity: enterprise.hasAnnuity)
                return (record, humanResources)
            })
    }

    /// The way that an enterprise's own file goes.
    /// - Returns: how many rows were set aside.
    private func sendRosters() throws -> Int {
        var setAside = 0
        for roster in plan.rosters {
            let officer = plan.officer(ofEnterprise: roster.enterprise)
            let sending = try RosterSending(bytes: roster.bytes, fileName: roster.fileName)
            let opening = sending.opening(enterprise: SampleEnterprise.all[roster.enterprise].code)
            let outcome = try sending.send(
                to: client.ask(opening, of: .registry, as: officer),
                add: { try client.ask($0, of: .registry, as: officer, command: $1) },
                close: { try client.ask($0, of: .registry, as: officer, command: $1) }, progress: { _ in })
            setAside += outcome.summary.setAside + outcome.summary.outOfScope
        }
        return setAside
    }

    /// People are numbered in the order of the good rows.
    private func numbers() throws -> [PersonID] {
        var numbers = [PersonID](repeating: PersonID(0), count: plan.people.count)
        for roster in plan.rosters where !roster.members.isEmpty {
            var rows: [PersonRow] = []
            var next: Int64?
            repeat {
                let page = try client.ask(
                    SearchPersons(
                        enterprise: SampleEnterprise.all[roster.enterprise].code, after: next, limit: 500),
                    of: .registry, as: humanResources)
                rows += page.rows
                next = page.next
            } while next != nil
            let matches =
                rows.count == roster.members.count
                && zip(rows, roster.members).allSatisfy { $0.name == plan.people[$1].name }
            guard matches else {
                throw CommandFailure.failed("台账中已有其他人员，样例只能装载到新的县：请换一个数据目录（--data）。")
            }
            for (row, member) in zip(rows, roster.members) { numbers[member] = row.person }
        }
        return numbers
    }

    private func verify(_ persons: [PersonID]) throws {
        let chosen = plan.people.indices.filter { plan.people[$0].course.isVerified }.map { persons[$0] }
        try orders.run(
            "核准登记",
            stride(from: 0, to: chosen.count, by: Self.personsInOneList).map { start in
                let list = Array(chosen[start..<min(start + Self.personsInOneList, chosen.count)])
                return (VerifyPersons(persons: list), humanResources)
            })
    }

    private func submit(_ persons: [PersonID]) throws -> [Int64] {
        try orders.run(
            "提出移交申请",
            plan.applications.map { application in
                let submit = SubmitApplication(
                    enterprise: SampleEnterprise.all[application.enterprise].code,
                    township: application.township.code, persons: application.people.map { persons[$0] },
                    materials: Material.allCases, dated: application.dated)
                return (submit, plan.officer(ofEnterprise: application.enterprise))
            }
        ).map(\.application)
    }

    private func decide(_ numbers: [Int64]) throws {
        let decided = Array(zip(numbers, plan.applications))
        try orders.run(
            "接收",
            decided.compactMap { number, application -> (AcceptApplication, Officer)? in
                guard case .accepted(let day) = application.decision else { return nil }
                let accept = AcceptApplication(application: number, dated: day)
                return (accept, SampleCounty.officer(of: application.township))
            })
        try orders.run(
            "不予接收",
            decided.filter { $1.decision == .refused }.map { number, application in
                let refuse = RefuseApplication(
                    application: number, cause: .materialsUntrue, explanation: "移交名单与档案移交名册人数不一致，请核对后重新申请。")
                return (refuse, SampleCounty.officer(of: application.township))
            })
    }
}
