import Contracts
import Domain

/// The dates of a roster's row: readable, and possible for one who has retired (第二条).
enum RosterRowDates {
    /// Nobody retires so young: the earliest rule, for women in hard work, says 45 (国发〔1978〕104号), and who is
    /// younger is mistyped. Some years of room, because files and identity cards differ.
    static let youngestAtRetirement = 40

    /// Nobody alive is older.
    static let oldest = 115

    /// - Parameter born: nil when the identity number cannot be read.
    /// - Returns: ISO text where the date is whole, else the year.
    static func check(
        _ cells: Cells, born: CalendarDay?, today: CalendarDay
    ) throws(RosterFault) -> (workStart: String, retirement: String) {
        let workStart = try read(cells, .workStart)
        let retirement = try read(cells, .retirement)
        if let year = Int(retirement.text), year > today.year { throw notRetired }
        if let month = retirement.month {
            if month > today.month { throw notRetired }
            if let born, month.year - born.year < youngestAtRetirement {
                throw .fault(
                    .retirement, "roster.row.retired-too-young", "按身份证号，退休时不满 \(youngestAtRetirement) 岁",
                    "请核对退休时间和身份证号")
            }
            if let begun = workStart.month, begun > month {
                throw .fault(.workStart, "roster.row.work-after-retirement", "参加工作时间晚于退休时间", "请核对两个时间")
            }
        }
        if let born { try checkAge(born, today) }
        return (workStart.text, retirement.text)
    }

    /// A check digit is right by chance once in eleven times; a birthday shows what is mistyped.
    private static func checkAge(_ born: CalendarDay, _ today: CalendarDay) throws(RosterFault) {
        let age = today.year - born.year
        if age < youngestAtRetirement {
            throw .fault(
                .identityNumber, "roster.row.too-young", "按身份证号现在不满 \(youngestAtRetirement) 岁，不可能已退休", "请对照身份证核对出生年份")
        }
        if age > oldest {
            throw .fault(
                .identityNumber, "roster.row.too-old", "按身份证号现在超过 \(oldest) 岁", "请对照身份证核对出生年份；已去世的请填死亡日期")
        }
    }

    private static let notRetired = RosterFault.outOfScope(
        .retirement, "roster.row.not-retired-yet", Article(number: 2), "退休时间晚于本月，尚未退休",
        "办理退休手续后再列入当月名册；退休时间有误的，请改正后重新上传")

    /// A year alone is enough for an old file.
    private static func read(
        _ cells: Cells, _ field: RosterField
    ) throws(RosterFault) -> (text: String, month: CalendarMonth?) {
        let text = cells[field]
        guard !text.isEmpty else { return ("", nil) }
        do throws(RosterDateError) {
            let date = try RosterDate.parse(text)
            return (date.description, date.month)
        } catch {
            if error == .yearOnly { return (String(TextForm.narrowing(text).prefix(4)), nil) }
            throw .fault(field, "roster.row.\(error.slug)", "\(field.heading)：\(error.message)", error.hint)
        }
    }
}
