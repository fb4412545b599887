import Contracts
import Domain

/// 第三条: who is handed over in this county, by address and insurance.
enum ScopeOfResidence {
    struct Decision {
        var reason: String
        /// The insurances whose relation has to be transferred into the county (第十三条（二）).
        var transfers: [RosterField] = []
        var notes: [RosterRemark] = []
    }

    /// - Parameter township: nil when the roster does not tell; then only who is out of scope is found.
    static func decide(_ cells: Cells, _ township: Township?) throws(RosterFault) -> Decision {
        let isOwnApplication = try ownApplication(cells)
        var decision = Decision(reason: "")
        var isElsewhere = false
        for field in [RosterField.pensionPlace, .medicalPlace] where cells.broken[field] == nil {
            switch InsuredPlace(cells[field]) {
            case .here: break
            case .notInLocalManagement:
                decision.transfers.append(field)
                decision.notes.append(
                    RosterRemark(
                        field, "roster.row.insurance-transfer",
                        cells[field].isEmpty
                            ? "未填\(field.heading)：请核实参保关系；不在本县管理的按第十三条（二）转入"
                            : "\(field.heading)未纳入本县管理，须按第十三条（二）办理转入"))
            case .elsewhere:
                guard isOwnApplication, !cells[.township].isEmpty else {
                    throw .outOfScope(
                        field, "roster.row.insured-elsewhere", Article(number: 3), "\(field.heading)不在红河县",
                        "本人申请移交到本县的，请在“本人申请”列填“是”并写明移交乡镇；其他人员请向参保地办理移交；参保关系已转入本县的，请更正后重新上传")
                }
                isElsewhere = true
            case .unclear:
                throw .fault(
                    field, "roster.row.insured-place", "\(field.heading)看不出是哪里",
                    "请写明县（区）名称，如“红河县”；未纳入本县管理的写“省本级”“州本级”或“企业自管”")
            }
        }
        let name = township?.name ?? ""
        guard !isElsewhere else {
            decision.reason = "第三条：异地参保，按本人申请移交\(name)；接收后可自愿转往户籍地或居住地"
            return decision
        }
        decision.reason = reason(cells, name, isInsuredHere: decision.transfers.isEmpty)
        return decision
    }

    private static func reason(_ cells: Cells, _ township: String, isInsuredHere: Bool) -> String {
        let addresses = [cells[.registeredAddress], cells[.residence]].filter { !$0.isEmpty }
        guard !addresses.isEmpty else { return "第三条：名册未填户籍和居住地址，按移交乡镇\(township)办理，核准时确认" }
        let insured = isInsuredHere ? "在本县参保" : "参保关系须核实或转入本县（第十三条（二））"
        if addresses.contains(where: isInCounty) {
            return "第三条：户籍（居住）地在本县，\(insured)，移交\(township)"
        }
        return "第三条：异地居住，按本人申请移交\(township)，\(insured)；接收后可自愿转往居住地"
    }

    private static func ownApplication(_ cells: Cells) throws(RosterFault) -> Bool {
        let text = cells[.ownApplication]
        if text.isEmpty { return false }
        if let answer = YesOrNo.answer(text) { return answer }
        guard text.contains("申请") || Township.find(text) != nil else {
            throw .fault(.ownApplication, "roster.row.own-application", "“本人申请”无法识别", "请填“是”或“否”")
        }
        return true
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

/// Where somebody is insured, as far as the hand-over asks (第三条, 第十三条（二）).
enum InsuredPlace {
    case here
    /// Insured, but by the enterprise itself, the prefecture or the province, or the roster does not say.
    case notInLocalManagement
    case elsewhere
    /// No place can be read from it.
    case unclear

    init(_ text: String) {
        if ScopeOfResidence.isInCounty(text) {
            self = .here
            return
        }
        var rest = TextForm.removingBlanks(text)
        for own in ["云南省", "云南", "红河哈尼族彝族自治州", "红河州"] { rest = rest.replacing(own, with: "") }
        let isElsewhere = Self.places.contains(where: rest.hasPrefix)
        if !isElsewhere, Self.notLocal.contains(rest) || Self.notLocalWords.contains(where: rest.contains) {
            self = .notInLocalManagement
        } else if isElsewhere || rest.contains(where: { "省市州县区旗盟".contains($0) })
            || rest.contains("外地") || rest.contains("异地")
        {
            self = .elsewhere
        } else {
            self = .unclear
        }
    }

    private static let notLocal: Set<String> = [
        "", "无", "省", "州", "本级", "省级", "州级", "省直", "州直", "自管", "企业", "单位", "未参保", "-", "—", "/",
    ]
    private static let notLocalWords = ["本级", "自管", "省直", "州直", "行业统筹", "企业管理", "单位管理", "未纳入", "未移交"]
    /// Provinces and great cities as people shorten them.
    private static let places = [
        "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北",
        "湖南", "广东", "海南", "四川", "贵州", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "昆明",
        "蒙自", "个旧", "开远", "弥勒", "建水", "石屏", "元阳", "绿春", "金平", "屏边", "河口", "泸西", "玉溪", "曲靖", "昭通", "普洱", "大理",
        "楚雄", "文山", "西双版纳", "临沧", "保山", "德宏", "丽江", "怒江", "迪庆", "成都",
    ]
}
