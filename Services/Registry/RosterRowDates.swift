import Contracts
import Domain

/// The dates of a roster's row: readable, and possible for one who has retired (第二条).
enum RosterRowDates {
    /// Nobody retires so young: the earliest rule, for women in hard work, says 45 (国发〔1978〕104号), and who is
    /// younger is mistyped. Some years of room, because files and identity cards differ.
    static let youngestAtRetirement = 40

    /// - Parameter born: nil when the identity number cannot be read.
    /// - Returns: ISO text where the date is whole, else the text of the roster.
    static func check(
        _ cells: Cells, born: CalendarDay?, today: CalendarDay
    ) throws(RosterFault) -> (workStart: String, retirement: String) {
        let workStart = try read(cells, .workStart, "参加工作时间")
        let retirement = try read(cells, .retirement, "退休时间")
        if let year = Int(retirement.text), year > today.year { throw notRetired }
        if let month = retirement.month {
            if month > today.month { throw notRetired }
            if let born, month.year - born.year < youngestAtRetirement {
                throw .fault(
                    "退休时间", "roster.row.retired-too-young", "按身份证号，退休时不满 \(youngestAtRetirement) 岁",
                    "请核对退休时间和身份证号")
            }
            if let begun = workStart.month, begun > month {
                throw .fault("参加工作时间", "roster.row.work-after-retirement", "参加工作时间晚于退休时间", "请核对两个时间")
            }
        }
        return (workStart.text, retirement.text)
    }

    private static let notRetired = RosterFault.outOfScope(
        "退休时间", "roster.row.not-retired-yet", Article(number: 2), "退休时间晚于本月，尚未退休",
        "办理退休手续后再列入当月名册；退休时间有误的，请改正后重新上传")

    /// A year alone is enough for an old file.
    private static func read(
        _ cells: Cells, _ field: RosterField, _ heading: String
    ) throws(RosterFault) -> (text: String, month: CalendarMonth?) {
        let text = cells[field]
        guard !text.isEmpty else { return ("", nil) }
        do throws(RosterDateError) {
            let date = try RosterDate.parse(text)
            return (date.description, date.month)
        } catch {
            if error == .yearOnly { return (text, nil) }
            throw .fault(heading, "roster.row.\(error.slug)", "\(heading)：\(error.message)", error.hint)
        }
    }
}
