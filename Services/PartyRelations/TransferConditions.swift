import Contracts
import Domain

/// The four things that must be done before a relation is sent (第十条（三）). Pure.
enum TransferConditions {
    /// What is missing for a letter of that day, in the words of the rule and in its order. Dues must be paid up to the
    /// month before at least: the letter states it, and the receiving organization collects from then on.
    static func missing(_ preparation: TransferPreparation, dated day: CalendarDay) -> [String] {
        var missing: [String] = []
        if !preparation.duesBaseVerified { missing.append("党费交纳基数核准") }
        let needed = day.month.previous
        if preparation.duesPaidThrough.map({ $0 < needed }) ?? true {
            missing.append("应缴党费收缴（至少交至\(needed.chinese)）")
        }
        if !preparation.dataGathered { missing.append("党员基本信息梳理汇总") }
        if !preparation.fileChecked { missing.append("党员档案核查完备") }
        return missing
    }
}
