import Contracts
import Domain

/// What a personnel file holds, class by class, as far as this person's life gives cause for it (第九条).
struct SampleCatalogue {
    let scheme: FileScheme
    let entries: [CatalogueEntry]
    let missing: [MissingMaterial]

    init(_ person: SamplePerson, hasProof: Bool, _ chance: inout SampleChance) {
        scheme = person.isCommitteeManaged || chance.percent(30) ? .cadre : .worker
        var lines = scheme == .cadre ? Self.cadre : Self.worker
        if person.isPartyMember { lines.append(("6", "入党志愿书", 0.3)) }
        if chance.percent(35) { lines.append(("7", scheme == .cadre ? "优秀公务人员奖励审批表" : "先进生产者登记表", 0.6)) }
        let months = max(1, person.retirement.months(since: person.workStart))
        let order = scheme.classes.map(\.number)
        let sorted = lines.enumerated().sorted {
            (order.firstIndex(of: $0.element.0) ?? 0, $0.offset) < (order.firstIndex(of: $1.element.0) ?? 0, $1.offset)
        }
        let absent = hasProof ? sorted.firstIndex { $0.element.1 == "毕业生登记表" } : nil
        entries = sorted.enumerated().filter { $0.offset != absent }.map { _, line in
            let formed = person.workStart.adding(months: Int(Double(months) * line.element.2))
            return CatalogueEntry(
                classNumber: line.element.0, title: line.element.1, formedOn: SampleText.month(formed),
                pages: chance.number(1...8), remark: chance.percent(6) ? "复印件" : nil)
        }
        missing =
            absent.map { index in
                [
                    MissingMaterial(
                        classNumber: sorted[index].element.0, title: sorted[index].element.1,
                        proof: "档案材料缺失情况说明第\(chance.number(1...60))号")
                ]
            } ?? []
    }

    /// Class, title, and when in the working life it came about: 0 at its beginning, 1 at its end.
    private static let cadre: [(String, String, Double)] = [
        ("1", "干部履历表", 0.2), ("2", "自传", 0.1), ("3", "年度考核登记表", 0.5), ("3", "干部鉴定表", 0.8),
        ("4-1", "毕业生登记表", 0), ("4-2", "专业技术职务任职资格评审表", 0.5), ("4-4", "干部培训登记表", 0.6),
        ("5", "政审材料", 0.2), ("9-1", "工资变动审批表", 0.5), ("9-1", "套改增资审批表", 0.7), ("9-2", "任免审批表", 0.6),
        ("10", "退休审批表", 1),
    ]
    private static let worker: [(String, String, Double)] = [
        ("1", "职工履历表", 0.1), ("3", "职工鉴定表", 0.4), ("3", "职工考核表", 0.7), ("4", "毕业生登记表", 0),
        ("4", "技术等级考核表", 0.5), ("5", "政审材料", 0.1), ("9", "招收工人登记表", 0), ("9", "劳动合同书", 0.4),
        ("9", "工资变动审批表", 0.6), ("9", "退休审批表", 1),
    ]
}
