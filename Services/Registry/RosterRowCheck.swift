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
}

/// Why a row is set aside. Names the column, never its value.
struct RosterFault: Error, Equatable, Sendable {
    var kind: SetAsideKind
    var column: String?
    var slug: String
    var reason: String
    var hint: String
    var article: Article?

    static func fault(_ column: String, _ slug: String, _ reason: String, _ hint: String) -> RosterFault {
        RosterFault(kind: .fault, column: column, slug: slug, reason: reason, hint: hint)
    }

    static func duplicate(_ slug: String, _ reason: String, _ hint: String) -> RosterFault {
        RosterFault(kind: .duplicate, column: "身份证号", slug: slug, reason: reason, hint: hint)
    }

    static func outOfScope(_ column: String?, _ slug: String, _ article: Article?, _ reason: String, _ hint: String)
        -> RosterFault
    {
        RosterFault(kind: .outOfScope, column: column, slug: slug, reason: reason, hint: hint, article: article)
    }

    /// One fault of several; nil when there is none. Who is out of scope needs nothing corrected.
    static func together(_ faults: [RosterFault]) -> RosterFault? {
        if let outOfScope = faults.first(where: { $0.kind == .outOfScope }) { return outOfScope }
        guard var together = faults.first, faults.count > 1 else { return faults.first }
        together.column = faults.compactMap(\.column).joined(separator: "、")
        together.reason = faults.map(\.reason).joined(separator: "；")
        together.hint = faults.enumerated().map { "\($0.offset + 1)）\($0.element.hint)" }.joined(separator: "；")
        return together
    }

    func row(_ sheetRow: Int) -> SetAsideRow {
        SetAsideRow(
            sheetRow: sheetRow, kind: kind, column: column, slug: slug, reason: reason, hint: hint, article: article)
    }
}

/// The checks of one row. Pure: row in, candidate or fault out. Who is out of scope is told that alone; otherwise all
/// faults of a row come at once, so that its sender corrects it once.
enum RosterRowCheck {
    static func check(
        _ row: RosterRowInput, _ columns: RosterColumns, of enterprise: EnterpriseRow, today: CalendarDay
    ) -> Result<RosterCandidate, RosterFault> {
        Result { () throws(RosterFault) in
            let cells = Cells(row: row, columns: columns)
            try scopeOfEnterprise(enterprise)
            try scopeOfRetirement(cells)
            var faults: [RosterFault] = []
            func checked<Value>(_ check: () throws(RosterFault) -> Value) -> Value? {
                do throws(RosterFault) {
                    return try check()
                } catch {
                    faults.append(error)
                    return nil
                }
            }
            let name = checked { () throws(RosterFault) in try self.name(cells) }
            let number = checked { () throws(RosterFault) in try identityNumber(cells, today) }
            if let number { _ = checked { () throws(RosterFault) in try sex(cells, number) } }
            let township = checked { () throws(RosterFault) in try self.township(cells) }
            let reason = checked { () throws(RosterFault) in try ScopeOfResidence.decide(cells, township) }
            let dates = checked { () throws(RosterFault) in
                try RosterRowDates.check(cells, born: number?.birthday, today: today)
            }
            let isPartyMember = checked { () throws(RosterFault) in try membership(cells) }
            let telephone = checked { () throws(RosterFault) in try self.telephone(cells) }
            let pension = checked { () throws(RosterFault) in try basicPension(cells) }
            if let fault = RosterFault.together(faults) { throw fault }
            guard let name, let number, let township, let reason, let dates, let telephone, let isPartyMember,
                let pension
            else {
                preconditionFailure("what could not be read is a fault")
            }
            return RosterCandidate(
                sheetRow: row.sheetRow, identityNumber: number, township: township.code,
                isPartyMember: isPartyMember,
                isCommitteeManaged: isCommitteeManaged(cells[.leaderManagement]),
                details: PersonDetails(
                    name: name.text, identityNumber: number.text, sex: number.isMale ? "男" : "女",
                    ethnicity: cells[.ethnicity], birthday: number.birthday, workStart: dates.workStart,
                    retirement: dates.retirement, politicalStatus: cells[.politicalStatus],
                    registeredAddress: cells[.registeredAddress], residence: cells[.residence],
                    community: cells[.community], telephone: telephone,
                    pensionPlace: cells[.pensionPlace], medicalPlace: cells[.medicalPlace],
                    basicPensionInFen: pension, outOfPool: outOfPool(cells[.outOfPool]),
                    scopeReason: reason))
        }
    }

    private static func scopeOfEnterprise(_ enterprise: EnterpriseRow) throws(RosterFault) {
        if enterprise.isFinancial {
            throw .outOfScope(
                nil, "roster.row.financial-enterprise", Article(number: 4), "金融企业退休人员另有规定的依其规定", "不在此移交，请按金融企业的规定办理")
        }
    }

    private static func scopeOfRetirement(_ cells: Cells) throws(RosterFault) {
        if cells[.retirementKind].contains("离休") {
            throw .outOfScope(
                "退休类别", "roster.row.veteran-cadre", Article(number: 4), "离休人员保持现有管理方式不变", "不移交，仍由原单位管理")
        }
    }

    private static func name(_ cells: Cells) throws(RosterFault) -> PersonName {
        do {
            return try PersonName(validating: cells[.name])
        } catch {
            throw .fault("姓名", "roster.row.name", cells[.name].isEmpty ? "姓名为空" : "姓名不合规范", error.message)
        }
    }

    private static func identityNumber(
        _ cells: Cells, _ today: CalendarDay
    ) throws(RosterFault) -> ResidentIdentityNumber {
        do {
            let number = try ResidentIdentityNumber(cells[.identityNumber])
            guard number.birthday < today else {
                throw RosterFault.fault("身份证号", "roster.row.identity.born-in-future", "身份证号中的出生日期晚于今天", "请核对身份证原件")
            }
            return number
        } catch let error as IdentityNumberError {
            throw .fault("身份证号", "roster.row.\(error.slug)", error.message, error.hint)
        } catch let fault as RosterFault {
            throw fault
        } catch {
            throw .fault("身份证号", "roster.row.identity", "身份证号无法识别", "请核对身份证原件")
        }
    }

    private static func sex(_ cells: Cells, _ number: ResidentIdentityNumber) throws(RosterFault) {
        let given = cells[.sex]
        guard !given.isEmpty else { return }
        guard given.hasPrefix("男") || given.hasPrefix("女") else {
            throw .fault("性别", "roster.row.sex", "性别应填“男”或“女”", "按身份证号第 17 位应为“\(number.isMale ? "男" : "女")”")
        }
        if given.hasPrefix("男") != number.isMale {
            throw .fault(
                "性别", "roster.row.sex-differs", "性别与身份证号不一致",
                "按身份证号第 17 位应为“\(number.isMale ? "男" : "女")”；如性别无误，请核对身份证号")
        }
    }

    /// The township column, else the one that an address names.
    private static func township(_ cells: Cells) throws(RosterFault) -> Township {
        let given = cells[.township]
        if !given.isEmpty {
            guard let township = Township.find(given) else {
                throw .fault("移交乡镇", "roster.row.township-unknown", "不是红河县的 13 个乡镇之一", "请填写本县乡镇的名称，如“迤萨镇”")
            }
            return township
        }
        for address in [cells[.residence], cells[.registeredAddress]] {
            if let township = ScopeOfResidence.township(in: address) { return township }
        }
        throw .fault("移交乡镇", "roster.row.township-missing", "未填移交乡镇，且地址中看不出乡镇", "请填写户籍或居住地所在乡镇")
    }

    private static func membership(_ cells: Cells) throws(RosterFault) -> Bool {
        guard let isMember = PoliticalStatus.membership(cells[.politicalStatus]) else {
            throw .fault("政治面貌", "roster.row.political-status", "政治面貌无法识别", "请写“中共党员”“中共预备党员”“群众”或民主党派名称")
        }
        return isMember
    }

    private static func telephone(_ cells: Cells) throws(RosterFault) -> String {
        do {
            return try TelephoneNumber(validating: isNone(cells[.telephone]) ? "" : cells[.telephone]).text
        } catch {
            throw .fault("联系电话", "roster.row.telephone", error.message, "没有电话的留空；多个电话用“、”隔开")
        }
    }

    private static func basicPension(_ cells: Cells) throws(RosterFault) -> Int64? {
        guard !cells[.basicPension].isEmpty else { return nil }
        do {
            return try Money(cells[.basicPension]).amountInFen
        } catch {
            throw .fault("基本养老金", "roster.row.pension", "基本养老金不是金额", error.message)
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
}

/// Where in a batch's rows each field stands.
struct RosterColumns: Sendable {
    private let places: [String: Int]

    init(_ columns: [String]?) {
        places = Dictionary(
            (columns ?? []).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { _, last in last })
    }

    subscript(_ field: RosterField) -> Int? { places[field.rawValue] }
}

/// A row's cells; an absent one is empty.
struct Cells: Sendable {
    let row: RosterRowInput
    let columns: RosterColumns

    subscript(_ field: RosterField) -> String {
        if let told = row.cells?[field.rawValue] { return told }
        guard let place = columns[field], place < row.original.count else { return "" }
        return row.original[place]
    }
}

/// 第三条: who is handed over in this county.
enum ScopeOfResidence {
    /// - Parameter township: nil when the roster does not tell; then only who is out of scope is found.
    static func decide(_ cells: Cells, _ township: Township?) throws(RosterFault) -> String {
        for (field, heading) in [(RosterField.pensionPlace, "养老保险参保地"), (.medicalPlace, "医疗保险参保地")] {
            let place = cells[field]
            if !place.isEmpty && !isInCounty(place) {
                throw .outOfScope(
                    heading, "roster.row.insured-elsewhere", Article(number: 3), "\(heading)不在红河县",
                    "请向参保地办理移交；参保关系已转入本县的，请更正后重新上传")
            }
        }
        let addresses = [cells[.registeredAddress], cells[.residence]].filter { !$0.isEmpty }
        guard !addresses.isEmpty else { return "第三条：名册未填户籍和居住地址，按移交乡镇\(township?.name ?? "")办理，核准时确认" }
        let insured = cells[.pensionPlace].isEmpty ? "名册未填参保地，按本县参保，核准时确认" : "在本县参保"
        if addresses.contains(where: isInCounty) {
            return "第三条：户籍（居住）地在本县，\(insured)，移交\(township?.name ?? "")"
        }
        return "第三条：异地居住，按本人申请移交\(township?.name ?? "")，\(insured)；接收后可自愿转往居住地"
    }

    /// The county's township that an address names. Other provinces have townships of the same names: what stands
    /// before it may name this province, prefecture and county, and no other.
    static func township(in address: String) -> Township? {
        Township.all.first { township in
            guard let range = address.firstRange(of: township.name) else { return false }
            var before = String(address[..<range.lowerBound])
            for own in ["云南省", "红河哈尼族彝族自治州", "红河州", "红河县"] { before = before.replacing(own, with: "") }
            return !before.contains { "省市州县区".contains($0) }
        }
    }

    static func isInCounty(_ place: String) -> Bool {
        place.contains("红河县") || place.contains("本县") || place.contains("县内") || township(in: place) != nil
    }
}
