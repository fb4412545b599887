import Contracts
import Domain

/// A roster row that may be registered.
struct RosterCandidate: Sendable {
    var sheetRow: Int
    var identityNumber: ResidentIdentityNumber
    var township: String
    var isPartyMember: Bool
    var isCommitteeManaged: Bool
    var details: PersonDetails
    /// The insurances whose relation has to be transferred into the county (第十三条（二）).
    var transfers: [RosterField]
    /// What whoever verifies is to know.
    var notes: [RosterRemark]
}

/// What is to be known about a row that is registered.
struct RosterRemark: Equatable, Sendable {
    var field: RosterField
    var slug: String
    var text: String

    init(_ field: RosterField, _ slug: String, _ text: String) {
        self.field = field
        self.slug = slug
        self.text = text
    }

    func row(_ sheetRow: Int) -> NotedRow {
        NotedRow(sheetRow: sheetRow, column: field.heading, slug: slug, text: text)
    }
}

/// The checks of one row. Pure: row in, candidate or fault out. Who is out of scope is told that alone; otherwise all
/// faults of a row come at once, so that its sender corrects it once.
enum RosterRowCheck {
    static func check(
        _ row: RosterRowInput, _ columns: RosterColumns, of enterprise: EnterpriseRow, today: CalendarDay
    ) -> Result<RosterCandidate, RosterFault> {
        Result { () throws(RosterFault) in
            if let problem = row.problem { throw RosterFault(problem) }
            let cells = Cells(row: row, columns: columns)
            if let fault = ScopeRule.fault(cells, of: enterprise, today: today) { throw fault }
            var faults = RosterField.allCases.compactMap { cells.broken[$0] }
            let brokenColumns = Set(faults.compactMap(\.column))
            func checked<Value>(_ check: () throws(RosterFault) -> Value) -> Value? {
                do throws(RosterFault) {
                    return try check()
                } catch {
                    // A cell that holds no datum is told as such, not as empty.
                    if error.column.map(brokenColumns.contains) != true { faults.append(error) }
                    return nil
                }
            }
            let name = checked { () throws(RosterFault) in try self.name(cells) }
            let number = checked { () throws(RosterFault) in try identityNumber(cells, today) }
            if let number { _ = checked { () throws(RosterFault) in try sex(cells, number) } }
            let township = checked { () throws(RosterFault) in try self.township(cells) }
            let scope = checked { () throws(RosterFault) in try ScopeOfResidence.decide(cells, township) }
            let dates = checked { () throws(RosterFault) in
                try RosterRowDates.check(cells, born: number?.birthday, today: today)
            }
            let membership = checked { () throws(RosterFault) in try self.membership(cells) }
            let telephone = checked { () throws(RosterFault) in try self.telephone(cells) }
            let pension = checked { () throws(RosterFault) in try basicPension(cells) }
            _ = checked { () throws(RosterFault) in try death(cells) }
            if let fault = RosterFault.together(faults) { throw fault }
            guard let name, let number, let township, let scope, let dates, let telephone, let membership,
                let pension
            else {
                preconditionFailure("what could not be read is a fault")
            }
            let birth = RosterBirth.compare(cells[.birth], with: number.birthday)
            return RosterCandidate(
                sheetRow: row.sheetRow, identityNumber: number, township: township.code,
                isPartyMember: membership.isMember,
                isCommitteeManaged: isCommitteeManaged(cells[.leaderManagement]),
                details: PersonDetails(
                    name: name.text, identityNumber: number.text, sex: number.isMale ? "男" : "女",
                    ethnicity: cells[.ethnicity], birthday: number.birthday, workStart: dates.workStart,
                    retirement: dates.retirement, politicalStatus: membership.status,
                    registeredAddress: cells[.registeredAddress], residence: cells[.residence],
                    community: cells[.community], telephone: telephone,
                    pensionPlace: cells[.pensionPlace], medicalPlace: cells[.medicalPlace],
                    basicPensionInFen: pension, outOfPool: outOfPool(cells[.outOfPool]),
                    scopeReason: scope.reason, birthInRoster: birth.text, personCategory: cells[.personCategory],
                    remark: cells[.remark]),
                transfers: scope.transfers, notes: scope.notes + birth.notes + remarks(cells))
        }
    }

    private static func name(_ cells: Cells) throws(RosterFault) -> PersonName {
        do {
            return try PersonName(validating: cells[.name])
        } catch {
            throw .fault(.name, "roster.row.name", cells[.name].isEmpty ? "姓名为空" : "姓名不合规范", error.message)
        }
    }

    private static func identityNumber(
        _ cells: Cells, _ today: CalendarDay
    ) throws(RosterFault) -> ResidentIdentityNumber {
        do {
            let number = try ResidentIdentityNumber(cells[.identityNumber])
            guard number.birthday < today else {
                throw RosterFault.fault(
                    .identityNumber, "roster.row.identity.born-in-future", "身份证号中的出生日期晚于今天", "请核对身份证原件")
            }
            return number
        } catch let error as IdentityNumberError {
            throw .fault(.identityNumber, "roster.row.\(error.slug)", error.message, error.hint)
        } catch let fault as RosterFault {
            throw fault
        } catch {
            throw .fault(.identityNumber, "roster.row.identity", "身份证号无法识别", "请核对身份证原件")
        }
    }

    private static func sex(_ cells: Cells, _ number: ResidentIdentityNumber) throws(RosterFault) {
        let given = cells[.sex]
        guard !given.isEmpty else { return }
        guard given.hasPrefix("男") || given.hasPrefix("女") else {
            throw .fault(.sex, "roster.row.sex", "性别应填“男”或“女”", "按身份证号第 17 位应为“\(number.isMale ? "男" : "女")”")
        }
        if given.hasPrefix("男") != number.isMale {
            throw .fault(
                .sex, "roster.row.sex-differs", "性别与身份证号不一致",
                "按身份证号第 17 位应为“\(number.isMale ? "男" : "女")”；如性别无误，请核对身份证号")
        }
    }

    /// The township column, else the one that an address names.
    private static func township(_ cells: Cells) throws(RosterFault) -> Township {
        let given = cells[.township]
        if !given.isEmpty {
            guard let township = Township.find(given) else {
                throw .fault(.township, "roster.row.township-unknown", "不是红河县的 13 个乡镇之一", "请填写本县乡镇的名称，如“迤萨镇”")
            }
            return township
        }
        for address in [cells[.residence], cells[.registeredAddress]] {
            if let township = ScopeOfResidence.township(in: address) { return township }
        }
        throw .fault(.township, "roster.row.township-missing", "未填移交乡镇，且地址中看不出乡镇", "请填写户籍或居住地所在乡镇")
    }

    /// By the political status, and by the column that asks for yes or no. A member must not be lost without a word.
    private static func membership(_ cells: Cells) throws(RosterFault) -> (isMember: Bool, status: String) {
        let status = cells[.politicalStatus]
        guard let isMember = PoliticalStatus.membership(status) else {
            throw .fault(
                .politicalStatus, "roster.row.political-status", "政治面貌无法识别", "请写“中共党员”“中共预备党员”“群众”或民主党派名称")
        }
        let told = cells[.partyMember]
        guard !told.isEmpty else { return (isMember, status) }
        guard let answer = YesOrNo.answer(told) ?? PoliticalStatus.membership(told) else {
            throw .fault(.partyMember, "roster.row.party-member", "“是否党员”无法识别", "请填“是”或“否”")
        }
        guard status.isEmpty || answer == isMember else {
            throw .fault(
                .partyMember, "roster.row.party-member-differs", "“是否党员”与“政治面貌”不一致", "请核对党员档案，改正其中一列")
        }
        return (answer, status.isEmpty && answer ? "中共党员" : status)
    }

    private static func telephone(_ cells: Cells) throws(RosterFault) -> String {
        do {
            return try TelephoneNumber(validating: isNone(cells[.telephone]) ? "" : cells[.telephone]).text
        } catch {
            let hint =
                error.code == "telephone.scientific"
                ? "请写成 0873-4621234 或 11 位手机号的样子，单元格设为“文本”格式" : "没有电话的留空；多个电话用“、”隔开"
            throw .fault(.telephone, "roster.row.telephone", error.message, hint)
        }
    }

    private static func basicPension(_ cells: Cells) throws(RosterFault) -> Int64? {
        guard !cells[.basicPension].isEmpty else { return nil }
        do {
            return try Money(cells[.basicPension]).amountInFen
        } catch {
            throw .fault(.basicPension, "roster.row.pension", "基本养老金不是金额", error.message)
        }
    }

    private static func death(_ cells: Cells) throws(RosterFault) {
        guard Death.isTold(cells[.death]) != nil else {
            throw .fault(.death, "roster.row.death", "死亡日期无法识别", "已去世的请写日期，如 2022-11；健在的留空")
        }
    }

    private static func isCommitteeManaged(_ text: String) -> Bool {
        let isDenied = ["非", "不", "否", "无"].contains { text.contains($0) }
        return !isDenied && (text.contains("县管") || text.contains("县委") || text == "是")
    }

    private static func outOfPool(_ text: String) -> String { isNone(text) ? "" : text }

    /// "无" and the like say that there is nothing.
    private static func isNone(_ text: String) -> Bool {
        ["", "无", "没有", "否", "0", "—", "-", "/"].contains(text)
    }

    /// What free words hint at is not decided here; whoever verifies looks into it.
    private static func remarks(_ cells: Cells) -> [RosterRemark] {
        var notes: [RosterRemark] = []
        let hints = ["去世", "死亡", "病故", "身故", "亡故", "过世", "离休", "失踪", "失联", "服刑", "判刑", "迁出", "返聘", "未退休"]
        if hints.contains(where: cells[.remark].contains) {
            notes.append(
                RosterRemark(.remark, "roster.row.remark", "备注的内容可能影响移交（如已去世、离休、失联），请查看备注并核实"))
        }
        if ["集体", "派遣", "临时", "劳务"].contains(where: cells[.personCategory].contains) {
            notes.append(
                RosterRemark(.personCategory, "roster.row.category", "人员类别可能不属本细则的移交对象（第三条、第四条），请核实"))
        }
        return notes
    }
}

/// The birthday of a roster beside that of the identity number. Which of them counts decides about the pension, so the
/// contradiction is kept and told; the ledger goes by the number.
enum RosterBirth {
    static func compare(_ text: String, with birthday: CalendarDay) -> (text: String, notes: [RosterRemark]) {
        guard !text.isEmpty else { return ("", []) }
        do throws(RosterDateError) {
            let date = try RosterDate.parse(text)
            let agrees = date.day.map { $0 == birthday } ?? (date.month == birthday.month)
            return agrees ? ("", []) : (date.description, [differs])
        } catch {
            let year = text.prefix { $0.isASCII && $0.isNumber }
            if error == .yearOnly { return Int(year) == birthday.year ? ("", []) : (String(year), [differs]) }
            return (
                text,
                [
                    RosterRemark(
                        .birth, "roster.row.birth-unreadable", "名册所填出生年月无法识别，台账按身份证号登记，请核实")
                ]
            )
        }
    }

    private static let differs = RosterRemark(
        .birth, "roster.row.birth-differs", "名册所填出生年月与身份证号不一致，台账按身份证号登记；以档案最先记载为准的，请核实")
}
